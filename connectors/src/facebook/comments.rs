//! What follows a post stands below it as the Page's own comment: how one is made, and how one is looked for, there or below
//! what the public said. It knows that the platform may list comments by rank, so only a list that was read to its end proves
//! anything.

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::{
    content, failure, is_post_id,
    node::{Body, Created, Page},
    post_route,
    posts::{Paging, SKEW, read_time},
    words,
};
use crate::{
    http::{failure::Failure, prepare},
    legible::{Legible, or_nothing},
    message::{Follows, Message},
    outcome::{Cause, Evidence, LookUp, Receipt},
};

/// Comments that are asked for at once.
const LIMIT: &str = "100";
/// The same where their words are too long for one answer.
const FEWER: &str = "20";
/// Comments that are looked through.
const MOST: usize = 500;
/// A page counts as so many at least, so that there is an end.
const LEAST: usize = 20;
const TOO_LARGE: &str = "ANSWER_TOO_LARGE";

#[derive(Debug, Deserialize)]
struct Listed {
    data: Legible<Comment>,
    #[serde(default, deserialize_with = "or_nothing")]
    paging: Paging,
}

#[derive(Debug, Deserialize)]
pub(super) struct Comment {
    pub(super) id: String,
    #[serde(default, deserialize_with = "or_nothing")]
    message: String,
    #[serde(default, deserialize_with = "or_nothing")]
    created_time: Option<String>,
    #[serde(default, deserialize_with = "or_nothing")]
    from: Option<Created>,
    /// The comment that this one answers.
    parent: Option<Created>,
}

/// What a message is looked for below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Top {
    /// What answers a comment there is listed too, and is another message.
    Post,
    Comment,
}

/// What a list of comments says of a message.
pub(super) enum Seen {
    /// It is this one; so many of the others are not the Page's.
    Ours(Comment, usize),
    Absent,
    Unclear(Cause),
}

/// Below the first post of the thread: comments on comments are folded away.
fn route(follows: &Follows) -> Result<String, Failure> {
    Ok(format!("{}/comments", post_route(&follows.root_id)?))
}

fn receipt(
    follows: &Follows,
    id: String,
    published_at: Option<DateTime<Utc>>,
    evidence: Evidence,
) -> Receipt {
    let number = id.rsplit('_').next().unwrap_or(&id);
    let url = format!("https://www.facebook.com/{}?comment_id={number}", follows.root_id);
    Receipt { remote_id: id, url: Some(url), published_at, evidence }
}

pub(super) async fn publish(page: &Page, message: &Message, follows: &Follows) -> Result<Receipt, Failure> {
    let route = route(follows)?;
    content::check_limits(message)?;
    message.in_time()?;
    let gone = || Failure::refused("FOLLOWED_GONE", "the post that this one continues is not there any more");
    let (id, at) = send(page, &route, message, gone).await?;
    Ok(receipt(follows, id, at, Evidence::Answer))
}

/// Puts the words there. Answers with the comment's id and time.
pub(super) async fn send(
    page: &Page,
    route: &str,
    message: &Message,
    gone: impl FnOnce() -> Failure,
) -> Result<(String, Option<DateTime<Utc>>), Failure> {
    let body = Body::Json(json!({ "message": words::of(message) }));
    let answer = match page.call(Method::POST, route, &[], body).await {
        Err(failure) => return Err(surely(page, failure, gone).await?),
        Ok(answer) => answer,
    };
    let created: Created = answer.json()?;
    if !is_post_id(&created.id) {
        let detail = "the platform answered without the comment's id";
        return Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status));
    }
    Ok((created.id, answer.date()))
}

/// The code for what is gone is also given to whom it is only hidden from: the Page's own token is told the truth.
pub(super) async fn surely(
    page: &Page,
    failure: Failure,
    gone: impl FnOnce() -> Failure,
) -> Result<Failure, Failure> {
    if failure.cause.code != failure::GONE {
        return Ok(failure);
    }
    prepare(page.limits(), page.check_own()).await?;
    Ok(failure.cause.http_status.into_iter().fold(gone(), Failure::with_status))
}

