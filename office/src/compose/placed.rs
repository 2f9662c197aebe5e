//! Media in their places, and what of them is sent. Pure.

use entity::{media, revision_media};
use serde::Serialize;

/// A media item in its place in a revision.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its place, with what is said there of it.
    pub place: revision_media::Model,
    /// The item.
    pub item: media::Model,
    /// The caption files that the place names, in its order.
    pub captions: Vec<media::Model>,
}

impl Placed {
    /// Its captions with their languages.
    pub fn captions(&self) -> impl Iterator<Item = (&revision_media::Caption, &media::Model)> {
        self.place.captions().iter().zip(&self.captions)
    }
}

/// One media item as it goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComposedMedia {
    /// Hash of its bytes.
    pub sha256: String,
    /// Type by content.
    pub media_type: String,
    /// Name.
    pub file_name: String,
    /// Alternative text.
    pub alt_text: Option<String>,
    /// Whether it says nothing and needs no text.
    pub decorative: bool,
    /// The captions of a film, in order. Left out where there are none, so that digests of what has none are what they were
    /// before there were captions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<ComposedCaption>,
}

/// A film's captions in one language, as they go out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComposedCaption {
    /// BCP 47 tag.
    pub language: String,
    /// What a viewer chooses them by; none: the language says it.
    pub label: Option<String>,
    /// Hash of the file's bytes, which are WebVTT.
    pub sha256: String,
    /// Name that the file came with.
    pub file_name: String,
}

impl From<&Placed> for ComposedMedia {
    fn from(placed: &Placed) -> Self {
        let caption = |(caption, file): (&revision_media::Caption, &media::Model)| ComposedCaption {
            language: caption.language.clone(),
            label: caption.label.clone(),
            sha256: file.sha256.clone().unwrap_or_default(),
            file_name: file.file_name.clone(),
        };
        let Placed { place, item, .. } = placed;
        Self {
            sha256: item.sha256.clone().unwrap_or_default(),
            media_type: item.media_type.clone(),
            file_name: item.file_name.clone(),
            alt_text: place.alt_text.clone(),
            decorative: place.decorative,
            captions: placed.captions().map(caption).collect(),
        }
    }
}
