//! What was written below the fake site's posts.

use serde_json::{Value, json};

use super::{
    super::{
        USERNAME,
        request::{Reply, Request},
        world::{AppliedPost, Heard, World},
    },
    error, text,
};

/// Newest first, or how many one post has.
pub(super) fn list(world: &mut World, request: &Request) -> Reply {
    if let Some(id) = request.query("post") {
        let replies = world.posts.iter().find(|post| post.id == id).map_or(0, |post| post.counts.replies);
        return Reply::json(200, &json!([])).with("X-WP-Total", replies.to_string());
    }
    let number = |name: &str| request.query(name).and_then(|number| number.parse::<usize>().ok());
    let (offset, limit) = (number("offset").unwrap_or(0), number("per_page").unwrap_or(10));
    let page: Vec<Value> = world.heard.iter().rev().skip(offset).take(limit).map(comment).collect();
    let reply = Reply::json(200, &Value::Array(page)).with("X-WP-Total", world.heard.len().to_string());
    if world.unsaying > 0 {
        world.unsaying -= 1;
        world.heard.pop();
    }
    reply
}

/// WordPress stores what a reader wrote as HTML.
fn comment(heard: &Heard) -> Value {
    json!({
        "id": heard.id.parse::<u64>().unwrap_or_default(),
        "post": heard.answers.as_deref().and_then(|post| post.parse::<u64>().ok()).unwrap_or_default(),
        "author": if heard.author == USERNAME { 2 } else { 0 },
        "author_name": heard.author,
        "status": "approved",
        "parent": 0,
        "content": { "raw": heard.text.replace('&', "&amp;").replace('<', "&lt;") },
        "link": "https://site.example/post#comment",
        "date_gmt": heard.at.format("%Y-%m-%dT%H:%M:%S").to_string(),
    })
}

/// What the account itself wrote below that, and each comment alone.
pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let (method, route) = request.route();
    match (method, route.as_slice()) {
        ("GET", [.., "comments"]) => {
            let below =
                |post: &&AppliedPost| post.answers.is_some() && post.answers == request.query("parent");
            let bin = request.query("status").as_deref() == Some("trash");
            let asked = request.query("status").as_deref() != Some("spam");
            let found = world.posts.iter().filter(below).filter(|post| asked && post.deleted == bin);
            Reply::json(200, &found.map(own).collect())
        }
        ("POST", [.., "comments"]) => create(world, &request.json()),
        ("GET", [.., id]) if world.said(id).is_some() => {
            Reply::json(200, &world.said(id).map(comment).unwrap_or_default())
        }
        (method, [.., id]) => {
            let Some(post) = world.post(id).filter(|post| post.answers.is_some()) else {
                return error(404, "rest_comment_invalid_id");
            };
            match method {
                "DELETE" if post.deleted => return error(410, "rest_already_trashed"),
                "DELETE" => post.deleted = true,
                "POST" => {
                    post.text = text(&request.json(), "content").unwrap_or_default();
                    post.edits += 1;
                }
                _ => {}
            }
            Reply::json(200, &own(post))
        }
        _ => error(404, "rest_no_route"),
    }
}

fn create(world: &mut World, fields: &Value) -> Reply {
    let parent = fields["parent"].as_u64().unwrap_or_default().to_string();
    let Some(said) = world.said(&parent) else { return error(404, "rest_comment_invalid_id") };
    if said.answers.as_deref() != Some(fields["post"].as_u64().unwrap_or_default().to_string().as_str()) {
        return error(400, "rest_invalid_param");
    }
    if world.silent {
        return error(403, "rest_comment_closed");
    }
    let words = text(fields, "content").unwrap_or_default();
    if world.posts.iter().any(|post| post.text == words && post.answers.as_ref() == Some(&parent)) {
        return error(409, "comment_duplicate");
    }
    let id = world.add(AppliedPost { text: words, answers: Some(parent), ..AppliedPost::default() });
    Reply::json(201, &world.post(&id).map(|post| own(post)).unwrap_or_default())
}

/// A comment of the account's.
fn own(post: &AppliedPost) -> Value {
    json!({
        "id": post.id.parse::<u64>().unwrap_or_default(),
        "post": 1,
        "author": 2,
        "author_name": USERNAME,
        "parent": post.answers.as_deref().and_then(|id| id.parse::<u64>().ok()).unwrap_or_default(),
        "status": if post.deleted { "trash" } else { "approved" },
        "content": { "raw": post.text },
        "link": format!("https://site.example/post#comment-{}", post.id),
        "date_gmt": post.created_at.format("%Y-%m-%dT%H:%M:%S").to_string(),
    })
}
