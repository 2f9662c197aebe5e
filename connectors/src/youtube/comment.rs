//! A comment as YouTube tells of it: its name, whose it is, what it says, and whether everybody sees it. It changes nothing, and
//! does not know which of them answers what.

use chrono::{DateTime, Utc};
use serde::{Deserialize, de::DeserializeOwned};

use super::{api::Api, failure, film};
use crate::{
    http::failure::Failure,
    legible::{Legible, or_nothing},
    outcome::{Cause, Evidence, Receipt},
};

pub(super) const COMMENTS: (&str, &str) = ("/youtube/v3/comments", "youtube#commentListResponse");
pub(super) const THREADS: (&str, &str) = ("/youtube/v3/commentThreads", "youtube#commentThreadListResponse");
/// The platform lists up to a hundred at once.
const PAGE: &str = "50";
/// The same where the words of so many are too long for one answer.
const FEWER: &str = "10";
/// What sets the name of an answer apart from that of a film: of both, Google says no more than that they are strings.
const COMMENT: &str = "comment:";

/// The platform's name for a comment, such as `Ugx…` or, of one that stands below that, `Ugx….9ab…`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a>(pub(super) &'a str);

impl<'a> Name<'a> {
    /// Names come back from storage; only what is one may become part of an address.
    pub(super) fn read(id: &'a str) -> Result<Self, Failure> {
        let (thread, below) = id.split_once('.').map_or((id, None), |(thread, below)| (thread, Some(below)));
        if film::is_id(thread) && below.is_none_or(film::is_id) {
            return Ok(Self(id));
        }
        Err(Failure::refused("REMOTE_ID_INVALID", "this is not the id of a comment"))
    }

    /// Of an answer of ours, when this is not the name of a film.
    pub(super) fn of_answer(remote_id: &'a str) -> Option<Result<Self, Failure>> {
        Some(Self::read(remote_id.strip_prefix(COMMENT)?))
    }

    /// The comment that the thread begins with: whatever is answered in a thread, the answer stands below that.
    pub(super) fn thread(self) -> &'a str {
        self.0.split_once('.').map_or(self.0, |(thread, _)| thread)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[serde(bound = "T: DeserializeOwned")]
pub(super) struct List<T> {
    /// Where there are none, the items may be left out: only this tells that from an answer of somebody else.
    kind: String,
    #[serde(default)]
    pub(super) items: Legible<T>,
    #[serde(default, deserialize_with = "or_nothing")]
    pub(super) next_page_token: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Comment {
    pub(super) id: String,
    #[serde(default)]
    snippet: Snippet,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Snippet {
    #[serde(deserialize_with = "or_nothing")]
    author_channel_id: Option<Author>,
    /// As it was written; its author alone is surely told.
    text_original: Option<String>,
    /// Even as plain text it may have titles in the place of addresses.
    text_display: String,
    moderation_status: Option<String>,
    published_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize)]
struct Author {
    value: String,
}

impl Comment {
    /// Whether it was there since then; one without a time may be.
    pub(super) fn is_since(&self, since: DateTime<Utc>) -> bool {
        self.snippet.published_at.is_none_or(|at| at >= since)
    }

    pub(super) fn is_by(&self, channel: &str) -> bool {
        self.snippet.author_channel_id.as_ref().is_some_and(|author| author.value == channel)
    }

    /// Whether it is in these words.
    pub(super) fn says(&self, words: &str) -> bool {
        let said = self.snippet.text_original.as_ref().unwrap_or(&self.snippet.text_display);
        film::comparable(said) == film::comparable(words)
    }

    /// Why not everybody sees it.
    pub(super) fn hidden(&self) -> Option<Cause> {
        let told = self.snippet.moderation_status.as_deref();
        let detail = "YouTube has the answer and holds it back, or has rejected it: look at the channel's comments in YouTube Studio";
        told.filter(|told| *told != "published").map(|_| Cause::new("HELD_FOR_REVIEW", detail))
    }

    pub(super) fn receipt(&self, film: Option<&str>, evidence: Evidence) -> Receipt {
        let url = film.map(|film| format!("https://www.youtube.com/watch?v={film}&lc={}", self.id));
        Receipt { url, published_at: self.snippet.published_at, ..receipt(&self.id, evidence) }
    }
}

/// Of an answer of ours.
pub(super) fn receipt(id: &str, evidence: Evidence) -> Receipt {
    Receipt { remote_id: format!("{COMMENT}{id}"), url: None, published_at: None, evidence }
}

/// One page of them.
pub(super) async fn list<T: DeserializeOwned>(
    api: &Api,
    (route, kind): (&str, &str),
    query: &[(&str, &str)],
) -> Result<List<T>, Failure> {
    let answer = api.get(route, query).await?;
    let list: List<T> = answer.json()?;
    if list.kind != kind {
        return Err(garbage().with_status(answer.status));
    }
    Ok(list)
}

/// A page of a list, from a place that the platform named.
pub(super) async fn page<T: DeserializeOwned>(
    api: &Api,
    of: (&str, &str),
    query: &[(&str, &str)],
    from: Option<&str>,
) -> Result<List<T>, Failure> {
    let mut query = query.to_vec();
    query.extend(from.map(|from| ("pageToken", from)));
    query.push(("maxResults", PAGE));
    match list(api, of, &query).await {
        Err(failure) if failure.cause.code == "ANSWER_TOO_LARGE" => {
            query.pop();
            query.push(("maxResults", FEWER));
            list(api, of, &query).await
        }
        told => told,
    }
}

/// Of what is asked for by its name: what cannot be read is not gone.
pub(super) fn only<T>(list: List<T>, mut is_it: impl FnMut(&T) -> bool) -> Result<Option<T>, Failure> {
    let odd = list.items.odd;
    match list.items.items.into_iter().find(|one| is_it(one)) {
        None if odd > 0 => Err(garbage()),
        told => Ok(told),
    }
}

fn garbage() -> Failure {
    Failure::unknown("GARBAGE_ANSWER", "the platform's answer cannot be read")
}

/// The one of this name, when YouTube shows it.
pub(super) async fn read(api: &Api, name: Name<'_>) -> Result<Option<Comment>, Failure> {
    let query = [("part", "snippet"), ("id", name.0), ("textFormat", "plainText")];
    match list::<Comment>(api, COMMENTS, &query).await {
        Ok(list) => only(list, |comment| comment.id == name.0),
        Err(failure) if failure.cause.code == failure::GONE => Ok(None),
        Err(failure) => Err(failure),
    }
}
