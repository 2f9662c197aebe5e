//! Answering a comment below a film: a comment of the channel's own in the same thread. It knows that a comment has no marker,
//! and that YouTube may hold one back; it does not know films.

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    api::{self, Api},
    channel,
    comment::{COMMENTS, Comment, Name, THREADS, list, only, page, read, receipt},
    failure, film, timeline,
};
use crate::{
    http::{
        failure::{Failure, Verdict},
        prepare,
    },
    message::Message,
    outcome::{Cause, Evidence, LISTED, LookUp, Receipt},
    reading::{Difference, Standing},
};

/// In characters. Google documents that there is a limit, and not which.
const LONGEST: usize = 10_000;
const PAGES: usize = 10;

#[derive(Deserialize)]
struct Thread {
    id: String,
    snippet: ThreadSnippet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ThreadSnippet {
    video_id: Option<String>,
}

/// The words, when the message is one that YouTube takes as an answer.
fn words(message: &Message) -> Result<String, Failure> {
    if !message.media.is_empty() {
        return Err(Failure::refused("MEDIA_REFUSED", "an answer below a comment has words and no film"));
    }
    let words = message.text_with_link();
    if words.chars().count() > LONGEST {
        let detail = "the answer is longer than the 10,000 characters that the platform takes";
        return Err(Failure::refused("TEXT_TOO_LONG", detail));
    }
    Ok(words)
}

fn body(answered: Name<'_>, words: &str) -> Value {
    json!({ "snippet": { "parentId": answered.thread(), "textOriginal": words } })
}

fn change(id: &str, words: &str) -> Value {
    json!({ "id": id, "snippet": { "textOriginal": words } })
}

/// Below what, and as whom.
struct Below<'a> {
    thread: &'a str,
    film: Option<String>,
    me: String,
}

impl<'a> Below<'a> {
    async fn read(api: &Api, answered: Name<'a>) -> Result<Self, Failure> {
        let thread = answered.thread();
        let threads = list::<Thread>(api, THREADS, &[("part", "snippet"), ("id", thread)]).await;
        let there = only(threads.map_err(gone)?, |there| there.id == thread)?;
        let film = there.ok_or_else(Message::answered_gone)?.snippet.video_id;
        let me = channel::mine(api, "id").await?.id;
        Ok(Self { thread, film: film.filter(|film| film::is_id(film)), me })
    }

    /// The channel's answers in these words since then. That there is none proves nothing: YouTube is not
    /// known to list a comment that it holds back.
    async fn find(&self, api: &Api, words: &str, since: DateTime<Utc>) -> Result<Option<LookUp>, Failure> {
        let mut ours: Vec<Comment> = Vec::new();
        let mut token = None::<String>;
        let query = [("part", "snippet"), ("parentId", self.thread), ("textFormat", "plainText")];
        for _ in 0..PAGES {
            let page = page::<Comment>(api, COMMENTS, &query, token.as_deref()).await.map_err(gone)?;
            for comment in page.items.items {
                // YouTube has been seen to give the same page twice.
                let told = ours.iter().any(|there| there.id == comment.id);
                if !told && comment.is_since(since) && comment.is_by(&self.me) && comment.says(words) {
                    ours.push(comment);
                }
            }
            token = page.next_page_token;
            if token.is_none() {
                break;
            }
        }
        Ok(match ours.as_slice() {
            [] => None,
            [one] => Some(self.found(one)),
            _ => {
                let detail = "the channel has said this several times below the comment";
                Some(LookUp::CannotTell(Cause::new("SEVERAL_FOUND", detail)))
            }
        })
    }

    fn found(&self, comment: &Comment) -> LookUp {
        match comment.hidden() {
            Some(cause) => LookUp::CannotTell(cause),
            None => LookUp::Found(comment.receipt(self.film.as_deref(), Evidence::Timeline)),
        }
    }
}

