//! What the public says below the channel's films: one page a call, from the newest back to where the last walk began. It does
//! not read answers to comments.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    api::Api,
    channel,
    comment::{Name, THREADS, page},
    film,
};
use crate::{
    http::failure::{Failure, Verdict},
    legible::or_nothing,
    reading::{Inbox, Incoming, IncomingKind},
};

/// A comment may be listed so much later than it says that it was said.
const LATE: TimeDelta = TimeDelta::minutes(10);
/// Pages without anything new or older after which a walk leads nowhere.
const STALE: u8 = 3;
/// Pages of a walk: so many comments at once nobody writes, and each page is taken from the day's quota.
const MOST: u16 = 2_000;

/// Up to where everything is known: whatever is older than a time, and of what is younger, or tells none, these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    at: Option<DateTime<Utc>>,
    ids: BTreeSet<String>,
}

/// From where to read on. The platform lists the newest first, so a walk goes back until it meets what the last one began with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    known: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    walk: Option<Walk>,
}

/// A walk that is not at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Walk {
    began: Place,
    page: String,
    /// The oldest that it has come to.
    #[serde(default)]
    down_to: Option<DateTime<Utc>>,
    /// So many pages in a row brought it no further.
    #[serde(default)]
    stale: u8,
    /// So many it has read.
    #[serde(default)]
    pages: u16,
}

