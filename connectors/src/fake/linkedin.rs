//! Enough of LinkedIn's Posts API for a connector: one organisation, posts that may not say the same twice, pictures that
//! take their time, and text that is cut at whatever is not escaped. It does not know members, films or adverts.

mod comments;
mod public;

use serde_json::{Value, json};

use super::{
    Call, ORGANIZATION, SECRET,
    request::{Reply, Request},
    world::{AppliedMedia, AppliedPost, Others, World},
};

const SHARE: &str = "urn%3Ali%3Ashare%3A";
const IMAGE: &str = "urn%3Ali%3Aimage%3A";
/// Nothing came for this upload yet.
const EMPTY: u32 = u32::MAX;

pub(super) fn call(request: &Request) -> Call {
    match request.route() {
        ("POST", route) if route.ends_with(&["rest", "posts"]) => {
            if public::is_bare_reshare(request) {
                Call::Amplify
            } else {
                Call::Create
            }
        }
        ("POST", route) if route.ends_with(&["comments"]) => Call::Create,
        ("POST", route) if route.ends_with(&["rest", "images"]) => Call::Media,
        ("PUT", _) => Call::Media,
        ("POST", _) => Call::Edit,
        ("DELETE", _) => Call::Delete,
        _ => Call::Read,
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let (method, route) = request.route();
    if let ("PUT", ["dms-uploads", id]) = (method, route.as_slice()) {
        return take(world, request, id);
    }
    if let Some(refused) = refuse(world, request) {
        return refused;
    }
    match (method, route.as_slice()) {
        ("GET", ["rest", "organizations", ORGANIZATION]) => Reply::json(
            200,
            &json!({ "id": 2_414_183, "localizedName": "Press office", "vanityName": world.handle,
                "localizedDescription": "Run by the press office" }),
        ),
        ("GET", ["rest", "posts"]) if meant(request) == Some("FINDER") => list(world, request),
        ("GET", ["rest", "posts", urn]) => match here(world, urn) {
            Some(post) => Reply::json(200, &shown(post)),
            None => error(404, "RESOURCE_NOT_FOUND"),
        },
        ("GET", ["rest", "organizationalEntityShareStatistics"]) => public::statistics(world, request),
        ("GET", ["rest", "organizationalEntityNotifications"]) if meant(request) == Some("FINDER") => {
            public::notifications(world, request)
        }
        (_, ["rest", "socialActions", post, "comments", rest @ ..]) => {
            comments::handle(world, request, post, rest)
        }
        ("POST", ["rest", "posts"]) if public::is_bare_reshare(request) => {
            public::reshare(world, &request.json())
        }
        ("POST", ["rest", "posts"]) => create(world, &request.json()),
        ("POST", ["rest", "posts", urn]) if meant(request) == Some("PARTIAL_UPDATE") => {
            edit(world, request, urn)
        }
        ("DELETE", ["rest", "posts", urn]) => {
            if let Some(post) = here(world, urn) {
                post.deleted = true;
            }
            Reply::raw(204, Vec::new())
        }
        ("POST", ["rest", "images"]) if request.query("action").as_deref() == Some("initializeUpload") => {
            initialize(world, &request.json())
        }
        ("GET", ["rest", "images", urn]) => processed(world, urn),
        _ => error(404, "NOT_FOUND"),
    }
}

/// What every call needs.
fn refuse(world: &World, request: &Request) -> Option<Reply> {
    let version = request.header("linkedin-version").unwrap_or_default();
    if request.header("x-restli-protocol-version") != Some("2.0.0") || version.is_empty() {
        return Some(error(400, "VERSION_MISSING"));
    }
    if version.len() != 6 || !version.starts_with("20") {
        return Some(error(426, "NONEXISTENT_VERSION"));
    }
    let known = request.header("authorization") == Some(format!("Bearer {SECRET}").as_str());
    (!known || world.refuses_credential).then(|| error(401, "REVOKED_ACCESS_TOKEN"))
}

fn meant(request: &Request) -> Option<&str> {
    request.header("x-restli-method")
}

fn error(status: u16, code: &str) -> Reply {
    Reply::json(status, &json!({ "status": status, "code": code, "message": "…" }))
}

fn text(fields: &Value, pointer: &str) -> Option<String> {
    fields.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
}

fn author() -> String {
    format!("urn:li:organization:{ORGANIZATION}")
}

fn here<'a>(world: &'a mut World, urn: &str) -> Option<&'a mut AppliedPost> {
    let id = urn.strip_prefix(SHARE)?;
    world.post(id).filter(|post| is_post(post))
}

