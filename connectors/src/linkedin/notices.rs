//! What the public says to the organisation, as its page is notified of it. It knows that no order is documented, so a window
//! is read to its end and sorted here, and that what is told may lack its words; it answers nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{
    api::{Api, Body},
    little,
    urn::{CommentUrn, Organization, PostUrn, encoded},
};
use crate::{
    http::failure::Failure,
    reading::{Inbox, Incoming, IncomingKind},
};

const PAGE: usize = 50;
/// Pages of one call; a window with more goes on with the next.
const PAGES: usize = 20;
/// Notifications that the next call asks for once more: so many may have gone since.
const OVERLAP: usize = 10;
/// A notification may be listed so much later than what it tells of, and our clock may be ahead of the platform's.
const LATE: TimeDelta = TimeDelta::hours(1);
/// How far the first reading goes back.
const FIRST: TimeDelta = TimeDelta::days(14);
/// For how long the platform keeps notifications.
const KEPT: TimeDelta = TimeDelta::days(60);

/// From where to read on. Times are the platform's, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    /// Before this everything is known.
    from: i64,
    /// What is known since, and when the platform last spoke of it.
    known: BTreeMap<String, i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    walk: Option<Walk>,
}

/// A window that is not at its end. Its own end stands still, so that what comes meanwhile moves nothing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Walk {
    end: i64,
    next: usize,
}

#[derive(Deserialize)]
struct Page {
    elements: Vec<Notice>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notice {
    notification_id: Option<i64>,
    action: String,
    source_post: Option<String>,
    decorated_source_post: Option<Thing>,
    last_modified_at: Option<i64>,
    generated_activity: Option<String>,
    #[serde(default)]
    decorated_generated_activity: Decorated,
}

/// What was said, where the platform tells it with the notification.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Decorated {
    comment: Option<Thing>,
    share: Option<Thing>,
}

#[derive(Deserialize)]
struct Thing {
    entity: Option<String>,
    owner: Option<String>,
    text: Option<String>,
}

pub(super) async fn since(api: &Api, cursor: Option<&str>, now: DateTime<Utc>) -> Result<Inbox, Failure> {
    let now = now.timestamp_millis();
    let mut cursor = match cursor {
        Some(cursor) => serde_json::from_str(cursor).map_err(|_unreadable| {
            Failure::refused("CURSOR_INVALID", "this is not a place in the page's notifications")
        })?,
        None => Cursor { from: before(now, FIRST), known: BTreeMap::new(), walk: None },
    };
    // A window has a length, whatever our clock says.
    let whole = Walk { end: now.max(cursor.from.saturating_add(1)), next: 0 };
    let mut walk = cursor.walk.unwrap_or(whole);
    let start = cursor.from.max(before(walk.end, KEPT));
    let (mut notices, mut complete) = (Vec::new(), false);
    for _ in 0..PAGES {
        let page = read(api, (start, walk.end), walk.next).await?;
        // A page may be short for other reasons than being the last one: only an empty one is the end.
        if page.is_empty() {
            complete = true;
            break;
        }
        notices.extend(page);
        walk.next = walk.next.saturating_add(PAGE);
    }
    let items = new(notices, &mut cursor.known, walk.end, api.organization());
    if complete {
        cursor.from = cursor.from.max(before(walk.end, LATE));
        cursor.known.retain(|_, at| *at >= cursor.from);
        cursor.walk = None;
    } else {
        cursor.walk = Some(Walk { next: walk.next.saturating_sub(OVERLAP), ..walk });
    }
    Ok(Inbox { items, more: !complete, cursor: serde_json::to_string(&cursor).ok() })
}

fn before(instant: i64, time: TimeDelta) -> i64 {
    instant.saturating_sub(time.num_milliseconds())
}

/// Rest.li's structures: what is within them is encoded, their own signs are not.
async fn read(api: &Api, (start, end): (i64, i64), next: usize) -> Result<Vec<Notice>, Failure> {
    let us = encoded(&api.organization().urn());
    let route = format!(
        "/rest/organizationalEntityNotifications?q=criteria&actions=List(COMMENT,SHARE_MENTION,SHARE)\
         &organizationalEntity={us}&timeRange=(start:{start},end:{end})&start={next}&count={PAGE}"
    );
    Ok(api.call(Method::GET, &route, Body::Finder(&[])).await?.json::<Page>()?.elements)
}

