//! Uploads a message's media and waits, within bounds, until the server has processed them. An upload can be
//! used once, so every attempt makes its own; the server removes unused ones. It does not know statuses.

use reqwest::{
    Method,
    multipart::{Form, Part},
};

use super::{
    server::{Body, Server},
    wire::Media,
};
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
};

/// The ids of the message's media, in order, all ready to be used.
pub(super) async fn upload(server: &Server, message: &Message) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::with_capacity(message.media.len());
    for part in &message.media {
        ids.push(send(server, part).await?);
    }
    Ok(ids)
}

async fn send(server: &Server, part: &MediaPart) -> Result<String, Failure> {
    let file = Part::stream_with_length(part.content.body(), part.content.length())
        .file_name(part.file_name.clone())
        .mime_str(&part.media_type)
        .map_err(|_unreadable| Failure::refused("MEDIA_TYPE_INVALID", "the media type is not one"))?;
    let mut form = Form::new().part("file", file);
    if let Some(alt_text) = &part.alt_text {
        form = form.text("description", alt_text.clone());
    }
    let answer = server.call(Method::POST, "/api/v2/media", &[], Body::Form(form)).await?;
    let media: Media = answer.json()?;
    if answer.status != 200 {
        wait_until_ready(server, &media.id).await?;
    }
    Ok(media.id)
}

/// Ends with the preparation's limit at the latest.
async fn wait_until_ready(server: &Server, id: &str) -> Result<(), Failure> {
    let route = format!("/api/v1/media/{id}");
    loop {
        tokio::time::sleep(server.limits().poll_every).await;
        let answer = server.raw_call(Method::GET, &route, &[], Body::None).await?;
        match answer.status {
            200 => return Ok(()),
            202 | 206 => {}
            422 => {
                return Err(
                    Failure::refused("MEDIA_REFUSED", "the server could not process a file").with_status(422)
                );
            }
            429 | 503 => tokio::time::sleep(answer.retry_after().unwrap_or_default()).await,
            _ => return Err(answer.failure()),
        }
    }
}
