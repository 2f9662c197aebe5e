//! Passes on a status of somebody else. It knows that only a status with exactly the address that was asked for may be passed
//! on; it does not know why it is.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::{
    server::{Body, Server},
    status_route,
    wire::{Named, Status},
};
use crate::{
    http::failure::{Failure, Verdict},
    outcome::{Evidence, LookUp, Receipt},
};

#[derive(Debug, Deserialize)]
struct Found {
    statuses: Vec<Status>,
}

/// The status at this address, fetched from its own server where ours does not have it yet.
pub(super) async fn find(server: &Server, url: &Url) -> Result<Status, Failure> {
    let query = [("q", url.as_str()), ("resolve", "true"), ("type", "statuses"), ("limit", "5")];
    let answer = server.call(Method::GET, "/api/v2/search", &query, Body::None).await?;
    let found = answer.json::<Found>()?.statuses;
    // Where the server searches words as well, it also finds those who only speak of the address.
    found.into_iter().find(|status| is_at(server, &status.named(), url)).ok_or_else(|| {
        Failure::refused("NOT_FOUND_ON_PLATFORM", "the server finds no public status at this address")
    })
}

/// Whether a status has this address.
pub(super) fn is_at(server: &Server, status: &Named, url: &Url) -> bool {
    let same = |address: &Option<String>| {
        address.as_deref().and_then(|address| address.parse::<Url>().ok()).is_some_and(|there| there == *url)
    };
    let shown_here = || {
        let last = url.path_segments().and_then(Iterator::last);
        server.is_at(url) && last == Some(status.id.as_str())
    };
    same(&status.url) || same(&status.uri) || shown_here()
}

/// Passes it on to everybody. What was passed on already stays so, once.
pub(super) async fn pass_on(server: &Server, status: &Status, url: &Url) -> Result<Receipt, Failure> {
    if status.reblogged == Some(true) {
        return Ok(receipt(status, url, None, Evidence::IdempotencyKey));
    }
    let route = format!("{}/reblog", status_route(&status.id)?);
    let publicly = Body::Json(json!({ "visibility": "public" }), None);
    let answer = server.call(Method::POST, &route, &[], publicly).await.map_err(|failure| {
        if failure.cause.http_status == Some(403) { not_for_us(failure) } else { failure }
    })?;
    let made: Status = answer.json()?;
    Ok(receipt(status, url, made.created_at, Evidence::Answer))
}

/// It is known by the status's own id: by that it would be taken back.
fn receipt(
    status: &Status,
    url: &Url,
    published_at: Option<chrono::DateTime<chrono::Utc>>,
    evidence: Evidence,
) -> Receipt {
    Receipt { remote_id: status.id.clone(), url: Some(url.to_string()), published_at, evidence }
}

/// Whether the account has passed the status on. A server that does not say takes a repeat for the first.
pub(super) fn standing(status: &Status, url: &Url) -> LookUp {
    match status.reblogged {
        Some(true) => LookUp::Found(receipt(status, url, None, Evidence::IdempotencyKey)),
        Some(false) | None => LookUp::Absent,
    }
}

/// The credential is good: it has just found the status.
fn not_for_us(mut failure: Failure) -> Failure {
    failure.verdict = Verdict::Refused;
    "NOT_ALLOWED".clone_into(&mut failure.cause.code);
    "the server does not let this account pass this status on".clone_into(&mut failure.cause.detail);
    failure
}
