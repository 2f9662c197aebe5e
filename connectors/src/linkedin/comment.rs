//! The organisation's own comments: what follows a post stands below it as one, and so does an answer. How one is made, read,
//! and looked for. It knows that a comment's words are plain, unlike a post's; it does not read what others say.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    api::{Api, Body},
    little,
    timeline::opens,
    urn::{CommentUrn, PostUrn, comments_route, encoded},
};
use crate::{
    http::{answer::Answer, failure::Failure, prepare},
    legible::Legible,
    message::{Follows, Message},
    outcome::{Cause, Evidence, LookUp, Receipt},
};

/// Characters of a comment. Commonly told; LinkedIn documents none.
const MOST_CHARACTERS: usize = 1250;
const PAGE: usize = 100;
const PAGES: usize = 6;
/// Comments that each page has in common with the one before it: so many may be taken back between the two.
const OVERLAP: usize = 10;

/// A comment that is there.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kept {
    comment_urn: Option<String>,
    object: Option<String>,
    id: Option<String>,
    actor: Option<String>,
    parent_comment: Option<String>,
    #[serde(default)]
    message: Words,
    created: Option<Stamp>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Words {
    text: String,
}

#[derive(Debug, Deserialize)]
struct Stamp {
    time: i64,
}

#[derive(Deserialize)]
struct Page {
    elements: Legible<Kept>,
}

impl Kept {
    fn urn(&self) -> Option<CommentUrn> {
        let told = self.comment_urn.as_deref().and_then(CommentUrn::parse);
        told.or_else(|| CommentUrn::below(self.object.as_deref()?, self.id.as_deref()?))
    }

    /// Whether it is this one, by its number: its post may be named in several ways.
    pub(super) fn is(&self, comment: &CommentUrn) -> bool {
        self.urn().is_some_and(|urn| urn.number() == comment.number())
    }

    fn created_at(&self) -> Option<DateTime<Utc>> {
        self.created.as_ref().and_then(|created| DateTime::from_timestamp_millis(created.time))
    }

    /// The comment that it is below; none where it is below the post itself.
    pub(super) fn parent(&self) -> Result<Option<CommentUrn>, Failure> {
        let Some(told) = &self.parent_comment else { return Ok(None) };
        let unreadable = || Failure::unknown("GARBAGE_ANSWER", "the platform's answer cannot be read");
        CommentUrn::told(told).ok_or_else(unreadable).map(Some)
    }

    pub(super) fn has_words_of(&self, message: &Message) -> bool {
        little::comparable(&self.message.text) == little::comparable(&message.text_with_link())
    }
}

/// Everything that the platform would refuse. A comment has no card, so the link is among its words.
pub(super) fn check_limits(message: &Message) -> Result<(), Failure> {
    if !message.media.is_empty() {
        return Err(Failure::refused(
            "MEDIA_IN_COMMENT",
            "what follows a post or answers is a comment, and has only words",
        ));
    }
    if message.text_with_link().chars().count() > MOST_CHARACTERS {
        return Err(Failure::refused(
            "TEXT_TOO_LONG",
            "the text is longer than the platform takes in a comment",
        ));
    }
    Ok(())
}

pub(super) async fn publish(api: &Api, message: &Message, follows: &Follows) -> Result<Receipt, Failure> {
    // Below the first post of the thread: comments on comments are folded away.
    let post = PostUrn::stored(&follows.root_id)?;
    check_limits(message)?;
    prepare(api.limits(), check_there(api, &post)).await?;
    message.in_time()?;
    let body = json!({
        "actor": api.organization().urn(), "object": post.as_str(), "message": { "text": message.text_with_link() },
    });
    let made = api.call(Method::POST, &comments_route(post.as_str()), Body::Json(&body)).await;
    let answer = made.map_err(|failure| if failure.cause.code == "GONE" { gone() } else { failure })?;
    receipt_of(&answer, post.as_str())
}

/// What the platform says of a comment on nothing is not known: so it is asked before.
async fn check_there(api: &Api, post: &PostUrn) -> Result<(), Failure> {
    match api.call(Method::GET, &post.route(), Body::None).await {
        Ok(_) => Ok(()),
        Err(failure) if failure.cause.code == "GONE" => Err(gone()),
        Err(failure) => Err(failure),
    }
}

fn gone() -> Failure {
    Failure::refused("FOLLOWED_GONE", "the post that this one continues is not there any more")
        .with_status(404)
}