fn is_post(post: &AppliedPost) -> bool {
    !post.deleted && post.follows.is_none() && post.answers.is_none()
}

/// What readers see: everything up to the first thing that means something and is not escaped.
fn seen(little: &str) -> String {
    const TAG: &str = "hashtag|\\#|";
    let mut seen = String::new();
    let mut chars = little.chars();
    while let Some(c) = chars.next() {
        match c {
            '{' if chars.as_str().starts_with(TAG) => {
                chars = chars.as_str().trim_start_matches(TAG).chars();
                seen.push('#');
                seen.extend(chars.by_ref().take_while(|c| *c != '}'));
            }
            '\\' => seen.extend(chars.next()),
            '|' | '{' | '}' | '@' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '*' | '_' | '~' => break,
            _ => seen.push(c),
        }
    }
    seen
}

/// A foreign post has no record: its words stand for themselves.
fn shown(post: &AppliedPost) -> Value {
    let mut shown =
        post.record.clone().unwrap_or_else(|| json!({ "commentary": post.text, "author": author() }));
    if let Some(fields) = shown.as_object_mut() {
        let made = post.created_at.timestamp_millis();
        fields.insert("id".to_owned(), format!("urn:li:share:{}", post.id).into());
        fields.insert("createdAt".to_owned(), made.into());
        fields.insert("lastModifiedAt".to_owned(), made.into());
        fields.entry("lifecycleState").or_insert_with(|| "PUBLISHED".into());
    }
    shown
}

fn list(world: &World, request: &Request) -> Reply {
    let number = |name| request.query(name).and_then(|given| given.parse::<usize>().ok());
    if request.query("q").as_deref() != Some("author") || request.query("author") != Some(author()) {
        return error(400, "ILLEGAL_ARGUMENT");
    }
    let (start, count) = (number("start").unwrap_or(0), number("count").unwrap_or(10));
    let page = world.posts.iter().rev().filter(|post| is_post(post)).skip(start).take(count);
    let elements: Vec<Value> = page.map(shown).collect();
    Reply::json(
        200,
        &json!({ "paging": { "start": start, "count": count, "links": [] }, "elements": elements }),
    )
}

/// The pictures of a post, in order, each with its alternative text.
fn pictures(asked: &Value) -> Vec<(String, Option<String>)> {
    let several = asked.pointer("/content/multiImage/images").and_then(Value::as_array).cloned();
    let only = asked.pointer("/content/media").cloned();
    let picture = |picture: &Value| Some((text(picture, "/id")?, text(picture, "/altText")));
    several.unwrap_or_else(|| only.into_iter().collect()).iter().filter_map(picture).collect()
}

