//! What a post is made of, and the limits that it is held to. Pure; it does not know how posts travel.

use serde_json::{Value, json};

use super::words;
use crate::{http::failure::Failure, message::Message};

/// Characters of a post. From memory and from what others have written: Meta documents no limit, and none was tried.
pub(super) const LONGEST_TEXT: usize = 63_206;
/// Characters of a comment: commonly told, as well.
const LONGEST_COMMENT: usize = 8000;
/// Pictures of one post. Meta documents no limit for `attached_media`; this many are known to work from elsewhere.
pub(super) const MOST_PICTURES: usize = 10;
/// By Meta's reference of the `photos` edge.
pub(super) const LARGEST_PICTURE: u64 = 10 * 1024 * 1024;
/// The first five by Meta's guide to photo uploads. The others are taken from elsewhere, and the office's rules let them pass:
/// whether they are taken from here is for the platform to say.
pub(super) const PICTURE_TYPES: [&str; 7] =
    ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/heic"];

/// What `/feed` is sent. A link becomes a card, but not beside pictures: there it is among the words.
pub(super) fn fields(message: &Message, photos: &[String]) -> Value {
    let mut fields = serde_json::Map::new();
    let words = words::of(message);
    if !words.is_empty() {
        fields.insert("message".to_owned(), words.into());
    }
    match (&message.link, photos) {
        (Some(link), []) => drop(fields.insert("link".to_owned(), link.as_str().into())),
        (None, []) => {}
        (_, photos) => {
            let attached = photos.iter().map(|id| json!({ "media_fbid": id })).collect();
            fields.insert("attached_media".to_owned(), attached);
        }
    }
    Value::Object(fields)
}

/// Everything that the platform would refuse, found before anything is uploaded.
pub(super) fn check_limits(message: &Message) -> Result<(), Failure> {
    let longest = if message.parent().is_some() { LONGEST_COMMENT } else { LONGEST_TEXT };
    if words::of(message).chars().count() > longest {
        return Err(Failure::refused("TEXT_TOO_LONG", "the text is longer than the platform takes"));
    }
    if message.parent().is_some() && !message.media.is_empty() {
        return Err(Failure::refused(
            "MEDIA_IN_COMMENT",
            "what follows a post or answers somebody is a comment, and has only words",
        ));
    }
    if message.media.len() > MOST_PICTURES {
        return Err(Failure::refused("TOO_MANY_MEDIA", "the platform takes fewer pictures in one post"));
    }
    for part in &message.media {
        if !PICTURE_TYPES.contains(&part.media_type.as_str()) {
            return Err(Failure::refused(
                "MEDIA_TYPE_REFUSED",
                "the platform does not take this kind of file",
            ));
        }
        if part.content.length() > LARGEST_PICTURE {
            return Err(Failure::refused("MEDIA_TOO_LARGE", "the platform takes no picture of this size"));
        }
    }
    Ok(())
}
