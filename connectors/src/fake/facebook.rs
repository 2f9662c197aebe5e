//! Enough of the Graph API for a connector: a Page, its posts in pages, unpublished photos. Shapes are Meta's documented ones.

mod comments;

use serde_json::{Value, json};

use super::{
    Call, SECRET,
    request::{Reply, Request},
    world::{AppliedMedia, AppliedPost, World},
};

/// The one Page that it knows.
pub(super) const PAGE: &str = "104520000000017";
const VERSION: &str = "v26.0";

pub(super) fn call(request: &Request) -> Call {
    match request.route() {
        ("POST", route) if route.ends_with(&["feed"]) || route.ends_with(&["comments"]) => Call::Create,
        ("POST", route) if route.ends_with(&["photos"]) => Call::Media,
        ("POST", _) => Call::Edit,
        ("DELETE", _) => Call::Delete,
        _ => Call::Read,
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let (method, route) = request.route();
    let [VERSION, route @ ..] = route.as_slice() else { return error(400, 2500, None) };
    // A token in an address would be in every log.
    let known = request.header("authorization") == Some(format!("Bearer {SECRET}").as_str());
    if !known || world.refuses_credential || request.query("access_token").is_some() {
        return error(401, 190, Some(463));
    }
    match (method, route) {
        ("GET", ["me"]) => Reply::json(200, &json!({ "id": PAGE })),
        ("GET", [PAGE]) => Reply::json(
            200,
            &json!({ "id": PAGE, "name": "Press office", "username": world.handle,
                "link": format!("https://www.facebook.com/{}", world.handle), "about": "Run by the press office" }),
        ),
        ("GET", [PAGE, "published_posts"]) => list(world, request),
        ("POST", [PAGE, "feed"]) => create(world, &request.json()),
        ("POST", [PAGE, "photos"]) => upload(world, request),
        ("POST", [root, "comments"]) => comments::create(world, root, &request.json()),
        ("GET", [root, "comments"]) => comments::list(world, root, request),
        ("GET", [PAGE, "tagged"]) => comments::tagged(world, request),
        ("GET", [id]) => comments::shown(world, id).unwrap_or_else(|| shown(world, id)),
        ("POST", [id]) => change(world, id, |post| {
            post.text = text(&request.json(), "message").unwrap_or_default();
            post.edits += 1;
        }),
        ("DELETE", [id]) => change(world, id, |post| post.deleted = true),
        _ => error(400, 100, None),
    }
}

fn error(status: u16, code: u32, subcode: Option<u32>) -> Reply {
    let error = json!({ "message": "…", "type": "OAuthException", "code": code, "error_subcode": subcode,
        "fbtrace_id": "A1b2" });
    Reply::json(status, &json!({ "error": error }))
}

fn text(fields: &Value, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// `PAGE_POST`, and of a comment `POST_COMMENT`. An answer stays when what it answers is gone.
fn here<'a>(world: &'a mut World, id: &str) -> Option<&'a mut AppliedPost> {
    let (above, own) = id.split_once('_')?;
    let stands =
        |post: &AppliedPost| post.answers.is_some() || post.follows.as_deref().unwrap_or(PAGE) == above;
    let is = |post: &AppliedPost| !post.deleted && stands(post);
    world.post(own).filter(|post| is(post))
}

fn shown(world: &mut World, id: &str) -> Reply {
    let Some(post) = here(world, id).cloned() else { return error(400, 100, Some(33)) };
    let photo = json!({ "media_type": "photo" });
    let attached = match post.media.len() {
        0 if post.follows.is_some() || post.answers.is_some() => json!([]),
        0 => json!([{ "media_type": "link" }]),
        1 => json!([photo]),
        many => json!([{ "media_type": "album", "subattachments": { "data": vec![photo; many] } }]),
    };
    let total = |count: u64| json!({ "data": [], "summary": { "total_count": count } });
    let counts = post.counts;
    Reply::json(
        200,
        &json!({ "id": id, "message": post.text, "is_published": post.visibility.is_none(),
            "attachments": { "data": attached }, "shares": { "count": counts.shares },
            "reactions": total(counts.likes), "comments": total(counts.replies) }),
    )
}

