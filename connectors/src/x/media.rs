//! Uploads a message's pictures and films in pieces and waits, for as long as a try has patience, until X can show them. It
//! does not know posts; an upload that no post uses is seen by nobody.

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
    prepared::{Handing, digest_of},
};

/// X takes pieces of up to 5 MB.
const PIECE: u64 = 4 * 1024 * 1024;

const MEDIA_REFUSED: &str = "MEDIA_REFUSED";

/// An upload that X has whole.
struct Sent {
    id: String,
    of: String,
}

/// An upload as X answers for it.
#[derive(Deserialize)]
pub(super) struct Uploaded {
    pub(super) id: String,
    pub(super) processing_info: Option<Processing>,
}

/// How far X is with an upload.
#[derive(Deserialize)]
pub(super) struct Processing {
    #[serde(default)]
    state: String,
    check_after_secs: Option<u64>,
}

/// One part of a message on its way.
struct Upload<'a> {
    api: &'a Api,
    handing: &'a Handing,
    part: &'a MediaPart,
    position: usize,
    of: String,
    whose: Whose,
}

/// The ids of the message's media, in order, all ready to be shown. All are handed over before one is waited for.
pub(super) async fn upload(api: &Api, message: &Message, handing: &Handing) -> Result<Vec<String>, Failure> {
    let mut there = Vec::with_capacity(message.media.len());
    for (position, part) in message.media.iter().enumerate() {
        let whose = api.upload(&message.idempotency_key, position);
        let upload = Upload { api, handing, part, position, of: digest_of(part, ""), whose };
        let uploaded = match upload.remembered().await? {
            Some(uploaded) => uploaded,
            None => upload.send().await?,
        };
        there.push((upload, uploaded));
    }
    let mut ids = Vec::with_capacity(there.len());
    for (upload, Uploaded { id, processing_info }) in there {
        upload.wait_until_ready(&id, processing_info).await?;
        // X describes pictures only.
        if let Some(alt_text) = upload.part.alt_text.as_deref().filter(|_| !is_film(&upload.part.media_type))
        {
            let described = description(&id, alt_text);
            api.call(Method::POST, "/2/media/metadata", &[], Body::Json(&described)).await?;
        }
        subtitles::attach(api, handing, upload.part, &id).await?;
        ids.push(id);
    }
    Ok(ids)
}

impl Upload<'_> {
    /// What an earlier attempt sent whole: it goes on where that stopped. None is left where X does not know it any more.
    async fn remembered(&self) -> Result<Option<Uploaded>, Failure> {
        // What this process knows of an attempt that failed, or what any attempt that ended in order noted.
        let here = self.api.uploads().get::<Sent>(self.whose).filter(|sent| sent.of == self.of);
        let id = here.map(|sent| sent.id.clone()).or_else(|| self.handing.kept(self.position, &self.of));
        let Some(id) = id.filter(|id| is_id(id)) else { return Ok(None) };
        match ask(self.api, &id).await {
            Ok(processing_info) => Ok(Some(Uploaded { id, processing_info })),
            Err(failure) if failure.verdict == Verdict::Refused => {
                self.forget();
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    async fn send(&self) -> Result<Uploaded, Failure> {
        let uploaded = send(self.api, self.part).await?;
        self.api.uploads().keep(self.whose, Arc::new(Sent { id: uploaded.id.clone(), of: self.of.clone() }));
        self.handing.keep(self.position, &self.of, uploaded.id.as_str());
        Ok(uploaded)
    }

    async fn wait_until_ready(&self, id: &str, begun: Option<Processing>) -> Result<(), Failure> {
        let ready = wait_until_ready(self.api, self.handing, id, begun).await;
        if ready.as_ref().is_err_and(|failure| failure.cause.code == MEDIA_REFUSED) {
            self.forget();
        }
        ready
    }

    fn forget(&self) {
        self.api.uploads().forget(self.whose);
        self.handing.forget(self.position);
    }
}

/// Uploads a file whole.
pub(super) async fn send(api: &Api, part: &MediaPart) -> Result<Uploaded, Failure> {
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
    let processing_info = data::<Uploaded>(&answer)?.processing_info;
    Ok(Uploaded { id, processing_info })
}

/// Ends when the try's patience does. X says itself when to ask.
pub(super) async fn wait_until_ready(
    api: &Api,
    handing: &Handing,
    id: &str,
    begun: Option<Processing>,
) -> Result<(), Failure> {
    let mut processing = begun;
    while let Some(now) = processing {
        match now.state.as_str() {
            "succeeded" => return Ok(()),
            "failed" => {
                return Err(Failure::refused(MEDIA_REFUSED, "the platform could not process a file"));
            }
            _ => handing.pause(now.check_after_secs.map(Duration::from_secs)).await?,
        }
        processing = ask(api, id).await?;
    }
    Ok(())
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

async fn ask(api: &Api, id: &str) -> Result<Option<Processing>, Failure> {
    let query = [("command", "STATUS"), ("media_id", id)];
    let answer = api.call(Method::GET, "/2/media/upload", &query, Body::None).await?;
    Ok(data::<Uploaded>(&answer)?.processing_info)
}
