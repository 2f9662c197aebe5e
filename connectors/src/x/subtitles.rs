//! The captions of a film on X: each is uploaded like a picture and hung on the film's upload, before there is a post. It does
//! not know posts.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    api::{Api, Body},
    media,
};
use crate::{
    http::failure::Failure,
    message::{Caption, MediaPart},
    prepared::Handing,
};

/// Gives the film with this upload its captions.
pub(super) async fn attach(api: &Api, handing: &Handing, film: &MediaPart, id: &str) -> Result<(), Failure> {
    for caption in &film.captions {
        let sent = media::send(api, &caption.file()).await?;
        media::wait_until_ready(api, handing, &sent.id, sent.processing_info).await?;
        api.call(Method::POST, "/2/media/subtitles", &[], Body::Json(&body(id, &sent.id, caption))).await?;
    }
    Ok(())
}

/// What hangs captions on a film.
pub(super) fn body(film: &str, upload: &str, caption: &Caption) -> Value {
    json!({ "id": film, "media_category": "TweetVideo", "subtitles": {
        "id": upload,
        "language_code": code(&caption.language),
        "display_name": caption.label.as_deref().unwrap_or(&caption.language),
    } })
}

/// The language as X names it, in two letters: the first part of a tag.
fn code(language: &str) -> String {
    language.split('-').next().unwrap_or_default().to_ascii_uppercase()
}

/// What X would not take, found before anything is uploaded.
pub(super) fn check(film: &MediaPart) -> Result<(), Failure> {
    let codes: Vec<String> = film.captions.iter().map(|caption| code(&caption.language)).collect();
    let twice = |(index, code): (usize, &String)| codes.iter().take(index).any(|other| other == code);
    let detail = if codes.iter().any(|code| code.len() != 2) {
        "the platform knows captions only in languages that have a code of two letters"
    } else if codes.iter().enumerate().any(twice) {
        "the platform takes captions once a language, whatever the region"
    } else {
        return Ok(());
    };
    Err(Failure::refused("CAPTIONS_LANGUAGE_REFUSED", detail))
}
