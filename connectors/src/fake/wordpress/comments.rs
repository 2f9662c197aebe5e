//! What was written below the fake site's posts.

use serde_json::{Value, json};

use super::super::{
    USERNAME,
    request::{Reply, Request},
    world::{Heard, World},
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
        "content": { "raw": heard.text.replace('&', "&amp;").replace('<', "&lt;") },
        "link": "https://site.example/post#comment",
        "date_gmt": heard.at.format("%Y-%m-%dT%H:%M:%S").to_string(),
    })
}
