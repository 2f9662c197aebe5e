//! What the suite sends: a message with whatever a platform needs, and media that are none. It knows no connector.

use bytes::Bytes;

use super::now;
use crate::{Caption, MediaPart, Message, PlatformKind, Prepared};

pub(in crate::conformance) fn message(key: &str) -> Message {
    Message {
        idempotency_key: key.to_owned(),
        title: Some("Open day".to_owned()),
        text: format!("The office opens its doors <on> Sunday & Monday. ({key})"),
        link: Some("https://example.org/open?day=1&night=0".to_owned()),
        language: Some("en-GB".to_owned()),
        media: Vec::new(),
        follows: None,
        quotes: None,
        answers: None,
        due_at: Some(now()),
        first_sent_at: Some(now()),
        last_sent_at: Some(now()),
        prepared: Prepared::default(),
        not_after: None,
    }
}

/// The same, as this platform takes it: some publish nothing but films, and no angle brackets.
pub(in crate::conformance) fn message_for(kind: PlatformKind, key: &str) -> Message {
    let mut message = message(key);
    if needs_film(kind) {
        message.text = message.text.replace(['<', '>'], "");
        message.media.push(film("video/mp4"));
    }
    message
}

pub(in crate::conformance) fn needs_film(kind: PlatformKind) -> bool {
    kind == PlatformKind::YouTube
}

pub(in crate::conformance) fn film(media_type: &str) -> MediaPart {
    MediaPart {
        file_name: "door.mp4".to_owned(),
        media_type: media_type.to_owned(),
        content: Bytes::from_static(b"not really a film").into(),
        alt_text: None,
        sha256: "fedcba9876543210".to_owned(),
        captions: Vec::new(),
    }
}

pub(in crate::conformance) fn caption(language: &str, label: Option<&str>, said: &str) -> Caption {
    Caption {
        language: language.to_owned(),
        label: label.map(str::to_owned),
        file_name: format!("door.{language}.vtt"),
        content: Bytes::from(format!("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{said}\n")).into(),
        sha256: format!("{:0>16}", said.len()),
    }
}

pub(in crate::conformance) fn picture(media_type: &str) -> MediaPart {
    MediaPart {
        file_name: "door.png".to_owned(),
        media_type: media_type.to_owned(),
        content: Bytes::from_static(b"not really a picture").into(),
        alt_text: Some("An open door".to_owned()),
        sha256: "0123456789abcdef".to_owned(),
        captions: Vec::new(),
    }
}
