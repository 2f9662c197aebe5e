//! The captions of films: listed, added with their file in one request, replaced and taken away. It does not know films.

use serde_json::{Value, json};

use super::{error, text};
use crate::fake::{
    request::{Reply, Request},
    world::{AppliedCaptions, World},
};

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    match request.method.as_str() {
        "GET" => list(world),
        "POST" => insert(world, request),
        "PUT" => replace(world, request),
        _ => delete(world, request),
    }
}

fn shown(captions: &AppliedCaptions) -> Value {
    json!({ "id": captions.id, "snippet": {
        "language": captions.language, "name": captions.label.as_deref().unwrap_or_default(),
        "trackKind": "standard", "status": "serving", "isDraft": false,
    } })
}

/// Among them what YouTube has made of the film's sound, in a language that may be given too.
fn list(world: &World) -> Reply {
    let mut items: Vec<Value> = world.captions.iter().map(shown).collect();
    items.push(json!({ "id": "asr", "snippet": { "language": "en", "name": "", "trackKind": "ASR", "status": "serving" } }));
    Reply::json(200, &json!({ "items": items }))
}

/// What is said and the file, of a request in two parts.
fn parts(request: &Request) -> Option<(Value, String)> {
    let (kind, boundary) = request.header("content-type")?.split_once("; boundary=")?;
    let body = String::from_utf8_lossy(request.bytes()).into_owned();
    let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    let [_, said, file, _] = parts.as_slice() else { return None };
    let content = |part: &str| Some(part.split_once("\r\n\r\n")?.1.strip_suffix("\r\n")?.to_owned());
    let said = serde_json::from_str(&content(said)?).ok()?;
    Some((said, content(file)?)).filter(|_| kind == "multipart/related")
}

fn insert(world: &mut World, request: &Request) -> Reply {
    let Some((said, file)) = parts(request) else { return error(400, "contentRequired") };
    let of = text(&said, "/snippet/videoId").unwrap_or_default();
    if world.post(&of).is_none_or(|post| post.deleted) {
        return error(404, "videoNotFound");
    }
    let (Some(language), Some(name)) = (text(&said, "/snippet/language"), text(&said, "/snippet/name"))
    else {
        return error(400, "invalidMetadata");
    };
    let label = Some(name).filter(|name| !name.is_empty());
    if world.captions.iter().any(|there| there.language == language && there.label == label) {
        return error(409, "captionExists");
    }
    let id = world.next_id();
    let captions = AppliedCaptions { id, language, label, file };
    let reply = Reply::json(200, &shown(&captions));
    world.captions.push(captions);
    reply
}

fn replace(world: &mut World, request: &Request) -> Reply {
    let Some((said, file)) = parts(request) else { return error(400, "contentRequired") };
    let id = text(&said, "/id").unwrap_or_default();
    let Some(captions) = world.captions.iter_mut().find(|there| there.id == id) else {
        return error(404, "captionNotFound");
    };
    captions.file = file;
    Reply::json(200, &shown(captions))
}

fn delete(world: &mut World, request: &Request) -> Reply {
    let id = request.query("id");
    world.captions.retain(|there| Some(&there.id) != id.as_ref());
    Reply::raw(204, Vec::new())
}
