//! The record of a post: what is sent, what a look-up reads of it, and the limits that it is held to. Pure; it does not know
//! how records come to be.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::size::Size;
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
};

/// The kind of record that a post is.
pub(super) const COLLECTION: &str = "app.bsky.feed.post";
/// How long a text may be, in graphemes and in bytes: both hold.
pub(super) const MOST_GRAPHEMES: usize = 300;
const MOST_BYTES: usize = 3000;
pub(super) const MOST_PICTURES: usize = 4;
pub(super) const PICTURE_BYTES: u64 = 2_000_000;
/// The pictures that every reader shows.
pub(super) const PICTURE_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// Everything that the platform would refuse, found before anything is uploaded.
pub(super) fn check_limits(message: &Message, text: &str) -> Result<(), Failure> {
    if text.graphemes(true).count() > MOST_GRAPHEMES || text.len() > MOST_BYTES {
        return Err(Failure::refused("TEXT_TOO_LONG", "the text is longer than the platform takes"));
    }
    if message.media.len() > MOST_PICTURES {
        return Err(Failure::refused("TOO_MANY_MEDIA", "the platform takes four pictures in one post"));
    }
    if !message.media.iter().all(|part| PICTURE_TYPES.contains(&part.media_type.as_str())) {
        let detail = "this connector posts pictures of the types JPEG, PNG, WebP and GIF, and no films";
        return Err(Failure::refused("MEDIA_TYPE_REFUSED", detail));
    }
    let large = |part: &MediaPart| part.content.length() > PICTURE_BYTES;
    if message.media.iter().any(large) {
        return Err(Failure::refused("MEDIA_TOO_LARGE", "the platform takes pictures of at most 2 MB"));
    }
    Ok(())
}

/// A picture that was uploaded.
#[derive(Debug)]
pub(super) struct Picture {
    /// How the platform names it.
    pub(super) blob: Value,
    /// Its width and height, where they can be told.
    pub(super) size: Option<Size>,
}

/// When a post says that it was made.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The whole record.
pub(super) fn post(
    message: &Message,
    text: &str,
    created_at: &str,
    facets: Vec<Value>,
    pictures: Vec<Picture>,
) -> Value {
    let mut record = Map::new();
    record.insert("$type".to_owned(), COLLECTION.into());
    record.insert("text".to_owned(), text.into());
    record.insert("createdAt".to_owned(), created_at.into());
    if let Some(language) = message.language.as_deref().and_then(primary_language) {
        record.insert("langs".to_owned(), json!([language]));
    }
    if !facets.is_empty() {
        record.insert("facets".to_owned(), facets.into());
    }
    if let Some(embed) = embed(message, pictures) {
        record.insert("embed".to_owned(), embed);
    }
    Value::Object(record)
}

/// Readers filter by languages of two letters; a region hides a post from them.
fn primary_language(tag: &str) -> Option<&str> {
    let language = tag.split(['-', '_']).next()?;
    let good = (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase());
    good.then_some(language)
}

/// The pictures, or else a card for the link: a post shows one or the other.
fn embed(message: &Message, pictures: Vec<Picture>) -> Option<Value> {
    if message.media.is_empty() {
        let link = message.link.as_deref()?;
        let title = message.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let external = json!({ "uri": link, "title": title.unwrap_or(link), "description": "" });
        return Some(json!({ "$type": "app.bsky.embed.external", "external": external }));
    }
    let images: Vec<Value> =
        message.media.iter().zip(pictures).map(|(part, picture)| image(part, picture)).collect();
    Some(json!({ "$type": "app.bsky.embed.images", "images": images }))
}

fn image(part: &MediaPart, picture: Picture) -> Value {
    let mut image = Map::new();
    image.insert("alt".to_owned(), part.alt_text.as_deref().unwrap_or_default().into());
    image.insert("image".to_owned(), picture.blob);
    if let Some((width, height)) = picture.size {
        image.insert("aspectRatio".to_owned(), json!({ "width": width, "height": height }));
    }
    Value::Object(image)
}

/// A record that the platform has, as far as it is read.
#[derive(Debug, Deserialize)]
pub(super) struct Kept {
    pub(super) cid: String,
    pub(super) value: KeptPost,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeptPost {
    #[serde(default)]
    text: String,
    pub(super) created_at: Option<String>,
    embed: Option<Embed>,
}

#[derive(Debug, Deserialize)]
struct Embed {
    #[serde(default)]
    images: Vec<serde::de::IgnoredAny>,
}

impl KeptPost {
    /// Whether it says what the message says.
    pub(super) fn says(&self, message: &Message) -> bool {
        let pictures = self.embed.as_ref().map_or(0, |embed| embed.images.len());
        self.text == message.text_with_link() && pictures == message.media.len()
    }

    pub(super) fn published_at(&self) -> Option<DateTime<Utc>> {
        DateTime::parse_from_rfc3339(self.created_at.as_deref()?).ok().map(|at| at.to_utc())
    }
}

/// Its profile.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ProfileRecord {
    pub(super) display_name: Option<String>,
    pub(super) description: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct KeptProfile {
    pub(super) value: ProfileRecord,
}
