//! How a status stands now, compared with the message that it was made from, and how often it was seen. It knows that a "not
//! found" is only believed of a server that knows us; it changes nothing.

use reqwest::Method;

use super::{
    answer, quote,
    server::{Body, Server},
    status_route, text,
    wire::{Account, Source, Status},
};
use crate::{
    html,
    http::failure::Failure,
    message::Message,
    reading::{Difference, Figures, Standing},
};

pub(super) async fn read_back(
    server: &Server,
    remote_id: &str,
    message: &Message,
) -> Result<Standing, Failure> {
    let Some(status) = find(server, remote_id).await? else {
        // A server that does not take the credential knows less than there is.
        Account::own(server).await?;
        return Ok(Standing::Gone);
    };
    if !is_public(&status)? {
        return Ok(Standing::Changed(Difference::NotPublic));
    }
    Ok(match difference(server, &status, message).await? {
        Some(difference) => Standing::Changed(difference),
        None => Standing::AsSent,
    })
}

/// The figures of those that are there.
pub(super) async fn metrics(server: &Server, remote_ids: &[String]) -> Result<Vec<Figures>, Failure> {
    let mut figures = Vec::with_capacity(remote_ids.len());
    for remote_id in remote_ids {
        let Some(status) = find(server, remote_id).await? else { continue };
        figures.push(Figures {
            remote_id: remote_id.clone(),
            impressions: None,
            likes: status.favourites_count,
            // Older servers do not count quotes apart.
            shares: status.reblogs_count.map(|passed_on| passed_on + status.quotes_count.unwrap_or(0)),
            replies: status.replies_count,
            clicks: None,
        });
    }
    Ok(figures)
}

/// The status, unless the server itself says that it has none.
pub(super) async fn find(server: &Server, remote_id: &str) -> Result<Option<Status>, Failure> {
    match server.call(Method::GET, &status_route(remote_id)?, &[], Body::None).await {
        Ok(answer) => answer.json().map(Some),
        Err(failure) if failure.cause.code == "GONE" => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Quietly public is public: the server may make any status of an account so.
fn is_public(status: &Status) -> Result<bool, Failure> {
    match status.visibility.as_deref() {
        Some(visibility) => Ok(matches!(visibility, "public" | "unlisted")),
        None => Err(Failure::refused("VISIBILITY_UNSTATED", "the server does not say who sees this status")),
    }
}

async fn difference(
    server: &Server,
    status: &Status,
    message: &Message,
) -> Result<Option<Difference>, Failure> {
    // We send no content warning: one that is there stands before the words.
    let warned = status.spoiler_text.as_deref().is_some_and(|warning| !warning.trim().is_empty());
    if warned || !same_words(server, status, message).await? {
        return Ok(Some(Difference::Words));
    }
    if quote::quotes_what(server, status, message.quotes.as_ref()) == Some(false) {
        return Ok(Some(Difference::Quote));
    }
    if status.media_attachments.len() != message.media.len() {
        return Ok(Some(Difference::Media));
    }
    let told = status.media_attachments.iter().map(|there| there.description.as_deref());
    let sent = message.media.iter().map(|part| part.alt_text.as_deref());
    let plain = |alt: Option<&str>| text::spaced_once(alt.unwrap_or_default());
    Ok((!told.map(plain).eq(sent.map(plain))).then_some(Difference::AltText))
}

/// The server's own copy of the words, where it keeps one: a rendering leaves out whom a mention means.
async fn same_words(server: &Server, status: &Status, message: &Message) -> Result<bool, Failure> {
    let sent = message.text_with_link();
    let route = format!("{}/source", status_route(&status.id)?);
    match server.call(Method::GET, &route, &[], Body::None).await {
        Ok(found) => {
            let there = text::spaced_once(&found.json::<Source>()?.text);
            Ok(answer::says(&there, &text::spaced_once(&sent), message))
        }
        Err(failure) if failure.cause.http_status == Some(404) => {
            let there = text::comparable(&html::plain(&status.content));
            Ok(answer::says(&there, &text::comparable(&sent), message))
        }
        Err(failure) => Err(failure),
    }
}
