//! Comments below the fake LinkedIn's posts.

use serde_json::{Value, json};

use super::{
    super::{
        request::{Reply, Request},
        world::{AppliedPost, World},
    },
    author, error, here, meant, text,
};

/// Posts are named by their activity as well, under the same number.
fn root(world: &mut World, urn: &str) -> Option<String> {
    let urn = urn.replace("activity", "share");
    here(world, &urn).map(|post| post.id.clone())
}

pub(super) fn handle(world: &mut World, request: &Request, post: &str, rest: &[&str]) -> Reply {
    let Some(root) = root(world, post) else { return error(404, "RESOURCE_NOT_FOUND") };
    let as_us = request.query("actor") == Some(author());
    match (request.method.as_str(), rest) {
        ("POST", []) => create(world, &root, &request.json()),
        ("GET", []) => list(world, &root, request),
        ("GET", [id]) => with(world, &root, id, |comment| Reply::json(200, &shown(comment))),
        ("POST", [id]) if as_us && meant(request) == Some("PARTIAL_UPDATE") => {
            let words = text(&request.json(), "/patch/message/$set/text");
            with(world, &root, id, |comment| {
                comment.text = words.unwrap_or_default();
                comment.edits += 1;
                Reply::json(200, &shown(comment))
            })
        }
        ("DELETE", [id]) if as_us => with(world, &root, id, |comment| {
            comment.deleted = true;
            Reply::raw(204, Vec::new())
        }),
        _ => error(400, "ILLEGAL_ARGUMENT"),
    }
}

fn with(world: &mut World, root: &str, id: &str, answer: impl FnOnce(&mut AppliedPost) -> Reply) -> Reply {
    match world.post(id).filter(|comment| comment.follows.as_deref() == Some(root) && !comment.deleted) {
        Some(comment) => answer(comment),
        None => error(404, "RESOURCE_NOT_FOUND"),
    }
}

fn create(world: &mut World, root: &str, asked: &Value) -> Reply {
    let words = text(asked, "/message/text").unwrap_or_default();
    if words.is_empty() || text(asked, "/actor") != Some(author()) {
        return error(422, "UNPROCESSABLE_ENTITY");
    }
    let (follows, record) = (Some(root.to_owned()), Some(asked.clone()));
    let id = world.add(AppliedPost { text: words, follows, record, ..AppliedPost::default() });
    match world.post(&id) {
        Some(comment) => Reply::json(201, &shown(comment)).with("x-restli-id", id),
        None => error(500, "INTERNAL"),
    }
}

fn list(world: &World, root: &str, request: &Request) -> Reply {
    let number = |name| request.query(name).and_then(|given| given.parse::<usize>().ok());
    let (start, count) = (number("start").unwrap_or(0), number("count").unwrap_or(10));
    let below = |comment: &&AppliedPost| comment.follows.as_deref() == Some(root) && !comment.deleted;
    let elements: Vec<Value> = world.posts.iter().filter(below).skip(start).take(count).map(shown).collect();
    Reply::json(200, &json!({ "paging": { "start": start, "count": count }, "elements": elements }))
}

/// A comment has no headline: here that is whose it is.
fn shown(comment: &AppliedPost) -> Value {
    let activity = format!("urn:li:activity:{}", comment.follows.as_deref().unwrap_or_default());
    json!({
        "id": comment.id,
        "commentUrn": format!("urn:li:comment:({activity},{})", comment.id),
        "object": activity,
        "actor": comment.title.clone().unwrap_or_else(author),
        "message": { "attributes": [], "text": comment.text },
        "created": { "time": comment.created_at.timestamp_millis() },
    })
}
