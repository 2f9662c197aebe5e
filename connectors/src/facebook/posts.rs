//! Looks for a message among the Page's own posts, from shortly before its first attempt on. It knows when the search is
//! complete and when it proves nothing; it changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde::Deserialize;

use super::{
    node::{Body, Page},
    words,
};
use crate::{
    http::failure::Failure,
    legible::or_nothing,
    message::Message,
    outcome::{Cause, Evidence, LookUp, Receipt},
};

/// Our clock and the platform's may differ by this.
pub(super) const SKEW: TimeDelta = TimeDelta::seconds(60);
/// Letters of the platform's name for a place in a list, at most.
const PLACE: usize = 2_048;
const PAGE: &str = "100";
const PAGES: usize = 5;

#[derive(Debug, Deserialize)]
struct Listed {
    data: Vec<Post>,
    #[serde(default, deserialize_with = "or_nothing")]
    paging: Paging,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Paging {
    /// An address, with a token in it: only whether there is one is of interest.
    next: Option<serde::de::IgnoredAny>,
    #[serde(default, deserialize_with = "or_nothing")]
    cursors: Cursors,
}

#[derive(Debug, Default, Deserialize)]
struct Cursors {
    after: Option<String>,
}

impl Paging {
    /// Whether there is more.
    pub(super) fn goes_on(&self) -> bool {
        self.next.is_some()
    }

    /// The platform's name for where that begins.
    pub(super) fn after(self) -> Option<String> {
        self.cursors.after.filter(|after| self.next.is_some() && after.len() <= PLACE)
    }
}

#[derive(Debug, Deserialize)]
struct Post {
    id: String,
    #[serde(default)]
    message: String,
    created_time: Option<String>,
    permalink_url: Option<String>,
}

impl Post {
    fn created(&self) -> Option<DateTime<Utc>> {
        read_time(self.created_time.as_deref()?)
    }

    fn receipt(&self) -> Receipt {
        Receipt {
            remote_id: self.id.clone(),
            url: self.permalink_url.clone(),
            published_at: self.created(),
            evidence: Evidence::Timeline,
        }
    }
}

/// The platform writes `+0000`, which RFC 3339 does not know.
pub(super) fn read_time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z").ok().map(|at| at.to_utc())
}

/// The Page's posts since the window opened.
struct Window {
    posts: Vec<Post>,
    complete: bool,
}

pub(super) async fn look_up(page: &Page, message: &Message) -> Result<LookUp, Failure> {
    let Some(first_sent_at) = message.first_sent_at else {
        return Ok(LookUp::CannotTell(Cause::never_sent()));
    };
    let window = read_window(page, first_sent_at - SKEW).await?;
    let wanted = words::comparable(&words::of(message));
    let same: Vec<&Post> =
        window.posts.iter().filter(|post| words::comparable(&post.message) == wanted).collect();
    Ok(match same.as_slice() {
        // Without words one is like another.
        [post] if post.created().is_some() && !wanted.is_empty() => LookUp::Found(post.receipt()),
        [_] => LookUp::CannotTell(Cause::new(
            "TIMELINE_UNCLEAR",
            "the Page has a post that may be it, without words or a time to know it by",
        )),
        [_, _, ..] => LookUp::CannotTell(Cause::new(
            "SEVERAL_FOUND",
            "the Page has several posts with these words in the window",
        )),
        [] if window.complete => LookUp::Absent,
        [] => LookUp::CannotTell(Cause::new(
            "TIMELINE_UNCLEAR",
            "the Page's posts do not tell whether it is among them",
        )),
    })
}

async fn read_window(page: &Page, since: DateTime<Utc>) -> Result<Window, Failure> {
    let route = page.route("/published_posts");
    let from = since.timestamp().to_string();
    let mut window = Window { posts: Vec::new(), complete: false };
    let mut after: Option<String> = None;
    for _ in 0..PAGES {
        let mut query = vec![
            ("fields", "id,message,created_time,permalink_url"),
            ("limit", PAGE),
            ("since", from.as_str()),
        ];
        if let Some(after) = after.as_deref() {
            query.push(("after", after));
        }
        let listed: Listed = page.call(Method::GET, &route, &query, Body::None).await?.json()?;
        // A page may be short, and more may follow: only the platform's word is the end of it.
        window.complete = !listed.paging.goes_on();
        window
            .posts
            .extend(listed.data.into_iter().filter(|post| post.created().is_none_or(|at| at >= since)));
        after = listed.paging.after();
        if after.is_none() {
            break;
        }
    }
    Ok(window)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_the_platform_writes_them() {
        let at = "2026-11-22T10:00:00Z".parse().ok();
        assert_eq!(read_time("2026-11-22T10:00:00+0000"), at);
        assert_eq!(read_time("2026-11-22T11:00:00+01:00"), at);
        assert_eq!(read_time("yesterday"), None);
    }
}
