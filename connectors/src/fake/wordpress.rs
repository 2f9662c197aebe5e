//! Enough of WordPress's REST API for a connector: users, posts, media, and the ways in which it surprises.

mod comments;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    Call, SECRET, USERNAME,
    request::{Reply, Request},
    world::{AppliedCaptions, AppliedMedia, AppliedPost, World},
};

pub(super) fn call(request: &Request) -> Call {
    match request.route() {
        ("POST", route) if route.ends_with(&["v2", "posts"]) || route.ends_with(&["v2", "comments"]) => {
            Call::Create
        }
        ("POST", route) if route.ends_with(&["v2", "media"]) => Call::Media,
        ("POST", _) => Call::Edit,
        ("DELETE", _) => Call::Delete,
        _ => Call::Read,
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let (method, route) = request.route();
    let known = is_known(world, request);
    match (method, route.as_slice()) {
        (_, []) => {
            let link = format!("<{}/wp-json/>; rel=\"https://api.w.org/\"", world.base_url);
            Reply::raw(200, Vec::new()).with("Link", link)
        }
        ("GET", ["wp-json"]) => Reply::json(200, &json!({ "namespaces": ["wp/v2"] })),
        ("GET", ["wp-json", "wp", "v2", "users", "me"]) if known => Reply::json(
            200,
            &json!({ "id": 2, "slug": USERNAME, "name": "Press office", "link": world.base_url,
                "description": "<em>Run by</em> the press office", "capabilities": { "publish_posts": true } }),
        ),
        ("GET", ["wp-json", "wp", "v2", "users", "me"]) => error(401, "rest_not_logged_in"),
        ("GET", ["wp-json", "wp", "v2", "posts"]) if known => posts(world, request),
        ("GET", ["wp-json", "wp", "v2", "media"]) if known => media(world, request),
        ("GET", ["wp-json", "wp", "v2", "posts", id]) => edited(world, id, known),
        ("GET", ["wp-json", "wp", "v2", "comments"]) if known && request.query("parent").is_none() => {
            comments::list(world, request)
        }
        (_, ["wp-json", "wp", "v2", "comments", ..]) if known => comments::handle(world, request),
        ("GET", ["wp-json", "wp", "v2", "posts"]) if request.query("status").is_some() => {
            error(400, "rest_invalid_param")
        }
        ("GET", ["wp-json", "wp", "v2", _]) => error(401, "rest_forbidden_context"),
        ("POST", ["wp-json", "wp", "v2", "posts"]) if known => create(world, request),
        ("POST", ["wp-json", "wp", "v2", "media"]) if known => upload(world, request),
        ("POST", ["wp-json", "wp", "v2", "posts", id]) if known => edit(world, request, id),
        ("DELETE", ["wp-json", "wp", "v2", "posts", id]) if known => delete(world, id),
        ("POST" | "DELETE", ["wp-json", "wp", "v2", ..]) => error(401, "rest_cannot_create"),
        _ => error(404, "rest_no_route"),
    }
}

/// A wrong password is a stranger, as in the real one.
fn is_known(world: &World, request: &Request) -> bool {
    let expected = format!("Basic {}", STANDARD.encode(format!("{USERNAME}:{SECRET}")));
    !world.refuses_credential && request.header("authorization") == Some(expected.as_str())
}

fn error(status: u16, code: &str) -> Reply {
    Reply::json(status, &json!({ "code": code, "message": "…", "data": { "status": status } }))
}

fn shown(world: &World, post: &AppliedPost) -> Value {
    let status = if post.deleted { "trash" } else { post.visibility.as_deref().unwrap_or("draft") };
    json!({
        "id": post.id.parse::<u64>().unwrap_or_default(),
        "slug": post.marker,
        "status": status,
        "link": format!("{}/{}", world.base_url, post.marker.as_deref().unwrap_or_default()),
        "date_gmt": post.created_at.format("%Y-%m-%dT%H:%M:%S").to_string(),
    })
}

/// A stranger is told what there is, but not how it is stored.
fn edited(world: &mut World, id: &str, known: bool) -> Reply {
    let Some(post) = world.post(id).cloned() else { return error(404, "rest_post_invalid_id") };
    if !known {
        return error(401, "rest_forbidden_context");
    }
    let mut shown = shown(world, &post);
    let (title, content) = (json!({ "raw": post.title }), json!({ "raw": post.text }));
    for (name, value) in [("title", title), ("content", content), ("password", json!(""))] {
        shown.as_object_mut().map(|fields| fields.insert(name.to_owned(), value));
    }
    Reply::json(200, &shown)
}

fn posts(world: &World, request: &Request) -> Reply {
    if let Some(ids) = request.query("include") {
        let ids: Vec<&str> = ids.split(',').collect();
        let public = |post: &&AppliedPost| ids.contains(&post.id.as_str()) && !post.deleted;
        let found = world.posts.iter().filter(public).map(|post| shown(world, post));
        return Reply::json(200, &found.collect());
    }
    let slugs = request.query("slug").unwrap_or_default();
    let slugs: Vec<&str> = slugs.split(',').collect();
    let here = |post: &&AppliedPost| post.marker.as_deref().is_some_and(|marker| slugs.contains(&marker));
    let found: Vec<Value> = world.posts.iter().filter(here).map(|post| shown(world, post)).collect();
    Reply::json(200, &Value::Array(found))
}

fn media(world: &World, request: &Request) -> Reply {
    let slug = request.query("slug");
    let found =
        world.media.iter().filter(|media| media.slug == slug).map(|media| attachment(world, &media.id));
    Reply::json(200, &Value::Array(found.collect()))
}

fn attachment(world: &World, id: &str) -> Value {
    json!({ "id": id.parse::<u64>().unwrap_or_default(), "source_url": format!("{}/uploads/{id}", world.base_url) })
}

fn text(fields: &Value, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn create(world: &mut World, request: &Request) -> Reply {
    let fields = request.json();
    let words = text(&fields, "content").unwrap_or_default();
    if world.is_duplicate(&words) {
        return error(422, "duplicate");
    }
    caption(world, &words);
    let slug = text(&fields, "slug").unwrap_or_default();
    let taken = |slug: &String| world.posts.iter().any(|post| post.marker.as_ref() == Some(slug));
    let slug = if taken(&slug) { format!("{slug}-2") } else { slug };
    let id = world.add(AppliedPost {
        marker: Some(slug),
        title: text(&fields, "title"),
        text: words,
        visibility: text(&fields, "status"),
        ..AppliedPost::default()
    });
    let post = world.post(&id).cloned().unwrap_or_default();
    Reply::json(201, &shown(world, &post))
}

/// Keeps the captions that the films of a page name.
fn caption(world: &mut World, words: &str) {
    for track in words.split("<track ").skip(1) {
        let said = |name: &str| {
            let (_, from) = track.split_once(&format!("{name}=\""))?;
            Some(from.split_once('"')?.0.to_owned())
        };
        let id = said("src").and_then(|url| Some(url.rsplit_once('/')?.1.to_owned())).unwrap_or_default();
        let file = world.files.get(&id).cloned().unwrap_or_default();
        let language = said("srclang").unwrap_or_default();
        world.captions.push(AppliedCaptions { id, language, label: said("label"), file });
    }
}

fn upload(world: &mut World, request: &Request) -> Reply {
    if request.body_contains("application/x-refused") {
        return error(500, "rest_upload_unknown_error");
    }
    let id = world.next_id();
    world.media.push(AppliedMedia {
        id: id.clone(),
        slug: request.form("slug"),
        alt_text: request.form("alt_text"),
        processing: 0,
    });
    let file = String::from_utf8_lossy(request.file("file").unwrap_or_default()).into_owned();
    world.files.insert(id.clone(), file);
    Reply::json(201, &attachment(world, &id))
}

fn edit(world: &mut World, request: &Request, id: &str) -> Reply {
    let fields = request.json();
    let Some(post) = world.post(id) else { return error(404, "rest_post_invalid_id") };
    post.text = text(&fields, "content").unwrap_or_default();
    post.title = text(&fields, "title");
    post.edits += 1;
    let post = post.clone();
    Reply::json(200, &shown(world, &post))
}

fn delete(world: &mut World, id: &str) -> Reply {
    match world.post(id) {
        None => error(404, "rest_post_invalid_id"),
        Some(post) if post.deleted => error(410, "rest_already_trashed"),
        Some(post) => {
            post.deleted = true;
            post.marker = post.marker.take().map(|slug| format!("{slug}__trashed"));
            let post = post.clone();
            Reply::json(200, &shown(world, &post))
        }
    }
}