/// The answer holds the comment; where it does not say its name, a header has its number.
pub(super) fn receipt_of(answer: &Answer, post: &str) -> Result<Receipt, Failure> {
    let made: Option<Kept> = serde_json::from_slice(&answer.body).ok();
    let by_header = || CommentUrn::below(post, answer.header("x-restli-id")?);
    match made.as_ref().and_then(Kept::urn).or_else(by_header) {
        Some(urn) => {
            let at = made.and_then(|made| made.created_at()).or_else(|| answer.date());
            Ok(receipt(&urn, at, Evidence::Answer))
        }
        None => Err(Failure::unknown("ANSWER_WITHOUT_ID", "the platform's answer does not name the comment")
            .with_status(answer.status)),
    }
}

pub(super) fn receipt(urn: &CommentUrn, published_at: Option<DateTime<Utc>>, evidence: Evidence) -> Receipt {
    Receipt { remote_id: urn.urn(), url: Some(urn.page()), published_at, evidence }
}

/// Changes and deletions are made as somebody.
pub(super) fn route_as_us(api: &Api, urn: &CommentUrn) -> String {
    format!("{}?actor={}", urn.route(), encoded(&api.organization().urn()))
}

pub(super) fn patch(message: &Message) -> Value {
    json!({ "patch": { "message": { "$set": { "text": message.text_with_link() } } } })
}

pub(super) async fn look_up(api: &Api, message: &Message, follows: &Follows) -> Result<LookUp, Failure> {
    let Some(since) = opens(message) else { return Ok(LookUp::CannotTell(Cause::never_sent())) };
    let post = PostUrn::stored(&follows.root_id)?;
    Ok(search(api, &comments_route(post.as_str()), message, Some(since)).await?.told())
}

/// The comments with a message's words that may be the organisation's, and whether all there are were read.
#[derive(Default)]
pub(super) struct Search {
    same: Vec<Kept>,
    complete: bool,
}

impl Search {
    pub(super) fn has_some(&self) -> bool {
        !self.same.is_empty()
    }

    pub(super) fn told(&self) -> LookUp {
        let unclear = "the comments there do not tell whether it is among them";
        let unclear = || LookUp::CannotTell(Cause::new("TIMELINE_UNCLEAR", unclear));
        match self.same.as_slice() {
            [comment] if comment.actor.is_some() && comment.created_at().is_some() => match comment.urn() {
                Some(urn) => LookUp::Found(receipt(&urn, comment.created_at(), Evidence::Timeline)),
                None => unclear(),
            },
            [_, _, ..] => LookUp::CannotTell(Cause::new(
                "SEVERAL_FOUND",
                "the organisation has several comments with these words there",
            )),
            [] if self.complete => LookUp::Absent,
            _ => unclear(),
        }
    }
}

/// Looks through the comments at a route, made since then.
pub(super) async fn search(
    api: &Api,
    route: &str,
    message: &Message,
    since: Option<DateTime<Utc>>,
) -> Result<Search, Failure> {
    let us = api.organization().urn();
    let may_be_it = |comment: &Kept| {
        let by_us = comment.actor.as_ref().is_none_or(|actor| *actor == us);
        let lately = comment.created_at().zip(since).is_none_or(|(at, since)| at >= since);
        by_us && lately && comment.has_words_of(message)
    };
    let (comments, complete) = read_all(api, route).await?;
    Ok(Search { same: comments.into_iter().filter(may_be_it).collect(), complete })
}

/// The comments there, and whether those are all: in which order they come is not documented, and one that cannot be read may
/// be the one that is looked for. Places are counted, so that whatever is taken back meanwhile moves all that comes after it:
/// only pages that have something in common leave nothing out between them, and after a full one there is such a page.
async fn read_all(api: &Api, route: &str) -> Result<(Vec<Kept>, bool), Failure> {
    let (mut comments, mut names, mut complete) = (Vec::new(), BTreeSet::new(), true);
    let (mut start, mut goes_on) = (0, false);
    for _ in 0..PAGES {
        let route = format!("{route}?start={start}&count={PAGE}");
        let Legible { items, odd } =
            api.call(Method::GET, &route, Body::None).await?.json::<Page>()?.elements;
        // A page may be short for other reasons than being the last one: only an empty one is the end.
        if items.is_empty() && odd == 0 {
            return Ok((comments, complete && !goes_on));
        }
        let (is_first, told) = (start == 0, items.len() + odd);
        let mut has_common = false;
        for comment in items {
            if comment.urn().is_none_or(|urn| names.insert(urn.urn())) {
                comments.push(comment);
            } else {
                has_common = true;
            }
        }
        complete &= odd == 0 && (is_first || has_common);
        goes_on = told >= PAGE;
        start += if goes_on { PAGE - OVERLAP } else { told };
    }
    Ok((comments, false))
}
