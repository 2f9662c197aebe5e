//! The record of a post: what is sent, what a look-up reads of it, and the limits that it is held to. Pure; it does not know
//! how records come to be.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::{others, size::Size};
use crate::{
    http::failure::Failure,
    links::{Piece, pieces},
    message::{MediaPart, Message},
};

/// The kinds of what is shown below a post's words.
const PICTURES: &str = "app.bsky.embed.images";
const CARD: &str = "app.bsky.embed.external";
const QUOTE: &str = "app.bsky.embed.record";
const QUOTE_WITH_MEDIA: &str = "app.bsky.embed.recordWithMedia";
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
    beside: Beside,
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
    if let Some(Reply { root, parent }) = beside.reply {
        record.insert("reply".to_owned(), json!({ "root": root, "parent": parent }));
    }
    if !facets.is_empty() {
        record.insert("facets".to_owned(), facets.into());
    }
    if let Some(embed) = with_quoted(shown(message, pictures), beside.quoted) {
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

/// A post has one place below its words: what is shown there, and the post that is quoted, share it.
fn with_quoted(shown: Option<Value>, quoted: Option<Place>) -> Option<Value> {
    let Some(place) = quoted else { return shown };
    let record = json!({ "$type": QUOTE, "record": place });
    Some(match shown {
        None => record,
        Some(media) => json!({ "$type": QUOTE_WITH_MEDIA, "record": record, "media": media }),
    })
}

/// The pictures, or else a card for the link: a post shows one or the other.
fn shown(message: &Message, pictures: Vec<Picture>) -> Option<Value> {
    if message.media.is_empty() {
        let link = message.link.as_deref()?;
        let title = message.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let external = json!({ "uri": link, "title": title.unwrap_or(link), "description": "" });
        return Some(json!({ "$type": CARD, "external": external }));
    }
    let images: Vec<Value> =
        message.media.iter().zip(pictures).map(|(part, picture)| image(part, picture)).collect();
    Some(json!({ "$type": PICTURES, "images": images }))
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

/// A record, and exactly which state of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) uri: String,
    pub(super) cid: String,
}

/// The posts that a post has to do with.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) reply: Option<Reply>,
    pub(super) quoted: Option<Place>,
}

/// What a post answers, and where that thread begins.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Reply {
    pub(super) root: Place,
    pub(super) parent: Place,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeptPost {
    #[serde(default)]
    text: String,
    pub(super) created_at: Option<String>,
    pub(super) reply: Option<Reply>,
    embed: Option<Embed>,
    #[serde(default)]
    facets: Vec<Facet>,
}

#[derive(Debug, Deserialize)]
struct Embed {
    #[serde(rename = "$type", default)]
    kind: String,
    #[serde(default)]
    images: Vec<Image>,
    external: Option<Card>,
    /// The post that it quotes, as far as a stranger wrote it.
    #[serde(default)]
    record: Value,
    /// What is shown beside that.
    media: Option<Box<Self>>,
}

impl Embed {
    /// The pictures or the card.
    fn shown(&self) -> &Self {
        self.media.as_deref().unwrap_or(self)
    }

    fn quoted(&self) -> Option<Place> {
        let place = match self.kind.as_str() {
            QUOTE => &self.record,
            QUOTE_WITH_MEDIA => self.record.get("record")?,
            _ => return None,
        };
        Place::deserialize(place).ok()
    }
}

#[derive(Debug, Deserialize)]
struct Image {
    #[serde(default)]
    alt: String,
}

#[derive(Debug, Deserialize)]
struct Card {
    uri: String,
}

#[derive(Debug, Deserialize)]
struct Facet {
    #[serde(default)]
    features: Vec<Feature>,
}

#[derive(Debug, Deserialize)]
struct Feature {
    uri: Option<String>,
}

impl KeptPost {
    /// Whether it says what the message says.
    pub(super) fn says(&self, message: &Message) -> bool {
        self.has_words_of(message)
            && self.alts().len() == message.media.len()
            && self.quotes_what(message) != Some(false)
            && message.answers.as_ref().is_none_or(|said| self.answers_what(said))
    }

    fn answers_what(&self, said: &str) -> bool {
        self.reply.as_ref().is_some_and(|reply| reply.parent.uri == said)
    }

    /// Whether it quotes the post that the message does; none where that quotes nothing.
    pub(super) fn quotes_what(&self, message: &Message) -> Option<bool> {
        let wanted = message.quotes.as_ref()?;
        Some(self.quoted().is_some_and(|there| others::names(wanted, &there.uri)))
    }

    pub(super) fn quoted(&self) -> Option<Place> {
        self.embed.as_ref()?.quoted()
    }

    pub(super) fn has_words_of(&self, message: &Message) -> bool {
        self.text == message.text_with_link()
    }

    /// Whether every link in its words leads where the message's do, and its card too.
    pub(super) fn leads_where(&self, message: &Message) -> bool {
        let text = message.text_with_link();
        let links = pieces(&text).into_iter().filter_map(|piece| match piece {
            Piece::Link(uri) => Some(uri),
            Piece::Plain(_) => None,
        });
        let features = self.facets.iter().flat_map(|facet| &facet.features);
        let there = features.filter_map(|feature| feature.uri.as_deref());
        let card = message.link.as_deref().filter(|_| message.media.is_empty());
        let card_there = self.embed.as_ref().and_then(|embed| embed.shown().external.as_ref());
        links.eq(there) && card_there.map(|card| card.uri.as_str()) == card
    }

    /// What is told of each of its pictures, in order.
    pub(super) fn alts(&self) -> Vec<&str> {
        let images = self.embed.iter().flat_map(|embed| &embed.shown().images);
        images.map(|image| image.alt.as_str()).collect()
    }

    /// Whether it shows what was not posted: a film, or a post that the message does not quote.
    pub(super) fn shows_more(&self, message: &Message) -> bool {
        let Some(embed) = &self.embed else { return false };
        let quoting = [QUOTE, QUOTE_WITH_MEDIA].contains(&embed.kind.as_str());
        let kind = embed.shown().kind.as_str();
        (quoting && message.quotes.is_none()) || ![PICTURES, CARD, QUOTE].contains(&kind)
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