#[derive(Deserialize)]
struct Thread {
    snippet: ThreadSnippet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ThreadSnippet {
    #[serde(default, deserialize_with = "or_nothing")]
    video_id: Option<String>,
    top_level_comment: Comment,
}

#[derive(Deserialize)]
struct Comment {
    id: String,
    snippet: CommentSnippet,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct CommentSnippet {
    #[serde(deserialize_with = "or_nothing")]
    author_display_name: String,
    #[serde(deserialize_with = "or_nothing")]
    author_channel_id: Option<Author>,
    #[serde(deserialize_with = "or_nothing")]
    text_display: String,
    #[serde(deserialize_with = "or_nothing")]
    published_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Author {
    value: String,
}

pub(super) async fn since(api: &Api, cursor: Option<&str>) -> Result<Inbox, Failure> {
    let cursor: Cursor = match cursor {
        Some(cursor) => serde_json::from_str(cursor).map_err(|_unreadable| {
            Failure::refused("CURSOR_INVALID", "this is not a place in the channel's comments")
        })?,
        None => Cursor::default(),
    };
    let channel = channel::mine(api, "id").await?;
    let Cursor { known, walk } = cursor;
    let (threads, way) = match read(api, &channel.id, walk.as_ref()).await {
        Ok((threads, next)) => {
            let way = way(&threads, &known, walk.as_ref(), next, api.now());
            (threads, way)
        }
        // The platform does not know the place any more.
        Err(failure) if walk.is_some() && failure.verdict == Verdict::Refused => (Vec::new(), Way::Nowhere),
        Err(failure) => return Err(failure),
    };
    let next = match way {
        Way::End(began) => Cursor { known: began, walk: None },
        Way::On(walk) => Cursor { known: known.clone(), walk: Some(walk) },
        // It is walked again from the newest, the next time: rather is something told twice than not at all.
        Way::Nowhere => Cursor { known: known.clone(), walk: None },
    };
    let mut names = BTreeSet::new();
    // A page may begin with what the one before it ended with, where somebody spoke meanwhile.
    let before = walk.map(|walk| walk.began.ids).unwrap_or_default();
    let is_first = |thread: &Thread| !before.contains(thread.id()) && names.insert(thread.id().to_owned());
    let new = threads.into_iter().filter(|thread| is_new(thread, &known)).filter(is_first);
    let mut items: Vec<Incoming> = new.filter(|thread| !is_by(thread, &channel.id)).map(incoming).collect();
    items.reverse();
    Ok(Inbox { items, more: next.walk.is_some(), cursor: serde_json::to_string(&next).ok() })
}

/// One page, newest first, and where the next one is.
async fn read(
    api: &Api,
    channel: &str,
    walk: Option<&Walk>,
) -> Result<(Vec<Thread>, Option<String>), Failure> {
    let query = [
        ("part", "snippet"),
        ("allThreadsRelatedToChannelId", channel),
        ("order", "time"),
        ("textFormat", "plainText"),
    ];
    let page = page::<Thread>(api, THREADS, &query, walk.map(|walk| walk.page.as_str())).await?;
    // What has no name cannot be told once.
    let threads = page.items.items.into_iter().filter(|thread| Name::read(thread.id()).is_ok());
    Ok((threads.collect(), page.next_page_token))
}

/// Where a reading leads.
enum Way {
    /// It is at its end; the next one ends where this one began.
    End(Place),
    On(Walk),
    /// The platform says that there is more, and tells none of it.
    Nowhere,
}

fn way(
    threads: &[Thread],
    known: &Place,
    walk: Option<&Walk>,
    next: Option<String>,
    now: DateTime<Utc>,
) -> Way {
    let began = match walk {
        Some(walk) => walk.began.clone().with(threads),
        None => newest(threads, known, now),
    };
    // By the last of the page: one with an odd time among newer ones is not the end of those.
    let oldest = threads.iter().rev().find_map(said_at);
    let met = oldest.zip(known.at).is_some_and(|(oldest, known)| oldest < known);
    // Of a channel that was never read, only the newest page is: that has no time yet.
    let Some(page) = next.filter(|_| !met && known.at.is_some()) else {
        return Way::End(began.and(known));
    };
    let before = walk.map(|walk| (walk.down_to, walk.began.ids.len(), walk.stale, walk.pages));
    let (down_to, names, stale, pages) = before.unwrap_or_default();
    let is_further = began.ids.len() > names
        || oldest.is_some_and(|oldest| down_to.is_none_or(|down_to| oldest < down_to));
    let stale = if is_further { 0 } else { stale.saturating_add(1) };
    let is_same = walk.is_some_and(|walk| walk.page == page);
    if is_same || stale >= STALE || pages >= MOST {
        return Way::Nowhere;
    }
    let down_to = oldest.into_iter().chain(down_to).min();
    Way::On(Walk { began, page, down_to, stale, pages: pages.saturating_add(1) })
}

impl Thread {
    fn id(&self) -> &str {
        &self.snippet.top_level_comment.id
    }
}

fn said_at(thread: &Thread) -> Option<DateTime<Utc>> {
    thread.snippet.top_level_comment.snippet.published_at
}

/// Where the next walk ends: somewhat before the newest comments of this one. A time that is still to come says nothing of what
/// is new.
fn newest(threads: &[Thread], known: &Place, now: DateTime<Utc>) -> Place {
    let newest = threads.iter().filter_map(said_at).filter(|at| *at <= now).max();
    let newest = newest.or((!threads.is_empty()).then_some(now)).map(|newest| newest - LATE).max(known.at);
    // Where nothing was said before, all that comes is new.
    Place { at: newest.or(Some(DateTime::UNIX_EPOCH)), ids: BTreeSet::new() }.with(threads)
}

impl Place {
    /// The same, with what was known there before: the platform may leave something out once.
    fn and(mut self, known: &Self) -> Self {
        if self.at == known.at {
            self.ids.extend(known.ids.iter().cloned());
        }
        self
    }

    /// The same, with what was read beside it.
    fn with(mut self, threads: &[Thread]) -> Self {
        let young = threads.iter().filter(|thread| said_at(thread).is_none_or(|at| Some(at) >= self.at));
        let ids: Vec<String> = young.map(|thread| thread.id().to_owned()).collect();
        self.ids.extend(ids);
        self
    }
}

fn is_new(thread: &Thread, known: &Place) -> bool {
    let is_old = said_at(thread).zip(known.at).is_some_and(|(said, known)| said < known);
    !is_old && !known.ids.contains(thread.id())
}

fn is_by(thread: &Thread, channel: &str) -> bool {
    let author = &thread.snippet.top_level_comment.snippet.author_channel_id;
    author.as_ref().is_some_and(|author| author.value == channel)
}

fn incoming(thread: Thread) -> Incoming {
    let Comment { id, snippet } = thread.snippet.top_level_comment;
    let film = thread.snippet.video_id.filter(|film| film::is_id(film));
    Incoming {
        kind: IncomingKind::Comment,
        author: snippet.author_display_name,
        text: snippet.text_display,
        url: film.as_ref().map(|film| format!("https://www.youtube.com/watch?v={film}&lc={id}")),
        answers: film,
        said_at: snippet.published_at,
        remote_id: id,
    }
}
