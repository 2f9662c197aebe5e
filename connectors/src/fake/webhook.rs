//! A receiver as `docs/webhook.md` describes one: it checks the signature, keeps each key, and answers for it.

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    Call, SECRET, USERNAME,
    request::{Reply, Request},
    world::{AppliedCaptions, AppliedMedia, AppliedPost, World},
};

pub(super) fn call(request: &Request) -> Call {
    match request.method.as_str() {
        "POST" => Call::Create,
        "PUT" => Call::Edit,
        "DELETE" => Call::Delete,
        _ => Call::Read,
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    if !is_signed(world, request) {
        return Reply::json(401, &json!({ "error": "the signature does not fit" }));
    }
    match request.method.as_str() {
        "POST" => create(world, request),
        "PUT" => edit(world, request),
        "DELETE" => delete(world, request),
        "GET" if request.query("ping").is_some() => Reply::json(
            200,
            &json!({ "name": USERNAME, "url": world.base_url, "edit": true, "delete": true }),
        ),
        "GET" => find(world, request),
        _ => Reply::json(405, &json!({})),
    }
}

fn is_signed(world: &World, request: &Request) -> bool {
    let header = |name: &str| request.header(name).unwrap_or_default();
    let content = if request.bytes().is_empty() {
        let pairs = request.url.query_pairs().map(|(name, value)| format!("{name}={value}"));
        format!("{} {}", request.method, pairs.collect::<Vec<_>>().join("&")).into_bytes()
    } else {
        request.bytes().to_vec()
    };
    let (at, signature) = (header("x-masthead-timestamp"), header("x-masthead-signature"));
    let fresh = at.parse::<i64>().is_ok_and(|at| world.clock().timestamp().abs_diff(at) <= 300);
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let signed = [at.as_bytes(), b".", &content].concat();
    let given = signature.strip_prefix("sha256=").and_then(|hex| hex::decode(hex).ok());
    !world.refuses_credential
        && fresh
        && given.is_some_and(|given| hmac::verify(&key, &signed, &given).is_ok())
}

fn text(document: &Value, name: &str) -> Option<String> {
    document.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn shown(world: &World, post: &AppliedPost, repeated: bool) -> Value {
    json!({
        "received": true,
        "repeated": repeated,
        "id": post.id.parse::<u64>().unwrap_or_default(),
        "url": format!("{}/posts/{}", world.base_url, post.id),
        "publishedAt": post.created_at,
    })
}

fn create(world: &mut World, request: &Request) -> Reply {
    let document = request.json();
    let key = request.header("idempotency-key").map(str::to_owned);
    if key.is_none() || key != text(&document, "id") || text(&document, "event").as_deref() != Some("publish")
    {
        return Reply::json(400, &json!({ "error": "this is no document" }));
    }
    let kept = world.posts.iter().find(|post| world.keeps_keys && post.marker == key);
    if let Some(first) = kept {
        return Reply::json(200, &shown(world, first, true));
    }
    let words = text(&document, "text").unwrap_or_default();
    if world.is_duplicate(&words) {
        return Reply::json(422, &json!({ "error": "said before" }));
    }
    let parts = document.get("media").and_then(Value::as_array).cloned().unwrap_or_default();
    let media: Vec<String> = parts.iter().map(|part| take(world, part)).collect();
    let id = world.add(AppliedPost {
        marker: key,
        title: text(&document, "title"),
        text: words,
        language: text(&document, "language"),
        follows: document.get("follows").and_then(|follows| text(follows, "id")),
        media,
        ..AppliedPost::default()
    });
    let post = world.post(&id).cloned().unwrap_or_default();
    Reply::json(201, &shown(world, &post, false))
}

fn take(world: &mut World, part: &Value) -> String {
    let id = world.next_id();
    let alt_text = text(part, "altText");
    world.media.push(AppliedMedia { id: id.clone(), slug: text(part, "sha256"), alt_text, processing: 0 });
    let captions = part.get("captions").and_then(Value::as_array).cloned().unwrap_or_default();
    for one in &captions {
        let file = STANDARD.decode(text(one, "content").unwrap_or_default()).unwrap_or_default();
        let id = world.next_id();
        world.captions.push(AppliedCaptions {
            id,
            language: text(one, "language").unwrap_or_default(),
            label: text(one, "label"),
            file: String::from_utf8_lossy(&file).into_owned(),
        });
    }
    id
}

fn find(world: &World, request: &Request) -> Reply {
    let key = request.query("key");
    match world.posts.iter().find(|post| post.marker == key && !post.deleted) {
        _ if !world.keeps_keys => Reply::json(405, &json!({ "error": "not to be asked" })),
        Some(post) => Reply::json(200, &shown(world, post, false)),
        None => Reply::json(404, &json!({ "received": false })),
    }
}

fn edit(world: &mut World, request: &Request) -> Reply {
    let document = request.json();
    let id = text(&document, "remoteId").unwrap_or_default();
    let Some(post) = world.post(&id) else { return Reply::json(404, &json!({ "received": false })) };
    post.text = text(&document, "text").unwrap_or_default();
    post.title = text(&document, "title");
    post.edits += 1;
    let post = post.clone();
    Reply::json(200, &shown(world, &post, false))
}

fn delete(world: &mut World, request: &Request) -> Reply {
    let id = request.query("id").unwrap_or_default();
    match world.post(&id) {
        Some(post) if !post.deleted => {
            post.deleted = true;
            Reply::json(200, &json!({}))
        }
        _ => Reply::json(404, &json!({ "received": false })),
    }
}
