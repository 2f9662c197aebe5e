//! What the public says to the organisation, as its page is notified of it. It knows that no order is documented, so a window
//! is read to its end and sorted here, and that what is told may lack its words; it answers nothing.

use std::collections::{BTreeMap, BTreeSet};

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
    legible::{Legible, or_nothing},
    reading::{Inbox, Incoming, IncomingKind},
};

const PAGE: usize = 50;
/// Pages of one call; a window with more goes on with the next.
const PAGES: usize = 20;
/// Notifications that each page has in common with the one before it: so many may be taken back between the two.
const OVERLAP: usize = 10;
/// Pages without anything new after which a window has no more: then the platform tells the same over and over.
const STALE: usize = 10;
/// Notifications that a window holds at most.
const MOST: usize = 100_000;
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
    elements: Legible<Notice>,
}

/// What a page holds, and what the platform's own clock says.
struct Read {
    notices: Vec<Notice>,
    /// How many there are, whether they can be read or not.
    length: usize,
    date: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notice {
    #[serde(default, deserialize_with = "or_nothing")]
    notification_id: Option<i64>,
    action: String,
    #[serde(default, deserialize_with = "or_nothing")]
    source_post: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    decorated_source_post: Option<Thing>,
    #[serde(default, deserialize_with = "or_nothing")]
    last_modified_at: Option<i64>,
    #[serde(default, deserialize_with = "or_nothing")]
    generated_activity: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    decorated_generated_activity: Decorated,
}

/// What was said, where the platform tells it with the notification.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Decorated {
    #[serde(deserialize_with = "or_nothing")]
    comment: Option<Thing>,
    #[serde(deserialize_with = "or_nothing")]
    share: Option<Thing>,
}

#[derive(Deserialize)]
struct Thing {
    #[serde(default, deserialize_with = "or_nothing")]
    entity: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    owner: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
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
    // A clock of ours that was ahead may have left a place that is to come yet: nothing is known beyond the last hour.
    cursor.from = cursor.from.min(before(now, LATE));
    let left = cursor.walk.take().filter(|walk| walk.next <= MOST);
    let mut walk = left.unwrap_or(Walk { end: now, next: 0 });
    let start = cursor.from.max(before(walk.end, KEPT));
    let Window { notices, way, told_at } = window(api, start, &mut walk, left.is_some()).await?;
    let items = new(notices, &mut cursor.known, walk.end, api.organization());
    match way {
        Way::End => {
            // Ours may be ahead of the platform's, which has nothing yet of what is to come there.
            let until = told_at.map_or(walk.end, |told| walk.end.min(told.timestamp_millis()));
            cursor.from = cursor.from.max(before(until, LATE));
            cursor.known.retain(|_, at| *at >= cursor.from);
        }
        Way::On => cursor.walk = Some(walk),
        // It is read again, the next time.
        Way::Shrunk => {}
    }
    Ok(Inbox { items, more: cursor.walk.is_some(), cursor: serde_json::to_string(&cursor).ok() })
}

/// What a reading found of a window.
struct Window {
    notices: Vec<Notice>,
    way: Way,
    /// When, by the platform's clock.
    told_at: Option<DateTime<Utc>>,
}

/// Where a reading leads.
enum Way {
    End,
    On,
    /// So much was taken back meanwhile that some may have been passed over.
    Shrunk,
}

/// Reads on in a window; `goes_on` where the page before was a full one.
async fn window(api: &Api, start: i64, walk: &mut Walk, goes_on: bool) -> Result<Window, Failure> {
    let mut window = Window { notices: Vec::new(), way: Way::On, told_at: None };
    let (mut names, mut stale, mut goes_on) = (BTreeSet::new(), 0, goes_on);
    for _ in 0..PAGES {
        let page = read(api, (start, walk.end), walk.next).await?;
        window.told_at = page.date;
        // A page may be short for other reasons than being the last one: only an empty one is the end. A full one has something
        // in common with the next.
        if page.length == 0 {
            window.way = if goes_on { Way::Shrunk } else { Way::End };
            break;
        }
        let known = names.len();
        names.extend(page.notices.iter().map(Notice::name));
        stale = if names.len() == known { stale + 1 } else { 0 };
        window.notices.extend(page.notices);
        goes_on = page.length >= PAGE;
        walk.next = walk.next.saturating_add(if goes_on { PAGE - OVERLAP } else { page.length });
        if stale >= STALE || walk.next > MOST {
            window.way = Way::End;
            break;
        }
    }
    Ok(window)
}

fn before(instant: i64, time: TimeDelta) -> i64 {
    instant.saturating_sub(time.num_milliseconds())
}

/// Rest.li's structures: what is within them is encoded, their own signs are not.
async fn read(api: &Api, (start, end): (i64, i64), next: usize) -> Result<Read, Failure> {
    let us = encoded(&api.organization().urn());
    let route = format!(
        "/rest/organizationalEntityNotifications?q=criteria&actions=List(COMMENT,SHARE_MENTION,SHARE)\
         &organizationalEntity={us}&timeRange=(start:{start},end:{end})&start={next}&count={PAGE}"
    );
    let answer = api.call(Method::GET, &route, Body::Finder(&[])).await?;
    let Legible { items, odd } = answer.json::<Page>()?.elements;
    Ok(Read { length: items.len().saturating_add(odd), notices: items, date: answer.date() })
}

/// What was not known, oldest first; from now on it is. Whoever changes their words is notified of again: that is told once.
fn new(
    mut notices: Vec<Notice>,
    known: &mut BTreeMap<String, i64>,
    end: i64,
    us: &Organization,
) -> Vec<Incoming> {
    // A time beyond the window's end is none.
    let at = |notice: &Notice| notice.last_modified_at.unwrap_or(end).min(end);
    notices.sort_by_key(|notice| (at(notice), notice.notification_id));
    let mut items = Vec::new();
    for notice in notices {
        let at = at(&notice);
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
    /// What tells it from others, as far as something does.
    fn name(&self) -> (Option<i64>, Option<String>, Option<i64>) {
        (self.notification_id, self.generated_activity.clone(), self.last_modified_at)
    }

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
mod tests;
