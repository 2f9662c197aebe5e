//! Enough of the Mastodon API for a connector: the instance, statuses with keys, media that take their time.

mod public;

use serde_json::{Value, json};

use super::{
    Call, Quoting, SECRET, USERNAME,
    request::{Reply, Request},
    world::{AppliedMedia, AppliedPost, World},
};

pub(super) fn call(request: &Request) -> Call {
    match request.route() {
        ("POST", route) if route.ends_with(&["statuses"]) => Call::Create,
        ("POST", route) if route.ends_with(&["media"]) => Call::Media,
        ("PUT", _) => Call::Edit,
        ("POST", route) if route.ends_with(&["reblog"]) => Call::Amplify,
        ("DELETE", _) => Call::Delete,
        _ => Call::Read,
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let (method, route) = request.route();
    match (method, route.as_slice()) {
        ("GET", ["api", "v2", "instance"]) => return instance(world),
        _ if !is_known(world, request) => return error(401),
        _ => {}
    }
    match (method, route.as_slice()) {
        ("GET", ["api", "v1", "accounts", "verify_credentials"]) => Reply::json(
            200,
            &json!({ "id": "1", "acct": world.handle, "display_name": "Press office",
                "url": format!("{}/@{}", world.home, world.handle), "note": "<p>Run by the press office</p>" }),
        ),
        ("GET", ["api", "v1", "accounts", "1", "statuses"]) => timeline(world, request),
        ("GET", ["api", "v1", "statuses", id, "source"]) if world.keeps_keys => {
            with_post(world, id, |_, post| json!({ "id": post.id, "text": post.text }))
        }
        ("GET", ["api", "v1", "statuses", id]) if world.said(id).is_some() => {
            Reply::json(200, &world.said(id).map(public::said).unwrap_or_default())
        }
        ("GET", ["api", "v1", "statuses", id]) => with_post(world, id, |world, post| shown(world, post)),
        ("GET", ["api", "v1", "notifications"]) => public::notifications(world, request),
        ("GET", ["api", "v2", "search"]) => public::search(world, request),
        ("POST", ["api", "v1", "statuses", id, "reblog"]) => public::reblog(world, id),
        ("POST", ["api", "v1", "statuses"]) => create(world, request),
        ("PUT", ["api", "v1", "statuses", id]) => edit(world, request, id),
        ("DELETE", ["api", "v1", "statuses", id]) => with_post(world, id, |world, post| {
            let shown = shown(world, post);
            world.posts.iter_mut().filter(|kept| kept.id == post.id).for_each(|kept| kept.deleted = true);
            shown
        }),
        ("POST", ["api", "v2", "media"]) => upload(world, request),
        ("GET", ["api", "v1", "media", id]) => processed(world, id),
        _ => error(404),
    }
}

fn is_known(world: &World, request: &Request) -> bool {
    !world.refuses_credential && request.header("authorization") == Some(format!("Bearer {SECRET}").as_str())
}

fn error(status: u16) -> Reply {
    Reply::json(status, &json!({ "error": "…" }))
}

fn instance(world: &World) -> Reply {
    let (version, source, api_versions) = match (world.keeps_keys, world.quoting) {
        (true, Quoting::Unknown) => {
            ("4.4.8", "https://github.com/mastodon/mastodon", json!({ "mastodon": 6 }))
        }
        (true, _) => ("4.5.0", "https://github.com/mastodon/mastodon", json!({ "mastodon": 7 })),
        (false, _) => ("0.17.3", "https://codeberg.org/superseriousbusiness/gotosocial", json!({})),
    };
    Reply::json(
        200,
        &json!({ "version": version, "source_url": source, "api_versions": api_versions, "configuration": {
            "statuses": { "max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23 },
            "media_attachments": { "supported_mime_types": ["image/png", "image/jpeg", "video/mp4"] } } }),
    )
}

fn with_post(world: &mut World, id: &str, answer: impl FnOnce(&mut World, &AppliedPost) -> Value) -> Reply {
    match world.post(id).cloned() {
        Some(post) if !post.deleted => Reply::json(200, &answer(world, &post)),
        _ => error(404),
    }
}

fn shown(world: &World, post: &AppliedPost) -> Value {
    let words = post.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let content = format!("<p>{}</p>", words.replace("\n\n", "</p><p>").replace('\n', "<br />"));
    let media: Vec<Value> = post.media.iter().map(|id| attachment(world, id)).collect();
    let counts = post.counts;
    let quoted = world.quoted_by(post).map(|quoted| public::shown(world, quoted));
    json!({
        "id": post.id,
        "quote": quoted.map(|quoted| json!({ "state": "accepted", "quoted_status": quoted })),
        "url": format!("{}/@{USERNAME}/{}", world.base_url, post.id),
        "created_at": post.created_at.to_rfc3339(),
        "content": content,
        "spoiler_text": post.warning.as_deref().unwrap_or_default(),
        "visibility": post.visibility.as_deref().unwrap_or("public"),
        "in_reply_to_id": post.follows.as_ref().or(post.answers.as_ref()),
        "in_reply_to_account_id": post.follows.as_ref().map(|_| "1").or(post.answers.as_ref().map(|_| "7")),
        "account": { "id": "1", "acct": USERNAME },
        "media_attachments": media,
        "favourites_count": counts.likes,
        "reblogs_count": counts.shares,
        "replies_count": counts.replies,
    })
}

fn attachment(world: &World, id: &str) -> Value {
    let kept = world.media.iter().find(|media| media.id == id);
    json!({ "id": id, "type": "image", "description": kept.and_then(|media| media.alt_text.as_deref()) })
}

fn timeline(world: &World, request: &Request) -> Reply {
    let before: u64 = request.query("max_id").and_then(|id| id.parse().ok()).unwrap_or(u64::MAX);
    let limit: usize = request.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(20);
    let older = |post: &&AppliedPost| post.id.parse::<u64>().is_ok_and(|id| id < before);
    let page = world.posts.iter().rev().filter(|post| !post.deleted).filter(older).take(limit);
    Reply::json(200, &page.map(|post| shown(world, post)).collect())
}

fn text(fields: &Value, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn media_ids(fields: &Value) -> Vec<String> {
    let ids = fields.get("media_ids").and_then(Value::as_array);
    ids.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn create(world: &mut World, request: &Request) -> Reply {
    let fields = request.json();
    let key = request.header("idempotency-key").map(str::to_owned);
    if let Some(first) = world.with_key(key.as_ref()) {
        return Reply::json(200, &shown(world, first));
    }
    let words = text(&fields, "status").unwrap_or_default();
    let media = media_ids(&fields);
    let parent = text(&fields, "in_reply_to_id");
    let follows = parent.clone().filter(|parent| world.post(parent).is_some_and(|parent| !parent.deleted));
    let answers = parent.clone().filter(|parent| world.said(parent).is_some());
    // Not every server that speaks this API minds an answer to nothing.
    if world.keeps_keys && follows != parent && answers != parent {
        return error(404);
    }
    let asked_for = text(&fields, "quoted_status_id").filter(|_| world.quoting != Quoting::Unknown);
    let quotes = asked_for.as_ref().and_then(|id| world.quotable(|other| other.id == *id));
    if asked_for.is_some() && quotes.is_none() {
        return error(404);
    }
    let ready = |id: &String| world.media.iter().any(|media| media.id == *id && media.processing == 0);
    if world.is_duplicate(&words) || words.is_empty() || !media.iter().all(ready) {
        return error(422);
    }
    let id = world.add(AppliedPost {
        marker: key,
        text: words,
        language: text(&fields, "language"),
        visibility: text(&fields, "visibility"),
        media,
        follows,
        answers,
        quotes,
        ..AppliedPost::default()
    });
    with_post(world, &id, |world, post| shown(world, post))
}

fn edit(world: &mut World, request: &Request, id: &str) -> Reply {
    let fields = request.json();
    if let Some(post) = world.post(id) {
        post.text = text(&fields, "status").unwrap_or_default();
        post.media = media_ids(&fields);
        post.edits += 1;
    }
    with_post(world, id, |world, post| shown(world, post))
}

fn upload(world: &mut World, request: &Request) -> Reply {
    let (id, processing) = (world.next_id(), world.processing);
    world.media.push(AppliedMedia {
        id: id.clone(),
        slug: None,
        alt_text: request.form("description"),
        processing,
    });
    Reply::json(if processing == 0 { 200 } else { 202 }, &json!({ "id": id, "type": "image", "url": null }))
}

fn processed(world: &mut World, id: &str) -> Reply {
    let Some(media) = world.media.iter_mut().find(|media| media.id == id) else { return error(404) };
    media.processing = media.processing.saturating_sub(1);
    Reply::json(if media.processing == 0 { 200 } else { 206 }, &json!({ "id": id, "type": "image" }))
}
