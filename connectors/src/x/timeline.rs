//! Looks for a message among the account's own posts, from shortly before its first attempt on, and reads single posts. It
//! knows when the search is complete and when it proves nothing; it changes nothing.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use reqwest::Method;
use serde::Deserialize;

use super::{
    api::{Api, Body},
    failure::{Problem, data, untold},
    likeness::Likeness,
    post::{self, FIELDS, Post},
};
use crate::{
    clock::Clock,
    http::failure::Failure,
    message::Message,
    outcome::{Cause, Evidence, LISTED, LookUp},
};

/// Our clock and the platform's may differ by this.
const SKEW: TimeDelta = TimeDelta::seconds(60);
const PAGE: &str = "100";
const PAGES: usize = 5;

/// A page of posts. One without any has no `data` at all.
#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    #[serde(default)]
    pub(super) data: Vec<Post>,
    meta: Option<Meta>,
    #[serde(default)]
    errors: Vec<Problem>,
    #[serde(default)]
    pub(super) includes: Includes,
    #[serde(skip)]
    date: Option<DateTime<Utc>>,
}

#[derive(Debug, Default, Deserialize)]
struct Meta {
    next_token: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Includes {
    #[serde(default)]
    pub(super) users: Vec<User>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) username: String,
}

impl Listed {
    pub(super) fn next(&self) -> Option<&str> {
        self.meta.as_ref()?.next_token.as_deref()
    }
}

/// One page of a list.
pub(super) async fn page(api: &Api, route: &str, query: &[(&str, &str)]) -> Result<Listed, Failure> {
    let answer = api.call(Method::GET, route, query, Body::None).await?;
    let listed: Listed = answer.json()?;
    let listed = Listed { date: answer.date(), ..listed };
    if listed.meta.is_none() && listed.data.is_empty() {
        return Err(untold(answer.status, &listed.errors));
    }
    Ok(listed)
}

/// The account's posts since the window opened.
struct Window {
    posts: Vec<Post>,
    complete: bool,
    /// The platform's own time.
    now: Option<DateTime<Utc>>,
}

/// The clock is asked only where the platform tells no time.
pub(super) async fn look_up(api: &Api, message: &Message, clock: &dyn Clock) -> Result<LookUp, Failure> {
    let (Some(first_sent_at), Some(over_at)) = (message.first_sent_at, message.last_over_at(api.limits()))
    else {
        return Ok(LookUp::CannotTell(Cause::never_sent()));
    };
    let window = read_window(api, first_sent_at - SKEW).await?;
    let of = |wanted: Likeness| window.posts.iter().filter(move |post| post.compare(message) == wanted);
    let same: Vec<&Post> = of(Likeness::Same).collect();
    let unclear = || {
        let detail = "the account's posts do not tell whether it is among them";
        LookUp::CannotTell(Cause::new("TIMELINE_UNCLEAR", detail))
    };
    let now = window.now.unwrap_or_else(|| clock.now());
    let told = match same.as_slice() {
        [post] if post::is_id(&post.id) => {
            LookUp::Found(post::receipt(&post.id, post.created_at, Evidence::Timeline))
        }
        [_] => unclear(),
        [_, _, ..] => LookUp::CannotTell(Cause::new(
            "SEVERAL_FOUND",
            "the account has several posts with these words in the window",
        )),
        [] if !window.complete || of(Likeness::Unsure).next().is_some() => unclear(),
        [] => LookUp::Absent,
    };
    Ok(told.once_listed(Some(over_at), LISTED, now))
}

async fn read_window(api: &Api, since: DateTime<Utc>) -> Result<Window, Failure> {
    let route = format!("/2/users/{}/tweets", api.account().await?.id);
    let from = since.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut window = Window { posts: Vec::new(), complete: false, now: None };
    let mut token: Option<String> = None;
    for _ in 0..PAGES {
        let mut query =
            vec![FIELDS, ("max_results", PAGE), ("exclude", "retweets"), ("start_time", from.as_str())];
        if let Some(token) = token.as_deref() {
            query.push(("pagination_token", token));
        }
        let listed = page(api, &route, &query).await?;
        window.now = window.now.or(listed.date);
        token = listed.next().map(str::to_owned);
        let posts = listed.data.into_iter().filter(|post| post.created_at.is_none_or(|at| at >= since));
        window.posts.extend(posts);
        if token.is_none() {
            window.complete = true;
            break;
        }
    }
    Ok(window)
}

/// A post as the public reads it: each change has an id of its own, and an old one shows what was there before.
pub(super) async fn latest(api: &Api, id: &str) -> Result<Post, Failure> {
    let post = read(api, id).await?;
    match post.newer() {
        Some(newer) => read(api, newer).await,
        None => Ok(post),
    }
}

async fn read(api: &Api, id: &str) -> Result<Post, Failure> {
    let answer = api.call(Method::GET, &post::route(id)?, &[FIELDS], Body::None).await?;
    data(&answer)
}