/// What was not known, oldest first; from now on it is. Whoever changes their words is notified of again: that is told once.
fn new(
    mut notices: Vec<Notice>,
    known: &mut BTreeMap<String, i64>,
    end: i64,
    us: &Organization,
) -> Vec<Incoming> {
    notices.sort_by_key(|notice| (notice.last_modified_at.unwrap_or(end), notice.notification_id));
    let mut items = Vec::new();
    for notice in notices {
        let at = notice.last_modified_at.unwrap_or(end);
        let Some((item, is_ours)) = notice.said(us) else { continue };
        let before = known.get(&item.remote_id).copied();
        known.insert(item.remote_id.clone(), before.map_or(at, |before| before.max(at)));
        if before.is_none() && !is_ours {
            items.push(item);
        }
    }
    items
}

impl Notice {
    /// What it tells of, and whether the organisation said that itself: where the platform does not tell whose it is, another
    /// action, which is not asked for, tells of the organisation's own comments.
    fn said(self, us: &Organization) -> Option<(Incoming, bool)> {
        let (kind, told) = match self.action.as_str() {
            "COMMENT" => (IncomingKind::Comment, self.decorated_generated_activity.comment),
            "SHARE_MENTION" => (IncomingKind::Mention, self.decorated_generated_activity.share),
            "SHARE" => (IncomingKind::Quote, self.decorated_generated_activity.share),
            _ => return None,
        };
        let (entity, owner, text) = told.map_or_else(Default::default, |told| {
            (told.entity, told.owner.unwrap_or_default(), told.text.unwrap_or_default())
        });
        let mut names = [self.generated_activity, entity].into_iter().flatten();
        let (remote_id, url, text) = if kind == IncomingKind::Comment {
            let urn = names.find_map(|name| CommentUrn::told(&name))?;
            (urn.urn(), urn.page(), text)
        } else {
            let urn = names.find_map(|name| PostUrn::parse(&name))?;
            (urn.as_str().to_owned(), urn.page(), little::unescape(&text))
        };
        // Passing on without a word says nothing.
        if kind == IncomingKind::Quote && text.trim().is_empty() {
            return None;
        }
        let answers = match kind {
            IncomingKind::Mention => None,
            _ => ours(self.decorated_source_post, self.source_post, us),
        };
        let is_ours = owner == us.urn();
        // The platform tells no names: what it knows them by is all there is.
        let author = owner.rsplit(':').next().unwrap_or_default().to_owned();
        let said_at = self.last_modified_at.and_then(DateTime::from_timestamp_millis);
        Some((Incoming { remote_id, kind, author, text, url: Some(url), answers, said_at }, is_ours))
    }
}

