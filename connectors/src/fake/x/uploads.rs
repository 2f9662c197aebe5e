//! Uploads in pieces, as X takes them: announced, appended in order, ended, and processed for a while. It does not know posts.

use serde_json::{Value, json};

use super::{error, invalid, with};
use crate::fake::{
    request::{Reply, Request},
    world::{AppliedCaptions, AppliedMedia, World},
};

/// Nothing came for this upload yet, or not all.
const OPEN: u32 = u32::MAX;

pub(super) fn handle(world: &mut World, request: &Request) -> Reply {
    let (method, route) = request.route();
    match (method, route.as_slice()) {
        ("POST", [_, _, "metadata"]) => describe(world, &request.json()),
        ("POST", [_, _, "subtitles"]) => caption(world, &request.json()),
        ("POST", [_, _, "upload", "initialize"]) => initialize(world, &request.json()),
        ("POST", [_, _, "upload", id, "append"]) => append(world, request, id),
        ("POST", [_, _, "upload", id, "finalize"]) => finalize(world, id),
        ("GET", [_, _, "upload"]) => status(world, &request.query("media_id").unwrap_or_default()),
        _ => error(404, "Not Found", "about:blank"),
    }
}

fn initialize(world: &mut World, asked: &Value) -> Reply {
    if asked["media_category"].as_str().is_none() || asked["total_bytes"].as_u64().is_none() {
        return invalid();
    }
    let id = world.next_id();
    // The slug keeps how much is still to come, and the next piece's number.
    let slug = Some(format!("{}/0", asked["total_bytes"]));
    world.media.push(AppliedMedia { id: id.clone(), slug, alt_text: None, processing: OPEN });
    Reply::json(
        202,
        &json!({ "data": { "id": id, "media_key": format!("3_{id}"), "expires_after_secs": 86_400 } }),
    )
}

fn append(world: &mut World, request: &Request, id: &str) -> Reply {
    let Some(media) = world.media.iter_mut().find(|media| media.id == id) else { return invalid() };
    let kept = media.slug.clone().unwrap_or_default();
    let (left, next) = kept.split_once('/').unwrap_or_default();
    let (left, next) = (left.parse::<usize>().unwrap_or(0), next.parse::<u32>().unwrap_or(0));
    let length = request.file("media").map_or(0, <[u8]>::len);
    if request.form("segment_index") != Some(next.to_string()) || length == 0 || length > left {
        return invalid();
    }
    media.slug = Some(format!("{}/{}", left - length, next + 1));
    let piece = String::from_utf8_lossy(request.file("media").unwrap_or_default()).into_owned();
    world.files.entry(id.to_owned()).or_default().push_str(&piece);
    Reply::raw(204, Vec::new())
}

fn finalize(world: &mut World, id: &str) -> Reply {
    let processing = world.processing;
    let Some(media) = world.media.iter_mut().find(|media| media.id == id) else { return invalid() };
    if !media.slug.as_deref().is_some_and(|left| left.starts_with("0/")) {
        return invalid();
    }
    media.processing = processing;
    Reply::json(200, &json!({ "data": told(media) }))
}

fn status(world: &mut World, id: &str) -> Reply {
    let Some(media) = world.media.iter_mut().find(|media| media.id == id && media.processing != OPEN) else {
        return invalid();
    };
    media.processing = media.processing.saturating_sub(1);
    Reply::json(200, &json!({ "data": told(media) }))
}

fn told(media: &AppliedMedia) -> Value {
    let told = json!({ "id": media.id, "media_key": format!("3_{}", media.id), "size": 1 });
    if media.processing == 0 {
        return told;
    }
    with(
        told,
        "processing_info",
        json!({ "state": "in_progress", "check_after_secs": 0, "progress_percent": 8 }),
    )
}

fn describe(world: &mut World, asked: &Value) -> Reply {
    let text = asked.pointer("/metadata/alt_text/text").and_then(Value::as_str).map(str::to_owned);
    match world.media.iter_mut().find(|media| asked["id"] == media.id.as_str()) {
        Some(media) if text.is_some() => {
            media.alt_text = text;
            Reply::json(200, &json!({ "data": { "id": media.id } }))
        }
        _ => invalid(),
    }
}

/// Hangs an upload that is whole on a film that is.
fn caption(world: &mut World, asked: &Value) -> Reply {
    let text = |pointer: &str| asked.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let whole = |id: &Option<String>| {
        world.media.iter().any(|media| Some(&media.id) == id.as_ref() && media.processing == 0)
    };
    let (of, id) = (text("/id"), text("/subtitles/id"));
    let known = text("/media_category").as_deref() == Some("TweetVideo") && whole(&of) && whole(&id);
    let (Some(id), Some(language), true) = (id, text("/subtitles/language_code"), known) else {
        return invalid();
    };
    let file = world.files.get(&id).cloned().unwrap_or_default();
    world.captions.push(AppliedCaptions { id, language, label: text("/subtitles/display_name"), file });
    Reply::json(200, &json!({ "data": { "id": of, "media_category": "TweetVideo" } }))
}
