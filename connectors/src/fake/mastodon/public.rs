//! What others do on the fake Mastodon: what they say to the account, and what they publish themselves.

use serde_json::{Value, json};

use super::{
    super::{
        Quoting, USERNAME,
        request::{Reply, Request},
        world::{Heard, Others, World},
    },
    error,
};

/// Newest first, whichever way they are asked for.
pub(super) fn notifications(world: &World, request: &Request) -> Reply {
    let limit: usize = request.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(40);
    let after: Option<usize> = request.query("min_id").and_then(|id| id.parse().ok());
    let others = world.heard.iter().filter(|heard| heard.author != USERNAME);
    let all: Vec<Value> = others.enumerate().map(|(index, heard)| notification(index + 1, heard)).collect();
    let (first, last) = match after {
        Some(after) => (after, after.saturating_add(limit).min(all.len())),
        None => (all.len().saturating_sub(limit), all.len()),
    };
    let page = all.get(first..last).unwrap_or_default();
    Reply::json(200, &page.iter().rev().cloned().collect())
}

fn notification(id: usize, heard: &Heard) -> Value {
    json!({ "id": id.to_string(), "type": "mention", "status": said(heard) })
}

/// The status in which something was said to the account.
pub(super) fn said(heard: &Heard) -> Value {
    let words = heard.text.replace('&', "&amp;").replace('<', "&lt;");
    json!({
        "id": heard.id,
        "url": format!("https://elsewhere.example/@{}/{}", heard.author, heard.id),
        "created_at": heard.at.to_rfc3339(),
        "content": format!("<p>{words}</p>"),
        "visibility": if heard.private { "direct" } else { "public" },
        "in_reply_to_id": heard.answers,
        "in_reply_to_account_id": heard.answers.as_ref().map(|_| "1"),
        "account": { "id": "7", "acct": heard.author },
        "media_attachments": [],
    })
}

pub(super) fn shown(world: &World, post: &Others) -> Value {
    json!({
        "id": post.id,
        "url": post.url,
        "created_at": world.clock().to_rfc3339(),
        "content": post.text,
        "visibility": "public",
        "account": { "id": "7", "acct": "somebody" },
        "media_attachments": [],
        "quote_approval": { "automatic": ["public"], "manual": [],
            "current_user": if world.quoting == Quoting::Denied { "denied" } else { "automatic" } },
        "reblogged": world.amplified.contains(&post.url.to_string()),
    })
}

/// It searches words as well: whoever speaks of an address is found by it, and comes first.
pub(super) fn search(world: &World, request: &Request) -> Reply {
    let wanted = request.query("q").unwrap_or_default();
    let speaks = world.others.iter().filter(|post| post.text.contains(&wanted));
    let is = world.others.iter().filter(|post| post.url.as_str() == wanted);
    let statuses: Vec<Value> = speaks.chain(is).map(|post| shown(world, post)).collect();
    Reply::json(200, &json!({ "accounts": [], "hashtags": [], "statuses": statuses }))
}

pub(super) fn reblog(world: &mut World, id: &str) -> Reply {
    let Some(post) = world.others.iter().find(|post| post.id == id).cloned() else { return error(404) };
    let url = post.url.to_string();
    // Not every server that speaks this API minds a repeat.
    if !world.keeps_keys || !world.amplified.contains(&url) {
        world.amplified.push(url);
    }
    let made = json!({ "id": world.next_id(), "created_at": world.clock().to_rfc3339(), "reblog": shown(world, &post) });
    Reply::json(200, &made)
}
