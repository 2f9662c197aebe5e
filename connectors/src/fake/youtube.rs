//! Enough of YouTube's Data API for a connector: one channel with its list of uploads, uploads that take pieces in order and
//! make a film of the last one, captions, and comments. It does not know playlists of people or live films.

mod captions;
mod comments;

use serde_json::{Value, json};

use super::{
    Call, SECRET,
    request::{Reply, Request},
    world::{AppliedPost, Counts, World},
};

const CHANNEL: &str = "UCpress";
const UPLOADS: &str = "UUpress";
/// Pieces but the last have a multiple of this.
const GRAIN: usize = 256 * 1024;

/// What the platform has for its channel beside the films.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a list of independent switches, not a state")]
pub(super) struct Studio {
    pub(super) without_channel: bool,
    /// It lists films, and shows none.
    pub(super) withholds: bool,
    pub(super) uploads: Vec<Upload>,
    /// Method and target of what it was asked, with the parameters.
    pub(super) asked: Vec<String>,
    /// Another site that it tells for uploads.
    pub(super) upload_place: Option<String>,
    /// It holds back the channel's answers, and lists none of them.
    pub(super) holds: bool,
    /// Of what stands below a comment, it gives the first page for every other.
    pub(super) repeats: bool,
    /// What becomes of a film.
    pub(super) film_status: Option<Value>,
}

/// One upload.
#[derive(Debug)]
pub(super) struct Upload {
    id: String,
    /// What is said of the film.
    asked: Value,
    length: usize,
    pub(super) content: Vec<u8>,
    /// The film that it became.
    film: Option<String>,
}

/// What a piece says of itself.
enum Range {
    /// From, to and past its end.
    Piece(usize, usize),
    /// None: a question.
    Question,
}

/// The range, and the length of the whole.
fn range(request: &Request) -> Option<(Range, usize)> {
    let (range, length) = request.header("content-range")?.strip_prefix("bytes ")?.split_once('/')?;
    let length = length.parse().ok()?;
    let Some((from, last)) = range.split_once('-') else {
        return (range == "*").then_some((Range::Question, length));
    };
    Some((Range::Piece(from.parse().ok()?, last.parse::<usize>().ok()?.checked_add(1)?), length))
}

pub(super) fn call(request: &Request) -> Call {
    let (method, route) = request.route();
    match (method, route.first()) {
        ("PUT", Some(&"upload")) => match range(request) {
            Some((Range::Piece(_, end), length)) if end == length => Call::Create,
            Some((Range::Question, _)) => Call::Read,
            _ => Call::Media,
        },
        ("POST", Some(&"youtube")) => Call::Create,
        ("POST", _) => Call::Media,
        ("PUT", _) => Call::Edit,
        ("DELETE", _) => Call::Delete,
        _ => Call::Read,
    }
}

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    world.studio.asked.push(format!("{} {}{query}", request.method, request.url.path()));
    let known = request.header("authorization") == Some(format!("Bearer {SECRET}").as_str());
    if !known || world.refuses_credential {
        return error(401, "authError");
    }
    let (method, route) = request.route();
    match (method, route.as_slice()) {
        (_, [.., "v3", "captions"]) => captions::handle(world, request),
        ("GET", ["youtube", "v3", "channels"]) => channels(world),
        ("GET", ["youtube", "v3", "playlistItems"]) => list(world, request),
        ("GET", ["youtube", "v3", "videos"]) => films(world, request),
        ("GET", ["youtube", "v3", "commentThreads"]) => comments::threads(world, request),
        (_, ["youtube", "v3", "comments"]) => comments::handle(world, request),
        ("PUT", ["youtube", "v3", "videos"]) => change(world, &request.json()),
        ("DELETE", ["youtube", "v3", "videos"]) => delete(world, request),
        ("POST", ["upload", "youtube", "v3", "videos"]) => begin(world, request),
        ("PUT", ["upload", "youtube", "v3", "videos"]) => take(world, request),
        _ => error(404, "notFound"),
    }
}

pub(super) fn error(status: u16, reason: &str) -> Reply {
    let errors = json!([{ "domain": "youtube", "reason": reason, "message": "…" }]);
    Reply::json(status, &json!({ "error": { "code": status, "message": "…", "errors": errors } }))
}