fn create(world: &mut World, asked: &Value) -> Reply {
    let words = seen(&text(asked, "/commentary").unwrap_or_default());
    let pictures = pictures(asked);
    let ready = |urn: &String| world.media.iter().any(|media| media.id == *urn && media.processing == 0);
    if text(asked, "/author") != Some(author())
        || text(asked, "/lifecycleState").as_deref() != Some("PUBLISHED")
        || !pictures.iter().all(|(urn, _)| ready(urn))
    {
        return error(422, "UNPROCESSABLE_ENTITY");
    }
    let parent = text(asked, "/reshareContext/parent");
    let is = |post: &Others, urn: &str| format!("urn:li:share:{}", post.id) == urn;
    let quotes = parent.as_ref().and_then(|urn| world.quotable(|post| is(post, urn)));
    if let (Some(urn), None) = (&parent, &quotes) {
        let there = world.others.iter().any(|post| is(post, urn));
        return if there { error(403, "ACCESS_DENIED") } else { error(422, "UNPROCESSABLE_ENTITY") };
    }
    if quotes.is_some() && asked.get("content").is_some() {
        return error(422, "UNPROCESSABLE_ENTITY");
    }
    let first = world.posts.iter().find(|post| post.text == words && is_post(post));
    if let Some(first) = first {
        let description = format!("Content is a duplicate of urn:li:share:{}", first.id);
        let told = json!([{ "code": "DUPLICATE_POST", "description": description }]);
        return Reply::json(
            422,
            &json!({ "status": 422, "message": "…", "errorDetails": { "inputErrors": told } }),
        );
    }
    for (urn, alt_text) in &pictures {
        let this = world.media.iter_mut().filter(|media| media.id == *urn);
        this.for_each(|media| media.alt_text.clone_from(alt_text));
    }
    let id = world.add(AppliedPost {
        text: words,
        visibility: text(asked, "/visibility"),
        media: pictures.into_iter().map(|(urn, _)| urn).collect(),
        record: Some(asked.clone()),
        quotes,
        ..AppliedPost::default()
    });
    Reply::raw(201, Vec::new()).with("x-restli-id", format!("urn:li:share:{id}"))
}

fn edit(world: &mut World, request: &Request, urn: &str) -> Reply {
    let asked = request.json();
    let Some(commentary) = asked.pointer("/patch/$set/commentary").cloned() else {
        return error(400, "ILLEGAL_ARGUMENT");
    };
    let Some(post) = here(world, urn) else { return error(404, "RESOURCE_NOT_FOUND") };
    post.text = seen(commentary.as_str().unwrap_or_default());
    if let Some(record) = post.record.as_mut().and_then(Value::as_object_mut) {
        record.insert("commentary".to_owned(), commentary);
    }
    post.edits += 1;
    Reply::raw(204, Vec::new())
}

fn initialize(world: &mut World, asked: &Value) -> Reply {
    if text(asked, "/initializeUploadRequest/owner") != Some(author()) {
        return error(403, "ACCESS_DENIED");
    }
    let number = world.next_id();
    let image = format!("urn:li:image:{number}");
    world.media.push(AppliedMedia { id: image.clone(), slug: None, alt_text: None, processing: EMPTY });
    let place = format!("{}/dms-uploads/{number}?token=once", world.base_url);
    Reply::json(200, &json!({ "value": { "uploadUrl": place, "uploadUrlExpiresAt": 0, "image": image } }))
}

/// Takes a file from whoever knows the address, and nobody's credential.
fn take(world: &mut World, request: &Request, number: &str) -> Reply {
    let processing = world.processing;
    let known =
        request.query("token").as_deref() == Some("once") && request.header("authorization").is_none();
    let image = format!("urn:li:image:{number}");
    match world.media.iter_mut().find(|media| media.id == image) {
        Some(media) if known && !request.bytes().is_empty() => {
            media.processing = processing;
            Reply::raw(201, Vec::new())
        }
        _ => Reply::raw(400, Vec::new()),
    }
}

fn processed(world: &mut World, urn: &str) -> Reply {
    let image = urn.strip_prefix(IMAGE).map(|number| format!("urn:li:image:{number}"));
    let Some(media) = world.media.iter_mut().find(|media| Some(&media.id) == image.as_ref()) else {
        return error(404, "RESOURCE_NOT_FOUND");
    };
    let status = match media.processing {
        0 => "AVAILABLE",
        EMPTY => "WAITING_UPLOAD",
        _ => "PROCESSING",
    };
    if media.processing != EMPTY {
        media.processing = media.processing.saturating_sub(1);
    }
    Reply::json(200, &json!({ "id": media.id, "owner": author(), "status": status }))
}
