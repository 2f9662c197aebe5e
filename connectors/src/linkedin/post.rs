//! A post: what is sent, what is read of one that is there, and the limits that it is held to. Pure; it does not know how
//! posts travel.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    little,
    reshare::names,
    urn::{Organization, PostUrn},
};
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
    outcome::{Evidence, Receipt},
    reading::Difference,
};

/// How long a text may be. A longer one would be cut without a word.
pub(super) const MOST_CHARACTERS: usize = 3000;
pub(super) const MOST_PICTURES: usize = 20;
pub(super) const PICTURE_TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/gif"];
const MOST_ALT_TEXT: usize = 4086;
/// A card's title is shown in one or two lines.
const MOST_TITLE: usize = 400;

/// The words as readers see them. A link is a card of its own where there are neither pictures nor a post that is quoted, and a
/// paragraph where there are.
pub(super) fn words(message: &Message) -> String {
    let alone = message.media.is_empty() && message.quotes.is_none();
    if alone { message.text.clone() } else { message.text_with_link() }
}

/// Everything that the platform would refuse or cut, found before anything is uploaded.
pub(super) fn check_limits(message: &Message) -> Result<(), Failure> {
    if words(message).chars().count() > MOST_CHARACTERS {
        return Err(Failure::refused("TEXT_TOO_LONG", "the text is longer than the platform takes"));
    }
    if message.quotes.is_some() && !message.media.is_empty() {
        return Err(Failure::refused("QUOTE_WITH_MEDIA", "the platform takes pictures or a quote, not both"));
    }
    if message.media.len() > MOST_PICTURES {
        return Err(Failure::refused("TOO_MANY_MEDIA", "the platform takes twenty pictures in one post"));
    }
    if !message.media.iter().all(|part| PICTURE_TYPES.contains(&part.media_type.as_str())) {
        let detail = "this connector posts pictures of the types JPEG, PNG and GIF, and no films";
        return Err(Failure::refused("MEDIA_TYPE_REFUSED", detail));
    }
    let alt_text = |part: &MediaPart| part.alt_text.as_deref().unwrap_or_default().chars().count();
    if message.media.iter().any(|part| alt_text(part) > MOST_ALT_TEXT) {
        return Err(Failure::refused(
            "ALT_TEXT_TOO_LONG",
            "an alternative text is longer than the platform takes",
        ));
    }
    Ok(())
}

/// The whole post; `quoted` is what it shows below its words.
pub(super) fn body(
    author: &Organization,
    message: &Message,
    images: &[String],
    quoted: Option<&PostUrn>,
) -> Value {
    let mut post = to_everybody(author, &little::escape(&words(message)));
    if let Some(parent) = quoted {
        post.insert("reshareContext".to_owned(), json!({ "parent": parent.as_str() }));
    } else if let Some(content) = content(message, images) {
        post.insert("content".to_owned(), content);
    }
    Value::Object(post)
}

/// The post that passes on another, without words of its own.
pub(super) fn reshare(author: &Organization, parent: &PostUrn) -> Value {
    let mut post = to_everybody(author, "");
    post.insert("reshareContext".to_owned(), json!({ "parent": parent.as_str() }));
    Value::Object(post)
}

