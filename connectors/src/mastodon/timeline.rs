//! Looks for a message among the account's own statuses, from shortly before its first attempt on. It knows
//! when the search is complete and when it proves nothing; it changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;

use super::{
    answer, quote,
    server::{Body, Server},
    text,
    wire::{Account, Quote, Source, Status},
};
use crate::{
    html,
    http::failure::Failure,
    message::Message,
    outcome::{Cause, Evidence, LookUp},
};

/// Our clock and the server's may differ by this.
const SKEW: TimeDelta = TimeDelta::seconds(60);
const PAGE: usize = 40;
const PAGES: usize = 5;
/// Statuses whose exact words are asked for; each one is a request.
const SOURCES: usize = 20;

/// How one status compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Same,
    Other,
    Unsure,
}

/// The account's statuses since the window opened.
struct Window {
    statuses: Vec<Status>,
    complete: bool,
    now: Option<DateTime<Utc>>,
}

pub(super) async fn look_up(
    server: &Server,
    account: &Account,
    message: &Message,
) -> Result<LookUp, Failure> {
    let Some(first_sent_at) = message.first_sent_at else {
        return Ok(LookUp::CannotTell(Cause::never_sent()));
    };
    let window = read_window(server, account, first_sent_at - SKEW).await?;
    let mut same = Vec::new();
    let mut unsure = false;
    for (index, status) in window.statuses.iter().enumerate() {
        match compare(server, status, message, index < SOURCES).await? {
            Likeness::Same => same.push(status),
            Likeness::Unsure => unsure = true,
            Likeness::Other => {}
        }
    }
    match same.as_slice() {
        [status] => return Ok(LookUp::Found(status.receipt(Evidence::Timeline))),
        [_, _, ..] => {
            let cause = Cause::new(
                "SEVERAL_FOUND",
                "the account has several statuses with these words in the window",
            );
            return Ok(LookUp::CannotTell(cause));
        }
        [] => {}
    }
    if window.complete && !unsure {
        return Ok(LookUp::Absent);
    }
    // That a repeat of the key would be harmless is no answer: a post that may be out must not count as one that is not.
    Ok(LookUp::CannotTell(Cause::new(
        "TIMELINE_UNCLEAR",
        "the account's statuses do not tell whether it is among them",
    )))
}

async fn read_window(server: &Server, account: &Account, since: DateTime<Utc>) -> Result<Window, Failure> {
    let route = format!("/api/v1/accounts/{}/statuses", account.id);
    let mut window = Window { statuses: Vec::new(), complete: false, now: None };
    let mut before: Option<String> = None;
    let limit = PAGE.to_string();
    for _ in 0..PAGES {
        let mut query = vec![("limit", limit.as_str()), ("exclude_reblogs", "true")];
        if let Some(before) = before.as_deref() {
            query.push(("max_id", before));
        }
        let answer = server.call(Method::GET, &route, &query, Body::None).await?;
        window.now = window.now.or_else(|| answer.date());
        let page: Vec<Status> = answer.json()?;
        let Some(last) = page.last() else {
            window.complete = true;
            break;
        };
        // A server may put a back-dated or pinned status anywhere, but pages go by age.
        let reached = last.created_at.is_some_and(|created| created < since);
        before = Some(last.id.clone());
        window
            .statuses
            .extend(page.into_iter().filter(|status| status.created_at.is_none_or(|at| at >= since)));
        if reached {
            window.complete = true;
            break;
        }
    }
    Ok(window)
}

async fn compare(
    server: &Server,
    status: &Status,
    message: &Message,
    may_ask: bool,
) -> Result<Likeness, Failure> {
    if status.media_attachments.len() != message.media.len() {
        return Ok(Likeness::Other);
    }
    let (parent, ours) = (status.in_reply_to_id.as_deref(), message.parent());
    if parent.is_some() && parent != ours {
        return Ok(Likeness::Other);
    }
    // What was quoted may be deleted or taken back since, and some servers make a quote of a link: then only the words are left
    // to compare, and somebody else of the office may have said them as well.
    let unclear = match (&message.quotes, &status.quote) {
        (None, quote) => quote.is_some(),
        (Some(_), quote) => quote.as_ref().is_none_or(Quote::is_withheld),
    };
    if !unclear && quote::quotes_what(server, status, message.quotes.as_ref()) == Some(false) {
        return Ok(Likeness::Other);
    }
    let likeness = compare_words(server, status, message, may_ask).await?;
    // A status whose parent was deleted since answers nothing any more; nor does one of somebody who says it once more.
    let orphaned = parent.is_none() && ours.is_some();
    Ok(if (orphaned || unclear) && likeness == Likeness::Same { Likeness::Unsure } else { likeness })
}

async fn compare_words(
    server: &Server,
    status: &Status,
    message: &Message,
    may_ask: bool,
) -> Result<Likeness, Failure> {
    let wanted = text::comparable(&message.text_with_link());
    if answer::says(&text::comparable(&html::plain(&status.content)), &wanted, message) {
        return Ok(Likeness::Same);
    }
    if !may_ask {
        return Ok(Likeness::Unsure);
    }
    let route = format!("/api/v1/statuses/{}/source", status.id);
    match server.call(Method::GET, &route, &[], Body::None).await {
        Ok(answer) => {
            let source: Source = answer.json()?;
            let same = answer::says(&text::comparable(&source.text), &wanted, message);
            Ok(if same { Likeness::Same } else { Likeness::Other })
        }
        Err(failure) if failure.cause.http_status == Some(404) => Ok(Likeness::Unsure),
        Err(failure) => Err(failure),
    }
}
