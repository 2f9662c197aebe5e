//! What follows a post stands below it as the Page's own comment: how one is made, and how it is looked for. It knows that the
//! platform may list comments by rank, so only a list that was read to its end proves anything.

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
    message::{Follows, Message},
    outcome::{Cause, Evidence, LookUp, Receipt},
};

const LIMIT: &str = "100";
const PAGES: usize = 5;

#[derive(Debug, Deserialize)]
struct Listed {
    data: Vec<Comment>,
    #[serde(default)]
    paging: Paging,
}

#[derive(Debug, Deserialize)]
struct Comment {
    id: String,
    #[serde(default)]
    message: String,
    created_time: Option<String>,
    from: Option<Created>,
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
    let body = Body::Json(json!({ "message": words::of(message) }));
    let answer = match page.call(Method::POST, &route, &[], body).await {
        Err(refused) if refused.cause.code == failure::GONE => {
            // The same code is given to whom the post is only hidden from: the Page itself sees its own.
            prepare(page.limits(), page.check_own()).await?;
            let detail = "the post that this one continues is not there any more";
            return Err(refused
                .cause
                .http_status
                .into_iter()
                .fold(Failure::refused("FOLLOWED_GONE", detail), Failure::with_status));
        }
        answered => answered?,
    };
    let created: Created = answer.json()?;
    if !is_post_id(&created.id) {
        let detail = "the platform answered without the comment's id";
        return Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status));
    }
    Ok(receipt(follows, created.id, answer.date(), Evidence::Answer))
}

pub(super) async fn look_up(page: &Page, message: &Message, follows: &Follows) -> Result<LookUp, Failure> {
    let Some(first_sent_at) = message.first_sent_at else {
        let detail = "when the first attempt began is not known";
        return Ok(LookUp::CannotTell(Cause::new("NO_FIRST_ATTEMPT", detail)));
    };
    let (comments, complete) = read_all(page, &route(follows)?).await?;
    let wanted = words::comparable(&words::of(message));
    let ours = |comment: &&Comment| {
        let by_us = comment.from.as_ref().is_none_or(|from| page.is(&from.id));
        let since = comment.created().is_none_or(|at| at >= first_sent_at - SKEW);
        by_us && since && words::comparable(&comment.message) == wanted
    };
    let same: Vec<&Comment> = comments.iter().filter(ours).collect();
    let unclear = "the comments below the post do not tell whether it is among them";
    Ok(match same.as_slice() {
        [comment] if comment.created().is_some() && comment.from.is_some() => {
            LookUp::Found(receipt(follows, comment.id.clone(), comment.created(), Evidence::Timeline))
        }
        [_, _, ..] => LookUp::CannotTell(Cause::new(
            "SEVERAL_FOUND",
            "the Page has several comments with these words below the post",
        )),
        [] if complete => LookUp::Absent,
        _ => LookUp::CannotTell(Cause::new("TIMELINE_UNCLEAR", unclear)),
    })
}

impl Comment {
    fn created(&self) -> Option<DateTime<Utc>> {
        read_time(self.created_time.as_deref()?)
    }
}

/// The comments, and whether those are all.
async fn read_all(page: &Page, route: &str) -> Result<(Vec<Comment>, bool), Failure> {
    let (mut comments, mut after) = (Vec::new(), None::<String>);
    for _ in 0..PAGES {
        let mut query =
            vec![("fields", "id,message,created_time,from"), ("filter", "stream"), ("limit", LIMIT)];
        query.extend(after.as_deref().map(|after| ("after", after)));
        let listed: Listed = page.call(Method::GET, route, &query, Body::None).await?.json()?;
        comments.extend(listed.data);
        if listed.paging.next.is_none() {
            return Ok((comments, true));
        }
        after = listed.paging.cursors.after;
        if after.is_none() {
            break;
        }
    }
    Ok((comments, false))
}
