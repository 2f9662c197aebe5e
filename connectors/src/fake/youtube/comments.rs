//! What is said below the fake channel's films: threads of others, and what stands below their beginnings. It does not know films.

use serde_json::{Value, json};

use super::{CHANNEL, error, page, text};
use crate::fake::{
    USERNAME,
    request::{Reply, Request},
    world::{AppliedPost, Heard, World},
};

/// In characters.
const LONGEST: usize = 10_000;
const HELD: &str = "heldForReview";

/// Newest first, or the one that is asked for.
pub(super) fn threads(world: &World, request: &Request) -> Reply {
    let id = request.query("id");
    if id.is_none() && request.query("allThreadsRelatedToChannelId").as_deref() != Some(CHANNEL) {
        return error(404, "channelNotFound");
    }
    let asked = |heard: &&Heard| begins(world, heard) && id.as_ref().is_none_or(|id| *id == heard.id);
    let mut heard: Vec<&Heard> = world.heard.iter().rev().filter(asked).collect();
    heard.sort_by_key(|heard| std::cmp::Reverse(heard.at));
    let threads: Vec<Value> = heard.into_iter().map(thread).collect();
    let (items, next) = page(request, threads.iter());
    let kind = "youtube#commentThreadListResponse";
    Reply::json(200, &json!({ "kind": kind, "items": items, "nextPageToken": next }))
}

/// Whether it is said below a film, and not below what somebody said.
fn begins(world: &World, heard: &Heard) -> bool {
    heard.answers.as_deref().is_none_or(|answered| world.said(answered).is_none())
}

/// What somebody said, as the beginning of a thread. One that is of no film is of the channel.
fn thread(heard: &Heard) -> Value {
    let mut snippet = json!({ "topLevelComment": said(heard) });
    if let (Some(film), Some(fields)) = (&heard.answers, snippet.as_object_mut()) {
        fields.insert("videoId".to_owned(), film.as_str().into());
    }
    json!({ "id": heard.id, "snippet": snippet })
}

fn said(heard: &Heard) -> Value {
    let mut said = json!({ "textDisplay": heard.text, "authorDisplayName": heard.author,
        "authorChannelId": { "value": format!("UC{}", heard.author) }, "publishedAt": heard.at });
    if let Some(fields) = said.as_object_mut().filter(|_| heard.author == USERNAME) {
        fields.insert("textOriginal".to_owned(), heard.text.as_str().into());
    }
    json!({ "id": heard.id, "snippet": said })
}

/// An answer of the channel's. Shown are titles in the place of addresses.
fn own(post: &AppliedPost) -> Value {
    json!({ "id": post.id, "snippet": { "textOriginal": post.text,
        "textDisplay": post.text.replace("https://example.org", "Example"), "parentId": post.answers,
        "authorDisplayName": USERNAME, "authorChannelId": { "value": CHANNEL },
        "publishedAt": post.created_at } })
}

/// The same, for whom the moderation is told.
fn moderated(post: &AppliedPost) -> Value {
    let mut told = own(post);
    if let Some(snippet) = told.get_mut("snippet").and_then(Value::as_object_mut) {
        snippet.insert("moderationStatus".to_owned(), json!(post.visibility));
    }
    told
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    match request.method.as_str() {
        "GET" => list(world, request),
        "POST" => insert(world, &request.json()),
        "PUT" => change(world, &request.json()),
        _ => delete(world, &request.query("id").unwrap_or_default()),
    }
}

/// Below one comment, or those that are asked for: of these, nothing is said of their moderation.
fn list(world: &World, request: &Request) -> Reply {
    let shown = |post: &&AppliedPost| {
        post.answers.is_some() && !post.deleted && post.visibility.as_deref() != Some(HELD)
    };
    let own_of = world.posts.iter().filter(shown);
    let all: Vec<Value> = match (request.query("parentId"), request.query("id")) {
        (Some(parent), None) => {
            if world.said(&parent).is_none_or(|said| !begins(world, said)) {
                return error(404, "commentNotFound");
            }
            let below = world.heard.iter().filter(|heard| heard.answers.as_ref() == Some(&parent)).map(said);
            below.chain(own_of.filter(|post| post.answers.as_ref() == Some(&parent)).map(moderated)).collect()
        }
        (None, Some(id)) => own_of.filter(|post| post.id == id).map(own).collect(),
        _ => return error(400, "incompatibleParameters"),
    };
    let (mut items, next) = page(request, all.iter());
    if world.studio.repeats {
        let count = items.len();
        items = all.iter().take(count).collect();
    }
    let kind = "youtube#commentListResponse";
    Reply::json(200, &json!({ "kind": kind, "items": items, "nextPageToken": next }))
}

/// What is wrong with the words.
fn refusal(words: &str) -> Option<Reply> {
    match words.chars().count() {
        0 => Some(error(400, "commentTextRequired")),
        count if count > LONGEST => Some(error(400, "commentTextTooLong")),
        _ => None,
    }
}

fn insert(world: &mut World, asked: &Value) -> Reply {
    let Some(parent) = text(asked, "/snippet/parentId") else { return error(400, "parentIdMissing") };
    if world.said(&parent).is_none_or(|said| !begins(world, said)) {
        return error(404, "parentCommentNotFound");
    }
    if world.silent {
        return error(403, "forbidden");
    }
    let words = text(asked, "/snippet/textOriginal").unwrap_or_default();
    if let Some(refusal) = refusal(&words) {
        return refusal;
    }
    let status = if world.studio.holds { HELD } else { "published" };
    let id = world.add(AppliedPost {
        text: words,
        answers: Some(parent.clone()),
        visibility: Some(status.to_owned()),
        ..AppliedPost::default()
    });
    let Some(post) = world.post(&id) else { return error(500, "backendError") };
    post.id = format!("{parent}.{id}");
    Reply::json(200, &moderated(post))
}

fn change(world: &mut World, asked: &Value) -> Reply {
    let id = text(asked, "/id").unwrap_or_default();
    let words = text(asked, "/snippet/textOriginal").unwrap_or_default();
    if let Some(refusal) = refusal(&words) {
        return refusal;
    }
    match world.post(&id).filter(|post| post.answers.is_some() && !post.deleted) {
        Some(post) => {
            post.text = words;
            post.edits += 1;
            Reply::json(200, &own(post))
        }
        None => error(404, "commentNotFound"),
    }
}

fn delete(world: &mut World, id: &str) -> Reply {
    match world.post(id).filter(|post| post.answers.is_some() && !post.deleted) {
        Some(post) => {
            post.deleted = true;
            Reply::raw(204, Vec::new())
        }
        None => error(404, "commentNotFound"),
    }
}
