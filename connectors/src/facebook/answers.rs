//! Answering what the public said: a comment of the Page below theirs. It knows that the platform folds answers to answers, so
//! that one thread may hold what was said to several; it does not know how a post is made.

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::Deserialize;

use super::{
    audience::MENTION,
    comments::{self, Seen, Top},
    content,
    failure::PERMISSION_MISSING,
    node::{Body, Page},
    post_route,
    walk::Parent,
};
use crate::{
    http::{answer::Answer, failure::Failure, prepare},
    message::Message,
    outcome::{Cause, Evidence, LookUp, Receipt},
};

/// What is answered, as the platform shows it.
#[derive(Debug, Deserialize)]
struct Answered {
    id: String,
    is_hidden: Option<bool>,
    parent: Option<Parent>,
}

impl Answered {
    /// What is told of something else would have the answer looked for where it is not.
    fn read(answer: &Answer, id: &str) -> Result<Self, Failure> {
        let told: Self = answer.json()?;
        // The platform may name a comment with another post's number, and it is the same.
        let own = |id: &str| id.rsplit('_').next().map(str::to_owned);
        if own(&told.id) == own(id) {
            return Ok(told);
        }
        let detail = "the platform's answer is of something else";
        Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status))
    }
}

/// Below what an answer stands.
struct Below {
    /// The comment that the thread begins with, or the post that names the Page.
    top: String,
    kind: Top,
    /// Whether the thread begins with words of the Page's own: then nobody waits for an answer to those.
    ours: bool,
    hidden: bool,
}

impl Below {
    fn route(&self) -> Result<String, Failure> {
        Ok(format!("{}/comments", post_route(&self.top)?))
    }

    fn receipt(&self, page: &Page, id: String, at: Option<DateTime<Utc>>, by: Evidence) -> Receipt {
        let number = id.rsplit('_').next().unwrap_or(&id);
        let place = match (self.kind, self.top.split_once('_')) {
            // A comment's id begins with its post's number.
            (Top::Comment, Some((post, top))) => {
                format!("{}_{post}?comment_id={top}&reply_comment_id={number}", page.route(""))
            }
            _ => format!("/{}?comment_id={number}", self.top),
        };
        let url = Some(format!("https://www.facebook.com{place}"));
        Receipt { remote_id: id, url, published_at: at, evidence: by }
    }
}

/// What is answered is asked for first: the platform alone knows whether it is there, and what it stands below.
async fn below(page: &Page, said: &str) -> Result<Below, Failure> {
    let (id, kind, fields) = match said.strip_prefix(MENTION) {
        Some(id) => (id, Top::Post, "id"),
        None => (said, Top::Comment, "id,is_hidden,parent{id,from}"),
    };
    let asked = page.call(Method::GET, &post_route(id)?, &[("fields", fields)], Body::None).await;
    let answered = match asked {
        Ok(answer) => Answered::read(&answer, id)?,
        Err(failure) => {
            let failure = comments::surely(page, failure, Message::answered_gone).await?;
            return Err(not_allowed(kind, failure));
        }
    };
    let hidden = answered.is_hidden == Some(true);
    Ok(match answered.parent {
        Some(Parent { id: top, from }) => {
            Below { top, kind, ours: from.is_some_and(|from| page.is(&from.id)), hidden }
        }
        None => Below { top: id.to_owned(), kind, ours: false, hidden },
    })
}

/// What stands elsewhere than on the Page, its author may keep from it: that says nothing of the credential.
fn not_allowed(kind: Top, failure: Failure) -> Failure {
    if kind != Top::Post || failure.cause.code != PERMISSION_MISSING {
        return failure;
    }
    let detail = "the platform does not let the Page answer this post of somebody else: answer on Facebook, or not at all";
    let refused = Failure::refused("ANSWER_REFUSED", detail);
    failure.cause.http_status.into_iter().fold(refused, Failure::with_status)
}

pub(super) async fn publish(
    page: &Page,
    message: &Message,
    said: &str,
    first_try: bool,
) -> Result<Receipt, Failure> {
    content::check_limits(message)?;
    let ready = async {
        let below = below(page, said).await?;
        if below.hidden {
            let detail =
                "what it answers is hidden, and nobody would see the answer: show that on Facebook first";
            return Err(Failure::refused("ANSWERED_NOT_PUBLIC", detail));
        }
        Ok((find(page, message, &below).await?, below))
    };
    let below = match prepare(page.limits(), ready).await? {
        (LookUp::Found(receipt), _) => return Ok(receipt),
        // What a first try finds is of others.
        (LookUp::CannotTell(cause), _) if !first_try => {
            return Err(Failure::unknown(cause.code, cause.detail));
        }
        (_, below) => below,
    };
    message.in_time()?;
    let sent = comments::send(page, &below.route()?, message, Message::answered_gone).await;
    let (id, at) = sent.map_err(|failure| not_allowed(below.kind, failure))?;
    Ok(below.receipt(page, id, at, Evidence::Answer))
}

pub(super) async fn look_up(page: &Page, message: &Message, said: &str) -> Result<LookUp, Failure> {
    Message::below_gone(match below(page, said).await {
        Ok(below) => find(page, message, &below).await,
        Err(failure) => Err(failure),
    })
}

async fn find(page: &Page, message: &Message, below: &Below) -> Result<LookUp, Failure> {
    Ok(match comments::seek(page, message, &below.route()?, below.kind).await? {
        Seen::Ours(_, others) if below.kind == Top::Comment && others + usize::from(!below.ours) > 1 => {
            let detail =
                "these words are in the thread already, and nothing tells whom of several they answer";
            LookUp::CannotTell(Cause::new("SEVERAL_ANSWERED", detail))
        }
        Seen::Ours(comment, _) => {
            let at = comment.created();
            LookUp::Found(below.receipt(page, comment.id, at, Evidence::Timeline))
        }
        Seen::Absent => LookUp::Absent,
        Seen::Unclear(cause) => LookUp::CannotTell(cause),
    })
}