fn to_everybody(author: &Organization, commentary: &str) -> Map<String, Value> {
    let mut post = Map::new();
    post.insert("author".to_owned(), author.urn().into());
    post.insert("commentary".to_owned(), commentary.into());
    post.insert("visibility".to_owned(), "PUBLIC".into());
    let everywhere = json!({ "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [] });
    post.insert("distribution".to_owned(), everywhere);
    post.insert("lifecycleState".to_owned(), "PUBLISHED".into());
    post.insert("isReshareDisabledByAuthor".to_owned(), false.into());
    post
}

fn content(message: &Message, images: &[String]) -> Option<Value> {
    let shown = |(image, part): (&String, &MediaPart)| json!({ "id": image, "altText": part.alt_text.as_deref().unwrap_or_default() });
    let mut shown: Vec<Value> = images.iter().zip(&message.media).map(shown).collect();
    match (shown.len(), message.link.as_deref()) {
        (0, None) => None,
        (0, Some(link)) => {
            let title = message.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(link);
            let title: String = title.chars().take(MOST_TITLE).collect();
            Some(json!({ "article": { "source": link, "title": title } }))
        }
        (1, _) => shown.pop().map(|only| json!({ "media": only })),
        _ => Some(json!({ "multiImage": { "images": shown } })),
    }
}

/// A post that is there.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kept {
    id: String,
    author: Option<String>,
    #[serde(default)]
    commentary: String,
    lifecycle_state: Option<String>,
    visibility: Option<String>,
    reshare_context: Option<Reshared>,
    created_at: Option<i64>,
    last_modified_at: Option<i64>,
    #[serde(default)]
    content: Content,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Content {
    media: Option<Picture>,
    multi_image: Option<Images>,
}

#[derive(Debug, Deserialize)]
struct Reshared {
    parent: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Images {
    images: Vec<Picture>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Picture {
    alt_text: Option<String>,
}

impl Content {
    fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.multi_image.iter().flat_map(|several| &several.images).chain(&self.media)
    }
}

/// How one post compares with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    Other,
    Unsure,
}

impl Kept {
    pub(super) fn created_at(&self) -> Option<DateTime<Utc>> {
        self.created_at.and_then(DateTime::from_timestamp_millis)
    }

    /// The order in which the platform lists.
    pub(super) fn last_modified_at(&self) -> Option<DateTime<Utc>> {
        self.last_modified_at.and_then(DateTime::from_timestamp_millis)
    }

    pub(super) fn is_by(&self, author: &Organization) -> bool {
        self.author.as_deref() == Some(author.urn().as_str())
    }

    /// By words, pictures and what is quoted. A text that stops within ours may be ours, cut; one that is not public yet may become so.
    pub(super) fn compare(&self, message: &Message) -> Likeness {
        let wanted = little::comparable(&words(message));
        let there = little::comparable(&little::unescape(&self.commentary));
        let alike = there == wanted || (!there.is_empty() && wanted.starts_with(&there));
        if matches!(self.lifecycle_state.as_deref(), Some("DRAFT" | "PUBLISH_FAILED")) || !alike {
            return Likeness::Other;
        }
        match (&message.quotes, self.parent()) {
            (Some(wanted), Some(there)) if !names(wanted, there) => return Likeness::Other,
            (None, Some(_)) => return Likeness::Other,
            // What was reshared may be gone since.
            (Some(_), None) => return Likeness::Unsure,
            _ => {}
        }
        let pictures = self.content.pictures().count();
        let is_out = matches!(self.lifecycle_state.as_deref(), None | Some("PUBLISHED"));
        if there == wanted && pictures == message.media.len() && is_out {
            Likeness::Same
        } else {
            Likeness::Unsure
        }
    }

    /// What of it readers see otherwise than it was sent.
    pub(super) fn difference(&self, message: &Message) -> Option<Difference> {
        let out = matches!(self.lifecycle_state.as_deref(), None | Some("PUBLISHED"));
        if !out || self.visibility.as_deref().is_some_and(|seen_by| seen_by != "PUBLIC") {
            return Some(Difference::NotPublic);
        }
        let there = little::comparable(&little::unescape(&self.commentary));
        if there != little::comparable(&words(message)) {
            return Some(Difference::Words);
        }
        if self.quotes_what(message) == Some(false) {
            return Some(Difference::Quote);
        }
        if self.content.pictures().count() != message.media.len() {
            return Some(Difference::Media);
        }
        // Where the platform does not tell one, it has said nothing of it.
        let mut told = self.content.pictures().zip(&message.media).filter_map(|(picture, part)| {
            Some((picture.alt_text.as_deref()?, part.alt_text.as_deref().unwrap_or_default()))
        });
        told.any(|(told, sent)| told != sent).then_some(Difference::AltText)
    }

    /// Whether it quotes the post that the message does; none where that quotes nothing.
    pub(super) fn quotes_what(&self, message: &Message) -> Option<bool> {
        let wanted = message.quotes.as_ref()?;
        Some(self.parent().is_some_and(|there| names(wanted, there)))
    }

    fn parent(&self) -> Option<&str> {
        self.reshare_context.as_ref()?.parent.as_deref()
    }

    /// Whether it passes on this one, without words of its own.
    pub(super) fn reshares(&self, parent: &PostUrn) -> bool {
        self.parent() == Some(parent.as_str()) && self.commentary.is_empty()
    }

    pub(super) fn receipt(&self) -> Option<Receipt> {
        Some(receipt(&PostUrn::parse(&self.id)?, self.created_at(), Evidence::Timeline))
    }
}

pub(super) fn receipt(urn: &PostUrn, published_at: Option<DateTime<Utc>>, evidence: Evidence) -> Receipt {
    Receipt { remote_id: urn.as_str().to_owned(), url: Some(urn.page()), published_at, evidence }
}
