//! Looks for a message among the organisation's own posts, from shortly before its first attempt on. It knows when the
//! search is complete and when it proves nothing; it changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde::Deserialize;

use super::{
    api::{Api, Body},
    post::{Kept, Likeness},
    urn::PostUrn,
};
use crate::{
    http::failure::Failure,
    message::Message,
    outcome::{Cause, LookUp},
};

/// Our clock and the platform's may differ by this.
const SKEW: TimeDelta = TimeDelta::seconds(60);
const PAGE: usize = 50;
const PAGES: usize = 5;

#[derive(Deserialize)]
struct Page {
    elements: Vec<Kept>,
}

/// The organisation's posts since the window opened.
struct Window {
    posts: Vec<Kept>,
    complete: bool,
}

pub(super) async fn look_up(api: &Api, message: &Message) -> Result<LookUp, Failure> {
    let Some(since) = opens(message) else { return Ok(LookUp::CannotTell(Cause::never_sent())) };
    let window = read_window(api, since).await?;
    let likeness = |post: &Kept| post.compare(message);
    let same: Vec<&Kept> = window.posts.iter().filter(|post| likeness(post) == Likeness::Same).collect();
    let unsure = window.posts.iter().any(|post| likeness(post) == Likeness::Unsure);
    let unclear = "the organisation's posts do not tell whether it is among them";
    match same.as_slice() {
        [post] => Ok(post
            .receipt()
            .map_or_else(|| LookUp::CannotTell(Cause::new("TIMELINE_UNCLEAR", unclear)), LookUp::Found)),
        [_, _, ..] => Ok(LookUp::CannotTell(Cause::new(
            "SEVERAL_FOUND",
            "the organisation has several posts with these words in the window",
        ))),
        [] if window.complete && !unsure => Ok(LookUp::Absent),
        [] => Ok(LookUp::CannotTell(Cause::new("TIMELINE_UNCLEAR", unclear))),
    }
}

/// What the post is that the platform names as the one with these words. Ours: it says what the message says, and was made
/// since the message was first sent. Surely not ours: it is older, or another author's. Anything else, a person reads.
pub(super) async fn named(api: &Api, urn: &PostUrn, message: &Message) -> Result<LookUp, Failure> {
    let post: Kept = api.call(Method::GET, &urn.route(), Body::None).await?.json()?;
    let older = post.created_at().zip(opens(message)).map(|(created, since)| created < since);
    if older == Some(true) || !post.is_by(api.organization()) {
        return Ok(LookUp::Absent);
    }
    let same = older.is_some() && post.compare(message) == Likeness::Same;
    let receipt = post.receipt().filter(|_| same);
    Ok(receipt.map_or_else(
        || LookUp::CannotTell(Cause::new("DUPLICATE_UNCLEAR", "the post with these words may be this one")),
        LookUp::Found,
    ))
}

/// The organisation's posts, as many as a window holds.
pub(super) async fn recent(api: &Api) -> Result<Vec<Kept>, Failure> {
    Ok(read_window(api, DateTime::UNIX_EPOCH).await?.posts)
}

pub(super) fn opens(message: &Message) -> Option<DateTime<Utc>> {
    message.first_sent_at.map(|first| first - SKEW)
}

async fn read_window(api: &Api, since: DateTime<Utc>) -> Result<Window, Failure> {
    let (author, count) = (api.organization().urn(), PAGE.to_string());
    let mut window = Window { posts: Vec::new(), complete: false };
    for page in 0..PAGES {
        let start = (page * PAGE).to_string();
        let query = [
            ("q", "author"),
            ("author", author.as_str()),
            ("count", count.as_str()),
            ("start", start.as_str()),
            ("sortBy", "LAST_MODIFIED"),
        ];
        let answer = api.call(Method::GET, "/rest/posts", Body::Finder(&query)).await?;
        let posts = answer.json::<Page>()?.elements;
        // A page may be short for other reasons than being the last one: only an empty one is the end.
        let Some(last) = posts.last() else {
            window.complete = true;
            break;
        };
        // Whatever follows was changed last before the window opened, so it was made before, too.
        window.complete = in_order(&posts) && last.last_modified_at().is_some_and(|at| at < since);
        window.posts.extend(posts.into_iter().filter(|post| post.created_at().is_none_or(|at| at >= since)));
        if window.complete {
            break;
        }
    }
    Ok(window)
}

/// Whether the page is sorted as was asked; otherwise its last post says nothing of what follows.
fn in_order(posts: &[Kept]) -> bool {
    posts.is_sorted_by(|one, next| match (one.last_modified_at(), next.last_modified_at()) {
        (Some(one), Some(next)) => one >= next,
        _ => false,
    })
}
