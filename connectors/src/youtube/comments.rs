//! What the public says below the channel's films: one page a call, from the newest back to where the last walk began. It does
//! not read answers to comments.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{api::Api, channel};
use crate::{
    http::failure::Failure,
    reading::{Inbox, Incoming, IncomingKind},
};

/// The platform lists up to a hundred; of long ones that would be more than an answer may have.
const PAGE: &str = "50";

/// Up to where everything is known. Times are whole seconds, and several comments may share one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    at: Option<DateTime<Utc>>,
    ids: Vec<String>,
}

/// From where to read on. The platform lists the newest first, so a walk goes back until it meets what the last one began with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    known: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    walk: Option<Walk>,
}

/// A walk that is not at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Walk {
    began: Place,
    page: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    items: Vec<Thread>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Thread {
    snippet: ThreadSnippet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ThreadSnippet {
    video_id: Option<String>,
    top_level_comment: Comment,
}

#[derive(Deserialize)]
struct Comment {
    id: String,
    snippet: CommentSnippet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CommentSnippet {
    #[serde(default)]
    author_display_name: String,
    author_channel_id: Option<Author>,
    text_display: String,
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
    let page = read(api, &channel.id, cursor.walk.as_ref()).await?;
    let began = match &cursor.walk {
        Some(walk) => walk.began.clone().with(&page.items),
        None => newest(&page.items, &cursor.known),
    };
    let met =
        page.items.iter().any(|thread| cursor.known.at.is_some_and(|known| said_at(thread) < Some(known)));
    // Of a channel that was never read, only the newest page is: that has no time yet.
    let on = page.next_page_token.filter(|_| !met && cursor.known.at.is_some());
    let next = match on {
        Some(page) => Cursor { known: cursor.known.clone(), walk: Some(Walk { began, page }) },
        None => Cursor { known: began, walk: None },
    };
    let new = page.items.into_iter().filter(|thread| is_new(thread, &cursor.known));
    let mut items: Vec<Incoming> = new.filter(|thread| !is_by(thread, &channel.id)).map(incoming).collect();
    items.reverse();
    Ok(Inbox { items, more: next.walk.is_some(), cursor: serde_json::to_string(&next).ok() })
}

async fn read(api: &Api, channel: &str, walk: Option<&Walk>) -> Result<Page, Failure> {
    let mut query = vec![
        ("part", "snippet"),
        ("allThreadsRelatedToChannelId", channel),
        ("order", "time"),
        ("textFormat", "plainText"),
        ("maxResults", PAGE),
    ];
    if let Some(walk) = walk {
        query.push(("pageToken", &walk.page));
    }
    api.get("/youtube/v3/commentThreads", &query).await?.json()
}

fn said_at(thread: &Thread) -> Option<DateTime<Utc>> {
    thread.snippet.top_level_comment.snippet.published_at
}

/// Where the next walk ends: at the newest comments of this one.
fn newest(threads: &[Thread], known: &Place) -> Place {
    let at = threads.iter().filter_map(said_at).max().max(known.at);
    let same = threads.iter().filter(|thread| said_at(thread) == at);
    let mut ids: Vec<String> = same.map(|thread| thread.snippet.top_level_comment.id.clone()).collect();
    if at == known.at {
        ids.extend(known.ids.iter().filter(|id| !ids.contains(id)).cloned().collect::<Vec<_>>());
    }
    // Where nothing was said before, all that comes is new.
    Place { at: at.or(Some(DateTime::UNIX_EPOCH)), ids }
}

impl Place {
    /// The same, when what was said in its second goes on on a further page.
    fn with(mut self, threads: &[Thread]) -> Self {
        let same = threads.iter().filter(|thread| said_at(thread) == self.at);
        let ids: Vec<String> = same.map(|thread| thread.snippet.top_level_comment.id.clone()).collect();
        self.ids.extend(ids);
        self.ids.sort_unstable();
        self.ids.dedup();
        self
    }
}

fn is_new(thread: &Thread, known: &Place) -> bool {
    match (said_at(thread), known.at) {
        (Some(said), Some(known)) if said < known => false,
        _ => !known.ids.contains(&thread.snippet.top_level_comment.id),
    }
}

fn is_by(thread: &Thread, channel: &str) -> bool {
    let author = &thread.snippet.top_level_comment.snippet.author_channel_id;
    author.as_ref().is_some_and(|author| author.value == channel)
}

fn incoming(thread: Thread) -> Incoming {
    let Comment { id, snippet } = thread.snippet.top_level_comment;
    let film = thread.snippet.video_id;
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
