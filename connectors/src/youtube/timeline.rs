//! Looks for a message among the channel's own films, by the tag that only its film has. It knows when the search is complete
//! and when it proves nothing; it changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::{
    api::Api,
    channel,
    film::{self, Film, State},
};
use crate::{
    http::failure::Failure,
    message::Message,
    outcome::{Cause, Evidence, LookUp},
};

/// Our clock and the platform's may differ by this.
const SKEW: TimeDelta = TimeDelta::seconds(60);
/// The list of the channel's films may lack a new one for a few minutes, by the guide to an older version of the API.
const BEHIND: TimeDelta = TimeDelta::minutes(10);
const PAGE: usize = 50;
const PAGES: usize = 5;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    items: Vec<Item>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    snippet: ItemSnippet,
    content_details: ItemDetails,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemSnippet {
    published_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemDetails {
    video_id: String,
}

#[derive(Deserialize)]
struct Films {
    items: Vec<Film>,
}

/// The message's own films since the window opened.
struct Window {
    marked: Vec<Film>,
    complete: bool,
}

pub(super) async fn look_up(api: &Api, message: &Message) -> Result<LookUp, Failure> {
    let (Some(since), Some(over_at)) = (opens(message), message.last_over_at(api.limits())) else {
        return Ok(LookUp::CannotTell(Cause::never_sent()));
    };
    let marker = film::marker(&message.idempotency_key);
    let window = read_window(api, &marker, since, PAGES).await?;
    Ok(match judge(&window) {
        Some(found) => found,
        None if window.complete => LookUp::Absent.once_listed(Some(over_at), BEHIND, api.now()),
        None => LookUp::CannotTell(Cause::new(
            "TIMELINE_UNCLEAR",
            "the channel's films do not tell whether it is among them",
        )),
    })
}

/// What an earlier attempt left, among the newest films. Whoever publishes has looked it up before: this is the second lock, and
/// need not be complete.
pub(super) async fn left_over(api: &Api, message: &Message) -> Result<Option<LookUp>, Failure> {
    let Some(since) = opens(message) else { return Ok(None) };
    Ok(judge(&read_window(api, &film::marker(&message.idempotency_key), since, 1).await?))
}

/// These films as the platform has them now; those that it does not show are left out.
pub(super) async fn films(api: &Api, ids: &[String], parts: &str) -> Result<Vec<Film>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let answer = api.get("/youtube/v3/videos", &[("part", parts), ("id", &ids.join(","))]).await?;
    Ok(answer.json::<Films>()?.items)
}

/// From when on what is there may be the message.
pub(super) fn opens(message: &Message) -> Option<DateTime<Utc>> {
    message.first_sent_at.map(|first| first - SKEW)
}

/// What the message's films say, when there are any. A film that its channel cannot show is for a person: a repeat would make
/// another, and most likely meet the same end.
fn judge(window: &Window) -> Option<LookUp> {
    let mut there = window.marked.iter().filter(|film| film.state() != State::Aborted);
    let film = there.next()?;
    if there.next().is_some() {
        let detail = "the channel has several films of this message";
        return Some(LookUp::CannotTell(Cause::new("SEVERAL_FOUND", detail)));
    }
    Some(match film.state() {
        State::Out => LookUp::Found(film.receipt(Evidence::Marker)),
        State::Hidden(cause) => LookUp::CannotTell(cause),
        State::Deleted => LookUp::CannotTell(Cause::new(
            "DELETED_ON_PLATFORM",
            "the film was there, and somebody has deleted it on YouTube",
        )),
        State::Aborted | State::Unclear => LookUp::CannotTell(Cause::new(
            "FILM_UNCLEAR",
            "the film is there, and YouTube does not say what has become of it",
        )),
    })
}

async fn read_window(api: &Api, marker: &str, since: DateTime<Utc>, pages: usize) -> Result<Window, Failure> {
    let channel = channel::mine(api, "contentDetails").await?;
    let (list, most) = (channel.uploads()?, PAGE.to_string());
    let mut window = Window { marked: Vec::new(), complete: false };
    let (mut token, mut all_told) = (String::new(), true);
    for _ in 0..pages {
        let mut query = vec![("part", "snippet,contentDetails"), ("playlistId", list), ("maxResults", &most)];
        if !token.is_empty() {
            query.push(("pageToken", &token));
        }
        let page: Page = api.get("/youtube/v3/playlistItems", &query).await?.json()?;
        let at = |item: &Item| item.snippet.published_at;
        let young = page.items.iter().filter(|item| at(item).is_none_or(|at| at >= since));
        let ids: Vec<String> = young.map(|item| item.content_details.video_id.clone()).collect();
        let told = films(api, &ids, "snippet,status").await?;
        all_told &= told.len() == ids.len();
        window.marked.extend(told.into_iter().filter(|film| film.is_marked(marker)));
        let in_order = page.items.is_sorted_by(|one, next| at(one) >= at(next) && at(next).is_some());
        let past = page.items.last().and_then(at).is_some_and(|at| at < since);
        let end = page.next_page_token.is_none();
        window.complete = all_told && (end || (in_order && past));
        match page.next_page_token {
            Some(next) if !window.complete => token = next,
            _ => break,
        }
    }
    Ok(window)
}