fn change(world: &mut World, id: &str, change: impl FnOnce(&mut AppliedPost)) -> Reply {
    match here(world, id) {
        Some(post) => {
            change(post);
            Reply::json(200, &json!({ "success": true }))
        }
        None => error(400, 100, Some(33)),
    }
}

/// Newest first; the cursor is the last id that was shown.
fn list(world: &World, request: &Request) -> Reply {
    let number = |name: &str| request.query(name).and_then(|value| value.parse::<i64>().ok());
    let (since, before) = (number("since").unwrap_or_default(), number("after").unwrap_or(i64::MAX));
    let limit = number("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(25);
    let shown = |post: &&AppliedPost| {
        !post.deleted
            && post.follows.is_none()
            && post.answers.is_none()
            && post.created_at.timestamp() >= since
            && post.id.parse::<i64>().is_ok_and(|id| id < before)
    };
    let mut left: Vec<&AppliedPost> = world.posts.iter().rev().filter(shown).collect();
    let more = left.len() > limit;
    left.truncate(limit);
    let items = left.iter().map(|post| item(world, post, &request.query("fields").unwrap_or_default()));
    let mut answer = json!({ "data": items.collect::<Value>() });
    if let (Some(last), Some(answer)) = (left.last(), answer.as_object_mut()) {
        let mut paging = json!({ "cursors": { "before": "0", "after": last.id } });
        if let (true, Some(paging)) = (more, paging.as_object_mut()) {
            let next = format!("https://graph.facebook.com/{VERSION}/{PAGE}/published_posts?access_token=no");
            paging.insert("next".to_owned(), next.into());
        }
        answer.insert("paging".to_owned(), paging);
    }
    Reply::json(200, &answer)
}

fn item(world: &World, post: &AppliedPost, fields: &str) -> Value {
    let mut item = json!({
        "id": format!("{PAGE}_{}", post.id),
        "created_time": post.created_at.format("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        "permalink_url": format!("https://www.facebook.com/{PAGE}/posts/{}", post.id),
    });
    let backwards = fields.contains("order(reverse_chronological)");
    let newest =
        fields.contains("comments.filter(stream)").then(|| comments::newest(world, &post.id, backwards));
    // A post without words has no such field, and one without comments neither.
    let words = Some(Value::from(post.text.as_str())).filter(|_| !post.text.is_empty());
    let told = [("message", words), ("comments", newest.flatten())];
    if let Some(item) = item.as_object_mut() {
        item.extend(told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    item
}

fn create(world: &mut World, fields: &Value) -> Reply {
    let words = text(fields, "message").unwrap_or_default();
    let attached = fields.get("attached_media").and_then(Value::as_array);
    let media: Vec<String> =
        attached.into_iter().flatten().filter_map(|part| text(part, "media_fbid")).collect();
    let there = |id: &String| world.media.iter().any(|media| media.id == *id);
    let nothing = words.is_empty() && media.is_empty() && fields.get("link").is_none();
    if nothing || !media.iter().all(there) {
        return error(400, 100, None);
    }
    if world.is_duplicate(&words) {
        return error(400, 506, None);
    }
    let record = Some(fields.clone());
    let id = world.add(AppliedPost { text: words, media, record, ..AppliedPost::default() });
    Reply::json(200, &json!({ "id": format!("{PAGE}_{id}") }))
}

fn upload(world: &mut World, request: &Request) -> Reply {
    // A published photo would be a post.
    if request.form("published").as_deref() != Some("false") {
        return error(400, 100, None);
    }
    let id = world.next_id();
    let alt_text = request.form("alt_text_custom");
    world.media.push(AppliedMedia { id: id.clone(), slug: None, alt_text, processing: 0 });
    Reply::json(200, &json!({ "id": id }))
}
