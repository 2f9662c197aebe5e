//! Uploads a message's pictures and films in pieces and waits, within bounds, until X can show them. It does not know posts;
//! an upload that no post uses is seen by nobody.

use std::{sync::Arc, time::Duration};

use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    api::{Api, Body},
    failure::data,
    post::{GIF, is_film, is_id},
    subtitles,
};
use crate::{
    http::{
        failure::{Failure, Verdict},
        sessions::Whose,
    },
    message::{Caption, MediaPart, Message},
};

/// X takes pieces of up to 5 MB.
const PIECE: u64 = 4 * 1024 * 1024;

const MEDIA_REFUSED: &str = "MEDIA_REFUSED";

/// An upload that X has whole.
struct Sent {
    id: String,
    sha256: String,
}

#[derive(Deserialize)]
struct Uploaded {
    id: String,
    processing_info: Option<Processing>,
}

#[derive(Deserialize)]
struct Processing {
    #[serde(default)]
    state: String,
    check_after_secs: Option<u64>,
}

/// The ids of the message's media, in order, all ready to be shown.
pub(super) async fn upload(api: &Api, message: &Message) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::with_capacity(message.media.len());
    for (position, part) in message.media.iter().enumerate() {
        let whose = api.upload(&message.idempotency_key, position);
        let id = match remembered(api, whose, part).await? {
            Some(id) => id,
            None => send(api, part, whose).await?,
        };
        // X describes pictures only.
        if let Some(alt_text) = part.alt_text.as_deref().filter(|_| !is_film(&part.media_type)) {
            let described = description(&id, alt_text);
            api.call(Method::POST, "/2/media/metadata", &[], Body::Json(&described)).await?;
        }
        subtitles::attach(api, message, part, &id).await?;
        ids.push(id);
    }
    Ok(ids)
}

/// What an earlier attempt sent whole: it goes on where that stopped. None is left where X does not know it any more.
async fn remembered(api: &Api, whose: Whose, part: &MediaPart) -> Result<Option<String>, Failure> {
    let Some(sent) = api.uploads().get::<Sent>(whose).filter(|sent| sent.sha256 == part.sha256) else {
        return Ok(None);
    };
    let ready = match ask(api, &sent.id).await {
        Ok(processing) => wait_until_ready(api, &sent.id, processing).await,
        Err(failure) => Err(failure),
    };
    match ready {
        Ok(()) => Ok(Some(sent.id.clone())),
        Err(failure) if failure.verdict == Verdict::Refused => {
            api.uploads().forget(whose);
            // A file that cannot be processed is no better when it is sent again.
            if failure.cause.code == MEDIA_REFUSED { Err(failure) } else { Ok(None) }
        }
        Err(failure) => Err(failure),
    }
}

/// After a request that may have used them: whether an upload can be used twice is not known.
pub(super) fn forget(api: &Api, message: &Message) {
    for position in 0..message.media.len() {
        api.uploads().forget(api.upload(&message.idempotency_key, position));
    }
}

/// What an upload is announced with.
pub(super) fn announcement(part: &MediaPart) -> Value {
    let category = match part.media_type.as_str() {
        GIF => "tweet_gif",
        film if is_film(film) => "tweet_video",
        Caption::MEDIA_TYPE => "subtitles",
        _ => "tweet_image",
    };
    json!({ "media_type": part.media_type, "media_category": category, "total_bytes": part.content.length() })
}

/// What gives a picture its alternative text.
pub(super) fn description(id: &str, alt_text: &str) -> Value {
    json!({ "id": id, "metadata": { "alt_text": { "text": alt_text } } })
}

pub(super) async fn send(api: &Api, part: &MediaPart, whose: Whose) -> Result<String, Failure> {
    let announced = announcement(part);
    let answer = api.call(Method::POST, "/2/media/upload/initialize", &[], Body::Json(&announced)).await?;
    let id = data::<Uploaded>(&answer)?.id;
    // It becomes a part of an address.
    if !is_id(&id) {
        return Err(Failure::not_sent("GARBAGE_ANSWER", "the platform's answer cannot be read"));
    }
    append(api, part, &id).await?;
    let route = format!("/2/media/upload/{id}/finalize");
    let answer = api.call(Method::POST, &route, &[], Body::None).await?;
    let processing = data::<Uploaded>(&answer)?.processing_info;
    api.uploads().keep(whose, Arc::new(Sent { id: id.clone(), sha256: part.sha256.clone() }));
    wait_until_ready(api, &id, processing).await?;
    Ok(id)
}

async fn append(api: &Api, part: &MediaPart, id: &str) -> Result<(), Failure> {
    let route = format!("/2/media/upload/{id}/append");
    let (mut from, mut segment) = (0, 0_u32);
    loop {
        let piece = part.content.piece(from, PIECE).await?;
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if length == 0 {
            return Ok(());
        }
        let file = Part::stream_with_length(piece, length)
            .file_name(part.file_name.clone())
            .mime_str("application/octet-stream")
            .map_err(|_unreadable| Failure::refused("MEDIA_TYPE_INVALID", "the media type is not one"))?;
        let form = Form::new().text("segment_index", segment.to_string()).part("media", file);
        api.call(Method::POST, &route, &[], Body::Form(form)).await?;
        from += length;
        segment += 1;
    }
}

/// Ends with the preparation's limit at the latest.
async fn wait_until_ready(api: &Api, id: &str, processing: Option<Processing>) -> Result<(), Failure> {
    let mut processing = processing;
    while let Some(now) = processing {
        match now.state.as_str() {
            "succeeded" => return Ok(()),
            "failed" => {
                return Err(Failure::refused(MEDIA_REFUSED, "the platform could not process a file"));
            }
            _ => tokio::time::sleep(pause(&now, api.limits().poll_every)).await,
        }
        processing = ask(api, id).await?;
    }
    Ok(())
}

async fn ask(api: &Api, id: &str) -> Result<Option<Processing>, Failure> {
    let query = [("command", "STATUS"), ("media_id", id)];
    let answer = api.call(Method::GET, "/2/media/upload", &query, Body::None).await?;
    Ok(data::<Uploaded>(&answer)?.processing_info)
}

/// As long as X asks for, and never less than our own pause.
fn pause(processing: &Processing, least: Duration) -> Duration {
    processing.check_after_secs.map(Duration::from_secs).unwrap_or_default().max(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_says_when_to_ask_again() {
        let least = Duration::from_secs(1);
        for (check_after_secs, seconds) in [(None, 1), (Some(0), 1), (Some(5), 5)] {
            let processing = Processing { state: "pending".to_owned(), check_after_secs };
            assert_eq!(pause(&processing, least), Duration::from_secs(seconds));
        }
    }
}
