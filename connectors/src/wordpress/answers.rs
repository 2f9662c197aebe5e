//! Answering what a reader wrote below a post: a comment of ours below theirs. It knows that a comment has no marker, and that a
//! site may hold one back; it does not know posts.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    site::{Body, Site},
    standing::same_words,
    wire::{Comment, User},
};
use crate::{
    http::{failure::Failure, prepare},
    message::Message,
    outcome::{Cause, Evidence, LookUp, Receipt},
    reading::{Difference, Standing},
};

const ROUTE: &str = "/wp/v2/comments";
/// What sets the name of a comment apart from that of a post.
const COMMENT: &str = "comment:";
/// Our clock and the site's may differ by this.
const SKEW: TimeDelta = TimeDelta::seconds(60);
/// Where a comment of ours may be; the site asks for each.
const PLACES: [&str; 3] = ["all", "trash", "spam"];

/// Where a comment of ours is, if this is the name of one.
pub(super) fn route(remote_id: &str) -> Option<Result<String, Failure>> {
    Some(named(remote_id.strip_prefix(COMMENT)?).map(|id| format!("{ROUTE}/{id}")))
}

/// Ids come back from storage; only a number may become part of an address.
fn named(id: &str) -> Result<u64, Failure> {
    id.parse().map_err(|_other| Failure::refused("REMOTE_ID_INVALID", "this is not the id of a comment"))
}

/// Below what, and as whom.
struct Below {
    comment: Comment,
    me: u64,
}

async fn below(site: &Site, said: &str) -> Result<Below, Failure> {
    let me = User::own(site).await?.id;
    let route = format!("{ROUTE}/{}", named(said)?);
    let comment: Comment = match site.call(Method::GET, &route, &[("context", "edit")], Body::None).await {
        Ok(answer) => answer.json()?,
        Err(failure) if failure.cause.code == "GONE" => {
            return Err(failure
                .cause
                .http_status
                .into_iter()
                .fold(Message::answered_gone(), Failure::with_status));
        }
        Err(failure) => return Err(failure),
    };
    match comment.status.as_str() {
        "approved" => Ok(Below { comment, me }),
        "hold" => {
            let detail = "what it answers waits for moderation, and nobody would see the answer: approve that on the site first";
            Err(Failure::refused("ANSWERED_NOT_PUBLIC", detail))
        }
        _ => Err(Message::answered_gone()),
    }
}

/// The words as the site stores them; it makes paragraphs and links of them when it shows them.
fn content(message: &Message) -> String {
    message.text_with_link().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub(super) async fn publish(site: &Site, message: &Message, said: &str) -> Result<Receipt, Failure> {
    let ready = async {
        if !message.media.is_empty() {
            return Err(Failure::refused("MEDIA_REFUSED", "an answer below a post has words and no media"));
        }
        let below = below(site, said).await?;
        Ok((find(site, message, &below).await?, below.comment))
    };
    let answered = match prepare(site.limits(), ready).await? {
        (LookUp::Found(receipt), _) => return Ok(receipt),
        (LookUp::CannotTell(cause), _) => return Err(Failure::unknown(cause.code, cause.detail)),
        (_, answered) => answered,
    };
    message.in_time()?;
    let fields = json!({ "post": answered.post, "parent": answered.id, "content": content(message) });
    let answer = site.call(Method::POST, ROUTE, &[], Body::Json(fields)).await?;
    let made: Comment = answer.json()?;
    match made.state() {
        Ok(()) => Ok(receipt(&made, Evidence::Answer)),
        Err(cause) => Err(Failure::unknown(cause.code, cause.detail).with_status(answer.status)),
    }
}

pub(super) async fn look_up(site: &Site, message: &Message, said: &str) -> Result<LookUp, Failure> {
    Message::below_gone(match below(site, said).await {
        Ok(below) => find(site, message, &below).await,
        Err(failure) => Err(failure),
    })
}

/// The comment of ours with these words below what it answers. The site refuses the same words twice, so it is that.
async fn find(site: &Site, message: &Message, below: &Below) -> Result<LookUp, Failure> {
    let (parent, me) = (below.comment.id.to_string(), below.me.to_string());
    let since = message.first_sent_at.map(|began| began - SKEW);
    let mut others = false;
    for place in PLACES {
        let query = [
            ("context", "edit"),
            ("status", place),
            ("parent", parent.as_str()),
            ("author", me.as_str()),
            ("per_page", "100"),
        ];
        let found: Vec<Comment> = site.call(Method::GET, ROUTE, &query, Body::None).await?.json()?;
        let ours = found.iter().filter(|comment| comment.parent == below.comment.id);
        for comment in ours {
            if same_words(&comment.content.raw, &content(message)) {
                return Ok(match comment.state() {
                    Ok(()) => LookUp::Found(receipt(comment, Evidence::Timeline)),
                    Err(cause) => LookUp::CannotTell(cause),
                });
            }
            others |= since.is_none_or(|since| comment.said_at().is_none_or(|at| at >= since));
        }
    }
    if others {
        let detail = "the account has answered this since the first attempt, in other words: they may be of it, or by hand";
        return Ok(LookUp::CannotTell(Cause::new("OTHER_CONTENT", detail)));
    }
    Ok(LookUp::Absent)
}

/// Other words in the place of those that are there.
pub(super) async fn update(site: &Site, route: &str, message: &Message) -> Result<Receipt, Failure> {
    let fields: Value = json!({ "content": content(message) });
    let made: Comment = site.call(Method::POST, route, &[], Body::Json(fields)).await?.json()?;
    Ok(receipt(&made, Evidence::Answer))
}

pub(super) async fn read_back(site: &Site, route: &str, message: &Message) -> Result<Standing, Failure> {
    let comment: Comment = match site.call(Method::GET, route, &[("context", "edit")], Body::None).await {
        Ok(answer) => answer.json()?,
        Err(failure) if failure.cause.code == "GONE" => {
            User::own(site).await?;
            return Ok(Standing::Gone);
        }
        Err(failure) => return Err(failure),
    };
    Ok(match comment.status.as_str() {
        "approved" if same_words(&comment.content.raw, &content(message)) => Standing::AsSent,
        "approved" => Standing::Changed(Difference::Words),
        "hold" => Standing::Changed(Difference::NotPublic),
        _ => Standing::Gone,
    })
}

fn receipt(comment: &Comment, evidence: Evidence) -> Receipt {
    Receipt {
        remote_id: format!("{COMMENT}{}", comment.id),
        url: comment.link.clone(),
        published_at: comment.said_at(),
        evidence,
    }
}

impl Comment {
    /// Whether everybody sees it.
    fn state(&self) -> Result<(), Cause> {
        match self.status.as_str() {
            "approved" => Ok(()),
            "hold" => Err(Cause::new(
                "NOT_PUBLIC_ON_PLATFORM",
                "the site holds the answer back until somebody approves it there",
            )),
            _ => Err(Cause::new(
                "TRASHED_ON_PLATFORM",
                "the site has this answer in its bin, or takes it for spam",
            )),
        }
    }
}
