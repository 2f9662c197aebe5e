//! Answering what the public said: a comment of ours below their comment or their post. It knows that comments nest one level
//! deep and carry no mark; it does not know how it was heard.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    api::{Api, Body},
    comment::{self, Kept, Search},
    timeline::opens,
    urn::{CommentUrn, PostUrn, comments_route},
};
use crate::{
    http::{
        failure::{Failure, Verdict},
        prepare,
    },
    message::Message,
    outcome::{Cause, LookUp, Receipt},
};

/// Where an answer stands.
struct Place {
    /// The post, or its activity.
    thread: String,
    /// The comment that it is below; none where it is below the post itself.
    parent: Option<CommentUrn>,
}

impl Place {
    fn route(&self) -> String {
        comments_route(&self.parent.as_ref().map_or_else(|| self.thread.clone(), CommentUrn::urn))
    }

    fn body(&self, api: &Api, message: &Message) -> Value {
        let (us, text) = (api.organization().urn(), message.text_with_link());
        match &self.parent {
            Some(parent) => json!({ "actor": us, "object": self.thread, "parentComment": parent.urn(),
                "message": { "text": text } }),
            None => json!({ "actor": us, "object": self.thread, "message": { "text": text } }),
        }
    }
}

/// An answer to an answer goes below the comment that both are below. Reading it tells that, and that it is there.
async fn place(api: &Api, said: &str) -> Result<Place, Failure> {
    let Some(comment) = CommentUrn::parse(said) else {
        return Ok(Place { thread: PostUrn::stored(said)?.as_str().to_owned(), parent: None });
    };
    let answer = api.call(Method::GET, &comment.route(), Body::None).await.map_err(gone)?;
    let there: Kept = answer.json()?;
    // What is told of something else would have the answer looked for where it is not.
    if !there.is(&comment) {
        let detail = "the platform's answer is of something else";
        return Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status));
    }
    let top = there.parent()?.unwrap_or(comment);
    Ok(Place { thread: top.post().to_owned(), parent: Some(top) })
}

fn gone(failure: Failure) -> Failure {
    if failure.cause.code != "GONE" {
        return failure;
    }
    failure.cause.http_status.into_iter().fold(Message::answered_gone(), Failure::with_status)
}

/// Nobody can answer where its author lets nobody comment: that is no word on the credential. Where it is one, the next post
/// tells.
fn denied(failure: Failure) -> Failure {
    if (failure.verdict, failure.cause.code.as_str()) != (Verdict::CredentialRejected, "FORBIDDEN") {
        return gone(failure);
    }
    let detail = "this page may not comment there, or the token lacks the scope for commenting";
    let refused = Failure::refused("ANSWER_DENIED", detail);
    failure.cause.http_status.into_iter().fold(refused, Failure::with_status)
}

pub(super) async fn publish(api: &Api, message: &Message, said: &str) -> Result<Receipt, Failure> {
    message.quotes_nothing()?;
    comment::check_limits(message)?;
    let ready = async {
        let place = place(api, said).await?;
        let search = match comment::search(api, &place.route(), message, opens(message)).await {
            // Whoever may comment below a member's post may not be one who is shown what others wrote there.
            Err(failure) if place.parent.is_none() && failure.cause.code == "FORBIDDEN" => Search::default(),
            found => found.map_err(gone)?,
        };
        Ok((place, search))
    };
    let (place, search) = prepare(api.limits(), ready).await?;
    match search.told() {
        LookUp::Found(receipt) => return Ok(receipt),
        LookUp::CannotTell(cause) if search.has_some() => {
            return Err(Failure::unknown(cause.code, cause.detail));
        }
        _ => {}
    }
    message.in_time()?;
    let body = place.body(api, message);
    let answer = api.call(Method::POST, &place.route(), Body::Json(&body)).await.map_err(denied)?;
    comment::receipt_of(&answer, &place.thread)
}

pub(super) async fn look_up(api: &Api, message: &Message, said: &str) -> Result<LookUp, Failure> {
    let Some(since) = opens(message) else { return Ok(LookUp::CannotTell(Cause::never_sent())) };
    let asked = async {
        let place = place(api, said).await?;
        let found = comment::search(api, &place.route(), message, Some(since)).await.map_err(gone)?;
        Ok(found.told())
    };
    Message::below_gone(asked.await)
}