fn text(fields: &Value, pointer: &str) -> Option<String> {
    fields.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
}

fn channels(world: &World) -> Reply {
    if world.studio.without_channel {
        return Reply::json(200, &json!({ "kind": "youtube#channelListResponse" }));
    }
    let channel = json!({
        "id": CHANNEL,
        "snippet": { "title": "Press office", "customUrl": format!("@{}", world.handle), "description": "Run by the" },
        "contentDetails": { "relatedPlaylists": { "uploads": UPLOADS } },
        "brandingSettings": { "channel": { "description": "Run by the press office" } },
    });
    Reply::json(200, &json!({ "kind": "youtube#channelListResponse", "items": [channel] }))
}

fn page<'a>(request: &Request, all: impl Iterator<Item = &'a Value>) -> (Vec<&'a Value>, Option<String>) {
    let number = |name| request.query(name).and_then(|given| given.parse::<usize>().ok());
    let (start, most) = (number("pageToken").unwrap_or(0), number("maxResults").unwrap_or(5));
    let mut rest: Vec<&Value> = all.skip(start).take(most + 1).collect();
    let more = rest.len() > most;
    rest.truncate(most);
    (rest, more.then(|| (start + most).to_string()))
}

fn list(world: &World, request: &Request) -> Reply {
    if request.query("playlistId").as_deref() != Some(UPLOADS) {
        return error(404, "playlistNotFound");
    }
    let item = |post: &AppliedPost| json!({ "snippet": { "publishedAt": post.created_at }, "contentDetails": { "videoId": post.id } });
    let items: Vec<Value> = world.posts.iter().rev().filter(|post| is_film(post)).map(item).collect();
    let (items, next) = page(request, items.iter());
    Reply::json(200, &json!({ "items": items, "nextPageToken": next }))
}

/// What is there and answers no comment.
fn is_film(post: &AppliedPost) -> bool {
    !post.deleted && post.answers.is_none()
}

/// A foreign film has no record: its words stand for themselves.
fn shown(post: &AppliedPost) -> Value {
    let mut shown = post.record.clone().unwrap_or_else(|| {
        json!({ "snippet": { "title": "Another", "description": post.text },
            "status": { "uploadStatus": "processed", "privacyStatus": "public" } })
    });
    if let Some(snippet) = shown.get_mut("snippet").and_then(Value::as_object_mut) {
        snippet.insert("publishedAt".to_owned(), json!(post.created_at));
        snippet.insert("channelId".to_owned(), CHANNEL.into());
        snippet.entry("categoryId").or_insert_with(|| "22".into());
    }
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("id".to_owned(), post.id.as_str().into());
    }
    shown
}

fn films(world: &World, request: &Request) -> Reply {
    let ids = request.query("id").unwrap_or_default();
    let ids: Vec<&str> = ids.split(',').collect();
    if ids.len() > 50 {
        return error(400, "invalidFilters");
    }
    let asked =
        |post: &&AppliedPost| is_film(post) && !world.studio.withholds && ids.contains(&post.id.as_str());
    let counted = |post: &AppliedPost| {
        let (mut film, Counts { likes, replies, .. }) = (shown(post), post.counts);
        let mut counts = json!({ "viewCount": "41", "likeCount": likes.to_string(), "favoriteCount": "0" });
        // A film that nobody may comment on has no such count.
        if let Some(counts) = counts.as_object_mut().filter(|_| replies > 0) {
            counts.insert("commentCount".to_owned(), replies.to_string().into());
        }
        if let Some(fields) = film.as_object_mut() {
            fields.insert("statistics".to_owned(), counts);
        }
        film
    };
    let items: Vec<Value> = world.posts.iter().filter(asked).map(counted).collect();
    Reply::json(200, &json!({ "items": items }))
}

fn change(world: &mut World, asked: &Value) -> Reply {
    let id = text(asked, "/id").unwrap_or_default();
    let Some(post) = world.post(&id).filter(|post| is_film(post)) else {
        return error(404, "videoNotFound");
    };
    if text(asked, "/snippet/categoryId").is_none() {
        return error(400, "invalidCategoryId");
    }
    // What is not named is forgotten.
    if let (Some(record), Some(snippet)) = (post.record.as_mut(), asked.get("snippet")) {
        record.as_object_mut().map(|fields| fields.insert("snippet".to_owned(), snippet.clone()));
    }
    post.text = text(asked, "/snippet/description").unwrap_or_default();
    post.title = text(asked, "/snippet/title");
    post.edits += 1;
    Reply::json(200, &shown(post))
}

