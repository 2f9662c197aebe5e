//! What others said to the account, by its notifications. It knows that they are listed newest first, by a time that their
//! authors state, so that one may come in among older ones; it does not know what is made of it.

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    account::{Account, Body},
    record::COLLECTION,
};
use crate::{
    http::failure::Failure,
    reading::{Inbox, Incoming, IncomingKind},
};

/// Notifications that are asked for, and told, at once.
const PAGE: usize = 50;
/// Pages that one reading goes down.
const PAGES: usize = 20;
/// So late, in milliseconds, one may come in among those that were told already.
const LATE: i64 = 10 * 60 * 1000;
/// Notifications that are remembered as told; of more in so short a time, none may come late.
const MOST_TOLD: usize = 500;

/// Up to where everything was told. Times are milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    /// Whatever is older was told, or is never to be.
    since: i64,
    /// Those that are younger and were told all the same: when, and a digest of the name.
    told: Vec<(i64, String)>,
    /// Where the stretches of a long walk back begin below the newest, the deepest last, as the platform names the places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    walk: Vec<String>,
    /// On the way up again: whatever is not younger was told on this walk.
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<i64>,
}

#[derive(Deserialize)]
struct Listed {
    notifications: Vec<Notice>,
    cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notice {
    uri: String,
    reason: String,
    reason_subject: Option<String>,
    author: Author,
    /// Whatever its author wrote: a strange one must not hide the others of its page.
    record: Value,
    indexed_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Author {
    did: String,
    handle: String,
}

/// One stretch of the notifications, newest first.
struct Stretch {
    notices: Vec<Notice>,
    /// Where it would go on, had it not grown too long; none once it is back at what was told.
    deeper: Option<String>,
    /// Whether the platform has older ones.
    older: bool,
}

pub(super) async fn read(account: &Account, since: Option<&str>) -> Result<Inbox, Failure> {
    let known: Option<Cursor> = since.map(serde_json::from_str).transpose().map_err(|_not_ours| {
        Failure::refused("CURSOR_INVALID", "this is not a place in the account's notifications")
    })?;
    let session = account.session().await?;
    let stretch = read_stretch(account, known.as_ref()).await?;
    let is_first = known.is_none();
    let mut known = known.unwrap_or_default();
    if let Some(place) = stretch.deeper {
        // The oldest are told first, and are not reached yet.
        known.walk.push(place);
        return Ok(Inbox { items: Vec::new(), cursor: serde_json::to_string(&known).ok(), more: true });
    }
    let seen = stretch.notices.iter().map(Notice::at).max();
    // What was there before the first reading is never told.
    let begins = stretch.notices.iter().map(Notice::at).min().filter(|_| is_first && stretch.older);
    let mut new: Vec<Notice> = stretch.notices.into_iter().filter(|notice| notice.is_new(&known)).collect();
    new.reverse();
    let (is_whole, is_top) = (new.len() <= PAGE, known.walk.is_empty());
    new.truncate(PAGE);
    let reached = if is_whole { seen } else { new.iter().map(Notice::at).max() };
    if is_whole {
        known.walk.pop();
        known.done = seen.or(known.done).filter(|_| !is_top);
    }
    let next = known.after(&new, reached, begins);
    let items = new.into_iter().filter_map(|notice| incoming(notice, &session.did)).collect();
    Ok(Inbox { items, cursor: serde_json::to_string(&next).ok(), more: !(is_whole && is_top) })
}

/// Down to what was told already. On the way down it ends after some pages; on the way up it has an end.
async fn read_stretch(account: &Account, known: Option<&Cursor>) -> Result<Stretch, Failure> {
    let mut stretch = Stretch { notices: Vec::new(), deeper: None, older: false };
    let mut place = known.and_then(|known| known.walk.last().cloned());
    let mut pages = 0;
    loop {
        let Listed { notifications, cursor } = list(account, place.as_deref()).await?;
        let back = known.is_none_or(|known| notifications.iter().any(|notice| known.ends_at(notice.at())));
        stretch.older = cursor.is_some();
        stretch.notices.extend(notifications);
        // A place that leads to itself leads nowhere.
        let next = cursor.filter(|next| !back && place.as_ref() != Some(next));
        let Some(next) = next else { return Ok(stretch) };
        pages += 1;
        if pages >= PAGES && known.is_some_and(|known| known.done.is_none()) {
            stretch.deeper = Some(next);
            return Ok(stretch);
        }
        place = Some(next);
    }
}

async fn list(account: &Account, from: Option<&str>) -> Result<Listed, Failure> {
    let limit = PAGE.to_string();
    let mut query = vec![
        ("reasons", "mention"),
        ("reasons", "reply"),
        ("reasons", "quote"),
        // Whatever a person has set in the app: whom the account does not follow speaks to the office all the same.
        ("priority", "false"),
        ("limit", limit.as_str()),
    ];
    query.extend(from.map(|from| ("cursor", from)));
    account.call("app.bsky.notification.listNotifications", Body::Public(&query)).await?.json()
}

impl Notice {
    fn at(&self) -> i64 {
        self.indexed_at.timestamp_millis()
    }

    fn name(&self) -> String {
        let digest = digest::digest(&digest::SHA256, self.uri.as_bytes());
        hex::encode(digest.as_ref().iter().take(8).copied().collect::<Vec<u8>>())
    }

    /// Servers that know no reasons tell of likes as well.
    fn kind(&self) -> Option<IncomingKind> {
        match self.reason.as_str() {
            "mention" => Some(IncomingKind::Mention),
            "reply" => Some(IncomingKind::Reply),
            "quote" => Some(IncomingKind::Quote),
            _ => None,
        }
    }

    fn is_new(&self, known: &Cursor) -> bool {
        let name = self.name();
        self.kind().is_some() && self.at() >= known.since && !known.told.iter().any(|(_, told)| *told == name)
    }
}

impl Cursor {
    fn ends_at(&self, at: i64) -> bool {
        at < self.since || self.done.is_some_and(|done| at <= done)
    }

    /// The same after these were told, of all that there is up to an instant.
    fn after(self, told: &[Notice], reached: Option<i64>, begins: Option<i64>) -> Self {
        let since = reached.map_or(self.since, |reached| reached - LATE);
        let since = self.since.max(since).max(begins.unwrap_or(0));
        let mut next = Self { since, ..self };
        next.told.extend(told.iter().map(|notice| (notice.at(), notice.name())));
        next.told.sort();
        let too_many = next.told.len().saturating_sub(MOST_TOLD);
        if let Some((last, _)) = too_many.checked_sub(1).and_then(|last| next.told.get(last)) {
            next.since = next.since.max(last + 1);
        }
        next.told.retain(|(at, _)| *at >= next.since);
        next
    }
}

fn incoming(notice: Notice, me: &str) -> Option<Incoming> {
    let kind = notice.kind()?;
    let ours = |uri: &String| uri.starts_with(&format!("at://{me}/{COLLECTION}/"));
    let written = |place: &str| notice.record.pointer(place).and_then(Value::as_str).map(str::to_owned);
    let first_of_ours = |places: [&str; 2]| places.into_iter().find_map(|place| written(place).filter(ours));
    let text = written("/text").unwrap_or_default();
    let (parent, subject) = (written("/reply/parent/uri").filter(ours), notice.reason_subject.filter(ours));
    let (kind, answers) = match kind {
        IncomingKind::Reply => (kind, parent.or(subject)),
        IncomingKind::Quote => (kind, subject),
        // A post is told for one reason alone, and for naming the account before all else: the rest is in the post.
        IncomingKind::Mention | IncomingKind::Comment => {
            let quoted = first_of_ours(["/embed/record/uri", "/embed/record/record/uri"]);
            let answered = first_of_ours(["/reply/parent/uri", "/reply/root/uri"]);
            match (quoted, answered) {
                (Some(quoted), _) => (IncomingKind::Quote, Some(quoted)),
                (None, Some(answered)) => (IncomingKind::Reply, Some(answered)),
                (None, None) => (kind, None),
            }
        }
    };
    let Author { did, handle } = notice.author;
    let author = if handle == "handle.invalid" { did } else { handle };
    let key = notice.uri.rsplit('/').next().unwrap_or_default();
    Some(Incoming {
        kind,
        url: Some(format!("https://bsky.app/profile/{author}/post/{key}")),
        remote_id: notice.uri,
        author,
        text,
        answers,
        said_at: Some(notice.indexed_at),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn notice(number: usize, at: i64) -> Notice {
        Notice {
            uri: format!("at://did:plc:ana/app.bsky.feed.post/{number}"),
            reason: "mention".to_owned(),
            reason_subject: None,
            author: Author { did: "did:plc:ana".to_owned(), handle: "ana.example.org".to_owned() },
            record: Value::Null,
            indexed_at: DateTime::from_timestamp_millis(at).unwrap(),
        }
    }

    #[test]
    fn one_that_comes_late_is_told_and_none_twice() {
        let now = 1_800_000_000_000;
        let known = Cursor::default().after(&[notice(1, now)], Some(now), None);
        assert!(!notice(1, now).is_new(&known));
        assert!(notice(2, now).is_new(&known) && notice(3, now - LATE).is_new(&known));
        assert!(!notice(4, now - LATE - 1).is_new(&known));
        let later = known.after(&[], Some(now + LATE + 1), None);
        assert!(later.told.is_empty() && !notice(1, now).is_new(&later));
    }

    #[test]
    fn a_flood_makes_the_cursor_no_longer() {
        let now = 1_800_000_000_000;
        let flood: Vec<Notice> = (0..2000).map(|n| notice(n, now + i64::try_from(n).unwrap())).collect();
        let known = Cursor::default().after(&flood, Some(now + 1999), None);
        assert_eq!(known.told.len(), MOST_TOLD);
        assert!(!flood.iter().any(|told| told.is_new(&known)));
        assert!(notice(2000, now + 2000).is_new(&known));
    }

    #[test]
    fn what_was_there_before_the_first_reading_is_never_told() {
        let now = 1_800_000_000_000;
        let known = Cursor::default().after(&[notice(1, now)], Some(now), Some(now - 5));
        assert!(!notice(2, now - 6).is_new(&known));
    }

    #[test]
    fn what_it_answers_is_ours_or_nothing() {
        let of = |reason: &str, subject: Option<&str>, parent: Option<&str>| {
            let record = json!({ "text": "Yes", "reply": { "parent": { "uri": parent } } });
            let reason_subject = subject.map(str::to_owned);
            let notice = Notice { reason: reason.to_owned(), reason_subject, record, ..notice(1, 0) };
            incoming(notice, "did:plc:us").unwrap().answers
        };
        let (ours, theirs) =
            ("at://did:plc:us/app.bsky.feed.post/1", "at://did:plc:us2/app.bsky.feed.post/1");
        assert_eq!(of("reply", Some(ours), Some(theirs)).as_deref(), Some(ours));
        assert_eq!(of("reply", Some(theirs), Some(theirs)), None);
        assert_eq!(of("quote", Some(ours), Some(theirs)).as_deref(), Some(ours));
        assert_eq!(of("mention", None, Some(theirs)), None);
    }

    #[test]
    fn what_names_the_account_is_told_as_what_else_it_is() {
        let (ours, theirs) =
            ("at://did:plc:us/app.bsky.feed.post/1", "at://did:plc:ana/app.bsky.feed.post/1");
        let of = |record: Value| {
            let told = incoming(Notice { record, ..notice(1, 0) }, "did:plc:us").unwrap();
            (told.kind, told.answers)
        };
        let (reply, quote) = (IncomingKind::Reply, IncomingKind::Quote);
        let answering =
            |parent: &str, root: &str| json!({ "parent": { "uri": parent }, "root": { "uri": root } });
        let rows = [
            (json!({ "reply": answering(ours, theirs) }), reply, Some(ours)),
            (json!({ "reply": answering(theirs, ours) }), reply, Some(ours)),
            (json!({ "reply": answering(theirs, theirs) }), IncomingKind::Mention, None),
            (json!({ "embed": { "record": { "uri": ours } } }), quote, Some(ours)),
            (json!({ "embed": { "record": { "record": { "uri": ours } }, "media": {} } }), quote, Some(ours)),
            (json!({ "embed": { "record": { "uri": theirs } } }), IncomingKind::Mention, None),
            (
                json!({ "embed": { "record": { "uri": "at://did:plc:us/app.bsky.graph.list/1" } } }),
                IncomingKind::Mention,
                None,
            ),
        ];
        for (record, kind, answers) in rows {
            assert_eq!(of(record.clone()), (kind, answers.map(str::to_owned)), "{record}");
        }
    }
}