/// The post of ours that it is about, by the name that we know it by, where the platform tells that.
fn ours(decorated: Option<Thing>, source: Option<String>, us: &Organization) -> Option<String> {
    match decorated {
        Some(Thing { owner: Some(owner), .. }) if owner != us.urn() => None,
        Some(Thing { entity: Some(entity), .. }) => Some(entity),
        _ => source,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn us() -> Organization {
        Organization::parse(Some("7")).unwrap()
    }

    fn comment(notification: i64, number: i64, at: i64, text: &str) -> Value {
        json!({ "notificationId": notification, "organizationalEntity": "urn:li:organization:7",
            "action": "COMMENT", "sourcePost": "urn:li:activity:5", "lastModifiedAt": at,
            "decoratedSourcePost": { "entity": "urn:li:share:4", "owner": "urn:li:organization:7" },
            "generatedActivity": format!("urn:li:comment:(activity:5,{number})"),
            "decoratedGeneratedActivity": { "comment": { "owner": "urn:li:person:ana", "text": text } } })
    }

    fn read(notices: Value, known: &mut BTreeMap<String, i64>) -> Vec<Incoming> {
        new(serde_json::from_value(notices).unwrap(), known, 1000, &us())
    }

    fn only(notice: &Value) -> Option<Incoming> {
        let mut items = read(json!([notice]), &mut BTreeMap::new());
        assert!(items.len() <= 1);
        items.pop()
    }

    #[test]
    fn what_is_told_in_any_order_is_sorted_and_told_once() {
        let mut known = BTreeMap::new();
        let told = read(
            json!([
                comment(9, 3, 30, "c"),
                comment(8, 1, 40, "a, changed"),
                comment(2, 2, 10, "b"),
                comment(3, 4, 35, "d"),
                comment(1, 1, 10, "a")
            ]),
            &mut known,
        );
        assert_eq!(told.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert!(read(json!([comment(10, 1, 20, "a")]), &mut known).is_empty());
        assert_eq!(
            known["urn:li:comment:(urn:li:activity:5,1)"], 40,
            "it is known since it was last spoken of"
        );
    }

    #[test]
    fn a_comment_is_named_as_comments_are_and_answers_our_post_by_its_own_name() {
        let item = only(&comment(1, 6, 10, "Is it *free*?")).unwrap();
        assert_eq!(item.remote_id, "urn:li:comment:(urn:li:activity:5,6)");
        assert_eq!((item.kind, item.author.as_str()), (IncomingKind::Comment, "ana"));
        assert_eq!((item.text.as_str(), item.answers.as_deref()), ("Is it *free*?", Some("urn:li:share:4")));
        let page = "https://www.linkedin.com/feed/update/urn:li:activity:5/\
                    ?commentUrn=urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A5%2C6%29";
        assert_eq!(item.url.as_deref(), Some(page));
    }

    #[test]
    fn what_is_told_without_its_words_is_told_all_the_same() {
        let mut bare = comment(1, 6, 10, "");
        for name in ["decoratedGeneratedActivity", "decoratedSourcePost"] {
            bare.as_object_mut().unwrap().remove(name);
        }
        let item = only(&bare).unwrap();
        assert_eq!((item.author.as_str(), item.text.as_str()), ("", ""));
        assert_eq!(item.answers.as_deref(), Some("urn:li:activity:5"));
        let mut elsewhere = comment(1, 6, 10, "Hello");
        elsewhere["decoratedSourcePost"]["owner"] = "urn:li:person:ben".into();
        assert_eq!(only(&elsewhere).unwrap().answers, None);
    }

    #[test]
    fn a_share_is_a_mention_or_has_words_of_its_own_or_is_nothing() {
        let share = |action: &str, owner: &str, text: &str| {
            let mut share = comment(1, 6, 10, "");
            share["action"] = action.into();
            share["generatedActivity"] = "urn:li:share:9".into();
            share["decoratedGeneratedActivity"] =
                json!({ "share": { "entity": "urn:li:share:9", "owner": owner, "text": text } });
            only(&share)
        };
        let ana = "urn:li:person:ana";
        let mention = share("SHARE_MENTION", ana, "By @[The office](urn:li:organization:7)").unwrap();
        assert_eq!((mention.kind, mention.text.as_str()), (IncomingKind::Mention, "By The office"));
        assert_eq!((mention.remote_id.as_str(), mention.answers), ("urn:li:share:9", None));
        assert_eq!(mention.url.as_deref(), Some("https://www.linkedin.com/feed/update/urn:li:share:9/"));
        let quote = share("SHARE", ana, "Worth a look").unwrap();
        assert_eq!((quote.kind, quote.answers.as_deref()), (IncomingKind::Quote, Some("urn:li:share:4")));
        assert_eq!(share("SHARE", ana, " "), None);
        assert_eq!(share("SHARE", "urn:li:organization:7", "Once more"), None);
        assert_eq!(share("LIKE", ana, "Hello"), None);
    }

    #[test]
    fn what_has_no_name_is_left_out() {
        for name in
            ["urn:li:comment:(activity:5,../6)", "urn:li:comment:(urn:li:person:5,6)", "urn:li:share:6"]
        {
            let mut odd = comment(1, 6, 10, "Hello");
            odd["generatedActivity"] = name.into();
            assert_eq!(only(&odd), None, "{name}");
        }
    }
}
