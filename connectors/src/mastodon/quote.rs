//! Showing a status of somebody else below words of one's own. It knows that only servers since Mastodon 4.5 take that, that
//! the others would leave it out without a word, and that authors say who may quote them; it does not know what is said.

use url::Url;

use super::{
    boost,
    server::Server,
    status_route,
    wire::{Instance, QuoteApproval, Status},
};
use crate::{
    http::failure::{Failure, Verdict},
    message::Message,
};

/// The id, on our server, of the status that is to be quoted.
pub(super) async fn find(
    server: &Server,
    instance: &Instance,
    message: &Message,
) -> Result<Option<String>, Failure> {
    let Some(url) = &message.quotes else { return Ok(None) };
    if !instance.quotes() {
        let detail = "this server takes no quotes (Mastodon does since 4.5): give the address as the link";
        return Err(Failure::refused("QUOTES_NOT_OFFERED", detail));
    }
    if !message.media.is_empty() {
        let detail = "the platform shows media or a quote, not both: leave one of them out";
        return Err(Failure::refused("QUOTE_WITH_MEDIA", detail));
    }
    let status = boost::find(server, url).await?;
    if status.quote_approval.as_ref().is_some_and(QuoteApproval::denies_us) {
        return Err(denied());
    }
    status_route(&status.id)?;
    Ok(Some(status.id))
}

fn denied() -> Failure {
    let detail =
        "the author of this status lets nobody, or not this account, quote it: write a draft without it";
    Failure::refused("QUOTE_DENIED", detail)
}

/// What a refusal to publish says of the quote. The server has just shown us the status, and it answers as if that were not
/// there where it may not be quoted.
pub(super) fn refused(message: &Message, failure: Failure) -> Failure {
    let code = failure.cause.code.as_str();
    let status = failure.cause.http_status;
    let of_quote = code == "GONE" || (status == Some(403) && failure.verdict == Verdict::CredentialRejected);
    if message.quotes.is_none() || !of_quote {
        return failure;
    }
    status.into_iter().fold(denied(), Failure::with_status)
}

/// Whether a status of the account quotes what the message does; none where the message quotes nothing, or the server does not
/// tell what is quoted: it waits for its author's word.
pub(super) fn quotes_what(server: &Server, status: &Status, wanted: Option<&Url>) -> Option<bool> {
    let wanted = wanted?;
    let Some(quote) = &status.quote else { return Some(false) };
    if quote.is_withheld() {
        return Some(false);
    }
    Some(boost::is_at(server, quote.quoted_status.as_ref()?, wanted))
}
