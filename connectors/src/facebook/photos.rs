//! Uploads a message's pictures, unpublished: nobody sees them before a post uses them, and the platform drops those that
//! none ever does. It does not know posts.

use reqwest::{
    Method,
    multipart::{Form, Part},
};

use super::node::{Body, Created, Page};
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
};

/// The ids of the message's pictures, in order.
pub(super) async fn upload(page: &Page, message: &Message) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::with_capacity(message.media.len());
    for part in &message.media {
        ids.push(send(page, part).await?);
    }
    Ok(ids)
}

async fn send(page: &Page, part: &MediaPart) -> Result<String, Failure> {
    let file = Part::stream_with_length(part.content.body(), part.content.length())
        .file_name(part.file_name.clone())
        .mime_str(&part.media_type)
        .map_err(|_unreadable| Failure::refused("MEDIA_TYPE_INVALID", "the media type is not one"))?;
    let mut form = Form::new().text("published", "false");
    if let Some(alt_text) = &part.alt_text {
        form = form.text("alt_text_custom", alt_text.clone());
    }
    let form = form.part("source", file);
    let answer = page.call(Method::POST, &page.route("/photos"), &[], Body::Form(form)).await?;
    Ok(answer.json::<Created>()?.id)
}