pub(super) async fn look_up(page: &Page, message: &Message, follows: &Follows) -> Result<LookUp, Failure> {
    Ok(match seek(page, message, &route(follows)?, Top::Post).await? {
        Seen::Ours(comment, _) => {
            let at = comment.created();
            LookUp::Found(receipt(follows, comment.id, at, Evidence::Timeline))
        }
        Seen::Absent => LookUp::Absent,
        Seen::Unclear(cause) => LookUp::CannotTell(cause),
    })
}

/// Looks for the message among the Page's comments in this list, since shortly before its first try.
pub(super) async fn seek(page: &Page, message: &Message, route: &str, top: Top) -> Result<Seen, Failure> {
    let Some(first_sent_at) = message.first_sent_at else {
        return Ok(Seen::Unclear(Cause::never_sent()));
    };
    let (comments, complete) = read_all(page, route).await?;
    let wanted = words::comparable(&words::of(message));
    let others =
        comments.iter().filter(|comment| !comment.from.as_ref().is_some_and(|from| page.is(&from.id)));
    let others = others.count();
    let ours = |comment: &Comment| {
        let by_us = comment.from.as_ref().is_none_or(|from| page.is(&from.id));
        let since = comment.created().is_none_or(|at| at >= first_sent_at - SKEW);
        by_us && since && words::comparable(&comment.message) == wanted
    };
    let same: Vec<Comment> = comments.into_iter().filter(ours).collect();
    let anywhere = !same.is_empty();
    let there = |comment: &Comment| top == Top::Comment || comment.parent.is_none();
    let mut same = same.into_iter().filter(there);
    Ok(match (same.next(), same.next()) {
        (Some(comment), None) if comment.created().is_some() && comment.from.is_some() => {
            Seen::Ours(comment, others)
        }
        (Some(_), Some(_)) => {
            Seen::Unclear(Cause::new("SEVERAL_FOUND", "the Page has several comments with these words there"))
        }
        (None, _) if complete && !anywhere => Seen::Absent,
        _ => Seen::Unclear(Cause::new(
            "TIMELINE_UNCLEAR",
            "the comments that stand there do not tell whether it is among them",
        )),
    })
}

impl Comment {
    pub(super) fn created(&self) -> Option<DateTime<Utc>> {
        read_time(self.created_time.as_deref()?)
    }
}

/// The comments, and whether those are all: one that cannot be read may be the one that is looked for. Where the platform
/// lists by time, the newest come first, so that none changes its place while they are read.
async fn read_all(page: &Page, route: &str) -> Result<(Vec<Comment>, bool), Failure> {
    let (mut comments, mut after, mut complete) = (Vec::<Comment>::new(), None::<String>, true);
    let (mut limit, mut read) = (LIMIT, 0);
    while read < MOST {
        let mut query = vec![
            ("fields", "id,message,created_time,from,parent{id}"),
            ("filter", "stream"),
            ("order", "reverse_chronological"),
            ("limit", limit),
        ];
        query.extend(after.as_deref().map(|after| ("after", after)));
        let listed: Listed = match page.call(Method::GET, route, &query, Body::None).await {
            Err(failure) if failure.cause.code == TOO_LARGE && limit != FEWER => {
                limit = FEWER;
                continue;
            }
            answer => answer?.json()?,
        };
        complete &= listed.data.odd == 0;
        read += listed.data.items.len().max(LEAST);
        for comment in listed.data.items {
            if comments.iter().all(|told| told.id != comment.id) {
                comments.push(comment);
            }
        }
        if !listed.paging.goes_on() {
            return Ok((comments, complete));
        }
        after = listed.paging.after();
        if after.is_none() {
            break;
        }
    }
    Ok((comments, false))
}