pub(super) async fn publish(api: &Api, message: &Message, said: &str) -> Result<Receipt, Failure> {
    let (answered, words) = (Name::read(said)?, words(message)?);
    let ready = async {
        let below = Below::read(api, answered).await?;
        let found = match timeline::opens(message) {
            Some(since) => below.find(api, &words, since).await?,
            None => None,
        };
        Ok((below, found))
    };
    let below = match prepare(api.limits(), ready).await? {
        (_, Some(LookUp::Found(receipt))) => return Ok(receipt),
        (_, Some(LookUp::CannotTell(cause))) => return Err(Failure::unknown(cause.code, cause.detail)),
        (below, _) => below,
    };
    message.in_time()?;
    let body = body(answered, &words);
    let sent = api.call(Method::POST, COMMENTS.0, &[("part", "snippet")], Some(&body)).await;
    let answer = sent.map_err(refused)?;
    let made: Comment = answer.json()?;
    if Name::read(&made.id).is_err() {
        let detail = "the platform's answer does not name the comment";
        return Err(Failure::unknown("ANSWER_WITHOUT_ID", detail).with_status(answer.status));
    }
    match made.hidden() {
        Some(cause) => Err(Failure::unknown(cause.code, cause.detail).with_status(answer.status)),
        None => Ok(made.receipt(below.film.as_deref(), Evidence::Answer)),
    }
}

/// That there is no such comment is said of what is to be answered.
fn gone(failure: Failure) -> Failure {
    match (failure.verdict, failure.cause.code.as_str()) {
        (Verdict::Refused, failure::GONE) => instead(&failure, Message::answered_gone()),
        _ => failure,
    }
}

/// What YouTube says to an answer, in the words for answers. The token has just read what is answered, with the one right that
/// both need: that it may not answer is said of this comment, and does not stop the channel.
fn refused(failure: Failure) -> Failure {
    match (failure.verdict, failure.cause.code.as_str()) {
        (Verdict::CredentialRejected, "FORBIDDEN") | (Verdict::Refused, failure::NOT_SUPPORTED) => {
            let detail = "YouTube does not let the channel answer this comment, and does not say why: answer on YouTube";
            instead(&failure, Failure::refused("ANSWER_REFUSED", detail))
        }
        _ => gone(failure),
    }
}

fn instead(told: &Failure, said: Failure) -> Failure {
    told.cause.http_status.into_iter().fold(said, Failure::with_status)
}

pub(super) async fn look_up(api: &Api, message: &Message, said: &str) -> Result<LookUp, Failure> {
    let (answered, words) = (Name::read(said)?, words(message)?);
    let (Some(since), Some(over_at)) = (timeline::opens(message), message.last_over_at(api.limits())) else {
        return Ok(LookUp::CannotTell(Cause::never_sent()));
    };
    let asked = async { Below::read(api, answered).await?.find(api, &words, since).await };
    Message::below_gone(asked.await.map(|found| {
        let told = found.unwrap_or(LookUp::Absent).once_listed(Some(over_at), LISTED, api.now());
        if told == LookUp::Absent { may_be_held() } else { told }
    }))
}

/// A comment that YouTube holds back for review is there, may be listed nowhere, and may be shown later: sending the answer
/// again could give it twice.
fn may_be_held() -> LookUp {
    let detail = "YouTube lists no such answer below the comment, but may be holding one back for review: look at the comment, and at the channel's comments in YouTube Studio";
    LookUp::CannotTell(Cause::new("MAY_BE_HELD", detail))
}

pub(super) async fn read_back(api: &Api, name: Name<'_>, message: &Message) -> Result<Standing, Failure> {
    let words = words(message)?;
    Ok(match read(api, name).await? {
        // Taken away or held back: asked by its id, YouTube says of no comment how it was moderated. Nobody sees it.
        None => Standing::Gone,
        Some(comment) if comment.says(&words) => Standing::AsSent,
        Some(_) => Standing::Changed(Difference::Words),
    })
}

/// Other words in the place of those that are there.
pub(super) async fn update(api: &Api, name: Name<'_>, message: &Message) -> Result<Receipt, Failure> {
    let body = change(name.0, &words(message)?);
    let answer = api.call(Method::PUT, COMMENTS.0, &[("part", "snippet")], Some(&body)).await?;
    let changed: Comment = answer.json()?;
    if changed.id != name.0 {
        let detail = "the platform's answer is of another comment";
        return Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status));
    }
    Ok(changed.receipt(None, Evidence::Answer))
}

pub(super) async fn delete(api: &Api, name: Name<'_>) -> Result<Receipt, Failure> {
    match api.call(Method::DELETE, COMMENTS.0, &[("id", name.0)], None).await {
        Ok(answer) => api::done(&answer)?,
        Err(failure) if failure.cause.code == failure::GONE => {}
        Err(failure) => return Err(failure),
    }
    Ok(receipt(name.0, Evidence::Answer))
}

#[cfg(test)]
mod tests;