fn delete(world: &mut World, request: &Request) -> Reply {
    let id = request.query("id").unwrap_or_default();
    match world.post(&id).filter(|post| is_film(post)) {
        Some(post) => {
            post.deleted = true;
            Reply::raw(204, Vec::new())
        }
        None => error(404, "videoNotFound"),
    }
}

fn begin(world: &mut World, request: &Request) -> Reply {
    let asked = request.json();
    let length = request.header("x-upload-content-length").and_then(|length| length.parse().ok());
    let Some(length) = length.filter(|_| request.query("uploadType").as_deref() == Some("resumable")) else {
        return error(400, "mediaBodyRequired");
    };
    if text(&asked, "/snippet/title").is_none_or(|title| title.is_empty() || title.contains(['<', '>'])) {
        return error(400, "invalidTitle");
    }
    let id = world.next_id();
    let place = world.studio.upload_place.clone().unwrap_or_else(|| world.base_url.clone());
    let place = format!("{place}/upload/youtube/v3/videos?uploadType=resumable&upload_id={id}");
    world.studio.uploads.push(Upload { id, asked, length, content: Vec::new(), film: None });
    Reply::raw(200, Vec::new()).with("Location", place)
}

fn take(world: &mut World, request: &Request) -> Reply {
    let id = request.query("upload_id");
    let Some((range, length)) = range(request) else { return error(400, "badContentRange") };
    if request.header("content-length").is_none() {
        return error(411, "lengthRequired");
    }
    let upload = world.studio.uploads.iter_mut().find(|upload| Some(&upload.id) == id.as_ref());
    let Some(upload) = upload.filter(|upload| upload.length == length) else {
        return error(404, "notFound");
    };
    if let Some(film) = upload.film.clone() {
        return world.post(&film).map_or_else(|| error(410, "gone"), |post| Reply::json(200, &shown(post)));
    }
    if let Range::Piece(from, end) = range {
        let sent = request.bytes();
        let whole = end == length || sent.len().is_multiple_of(GRAIN);
        if from != upload.content.len() || end != from + sent.len() || !whole {
            return error(400, "badContentRange");
        }
        upload.content.extend_from_slice(sent);
    }
    if upload.content.len() == length {
        return make(world, id.as_deref().unwrap_or_default());
    }
    let incomplete = Reply::raw(308, Vec::new());
    match upload.content.len() {
        0 => incomplete,
        has => incomplete.with("Range", format!("bytes=0-{}", has - 1)),
    }
}

/// Makes a film of an upload that is whole.
fn make(world: &mut World, id: &str) -> Reply {
    let Some(upload) = world.studio.uploads.iter().find(|upload| upload.id == id) else {
        return error(404, "notFound");
    };
    let mut record = upload.asked.clone();
    let words = text(&record, "/snippet/description").unwrap_or_default();
    let rejected = world.is_duplicate(&words);
    let become_of = match &world.studio.film_status {
        _ if rejected => json!({ "uploadStatus": "rejected", "rejectionReason": "duplicate" }),
        Some(status) => status.clone(),
        None => json!({ "uploadStatus": "uploaded" }),
    };
    let hidden = text(&become_of, "/uploadStatus").as_deref() != Some("uploaded");
    if let (Some(status), Some(more)) =
        (record.get_mut("status").and_then(Value::as_object_mut), become_of.as_object())
    {
        status.extend(more.clone());
    }
    let film = world.add(AppliedPost {
        marker: text(&record, "/snippet/tags/0"),
        title: text(&record, "/snippet/title"),
        // What is not shown says nothing to anybody.
        text: if hidden { String::new() } else { words },
        language: text(&record, "/snippet/defaultLanguage"),
        visibility: text(&record, "/status/privacyStatus"),
        record: Some(record),
        ..AppliedPost::default()
    });
    if let Some(upload) = world.studio.uploads.iter_mut().find(|upload| upload.id == id) {
        upload.film = Some(film.clone());
    }
    world.post(&film).map_or_else(|| error(500, "backendError"), |post| Reply::json(200, &shown(post)))
}
