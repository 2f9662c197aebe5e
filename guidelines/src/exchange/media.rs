//! The media of a draft in JSON. It does not know what rules make of them.

use serde_json::Value;

use super::{
    attestation,
    lookup::{at, flag, is_something, text, texts},
};
use crate::{Attestation, AttestationKind, CaptionView, MediaView};

/// Media as they are held while they are checked.
pub(super) struct Held(Vec<Medium>);

struct Medium {
    file_name: String,
    media_type: String,
    alt_text: Option<String>,
    decorative: bool,
    shows_people: Option<bool>,
    document: Option<bool>,
    metadata: Vec<String>,
    consented: bool,
    released: bool,
    /// Of a film: each with its language and what its cues say.
    captions: Vec<(String, String)>,
}

impl Held {
    pub(super) fn of(post: &Value) -> Self {
        let items = at(post, "media").and_then(Value::as_array);
        Self(items.into_iter().flatten().map(medium).collect())
    }

    pub(super) fn views(&self) -> Vec<MediaView<'_>> {
        let view = |medium: &'_ Medium| MediaView {
            decorative: medium.decorative,
            shows_people: medium.shows_people,
            document: medium.document,
            ..MediaView::of("", "", None)
        };
        let with_words = self.0.iter().map(|medium| MediaView {
            file_name: &medium.file_name,
            media_type: &medium.media_type,
            alt_text: medium.alt_text.as_deref(),
            metadata: &medium.metadata,
            ..view(medium)
        });
        with_words.collect()
    }

    pub(super) fn captions(&self) -> Vec<CaptionView<'_>> {
        let mut views = Vec::new();
        for (index, medium) in self.0.iter().enumerate() {
            let view = |(language, words)| CaptionView { medium: index, language, label: None, words };
            views.extend(medium.captions.iter().map(|(language, words)| view((language, words))));
        }
        views
    }

    /// What is answered beside the media themselves: consents and releases that cover all of them.
    pub(super) fn attestations(&self) -> Vec<Attestation> {
        let mut given = Vec::new();
        let mut people = self.0.iter().filter(|medium| medium.shows_people == Some(true)).peekable();
        if people.peek().is_some() && people.all(|medium| medium.consented) {
            given.push(attestation(AttestationKind::ImageConsent, "recorded with the picture"));
        }
        let mut documents = self.0.iter().filter(|medium| medium.document == Some(true)).peekable();
        if documents.peek().is_some() && documents.all(|medium| medium.released) {
            given.push(attestation(AttestationKind::DocumentRelease, "recorded with the document"));
        }
        given
    }
}

fn medium(given: &Value) -> Medium {
    let kind = text(given, &["media_type", "mime", "type", "kind"]).unwrap_or("image").to_lowercase();
    let document =
        ["document", "screenshot", "pdf", "slide", "spreadsheet"].iter().any(|word| kind.contains(word));
    let media_type = if kind.contains('/') {
        kind.clone()
    } else if kind.contains("video") {
        "video/mp4".to_owned()
    } else if kind.contains("pdf") || kind == "document" {
        "application/pdf".to_owned()
    } else {
        "image/jpeg".to_owned()
    };
    let mut metadata: Vec<String> =
        ["exif", "metadata", "xmp"].iter().filter_map(|key| at(given, key)).flat_map(names).collect();
    if flag(given, &["gps", "has_gps", "location", "exif_gps"]) == Some(true) {
        metadata.push("GPS position".to_owned());
    }
    Medium {
        file_name: text(given, &["file_name", "filename", "file", "name"]).unwrap_or("medium").to_owned(),
        media_type,
        alt_text: text(given, &["alt", "alt_text"]).map(str::to_owned),
        decorative: flag(given, &["decorative"]).unwrap_or(false),
        shows_people: flag(given, &["people", "shows_people", "has_people"]),
        document: flag(given, &["is_document", "document"]).or(document.then_some(true)),
        metadata,
        consented: flag(given, &["consent", "consent_record", "consent_id", "consents"]).unwrap_or(false),
        captions: captions(given),
        released: flag(given, &["released_by", "release", "permission"]).unwrap_or(false),
    }
}

/// The captions of a film: a list of objects with a `language` and a `text`.
fn captions(given: &Value) -> Vec<(String, String)> {
    let items = at(given, "captions").and_then(Value::as_array);
    let one = |item: &Value| {
        let language = text(item, &["language", "lang"]).unwrap_or("und").to_owned();
        Some((language, text(item, &["text", "words"])?.to_owned()))
    };
    items.into_iter().flatten().filter_map(one).collect()
}

/// The kinds of personal metadata in a list of names, or in an object with them: a camera's model is nobody's.
fn names(value: &Value) -> Vec<String> {
    let all = match value {
        Value::Object(map) => {
            map.iter().filter(|(_, value)| is_something(value)).map(|(name, _)| name.clone()).collect()
        }
        Value::Bool(true) => return vec!["metadata".to_owned()],
        other => texts(other),
    };
    all.into_iter().filter(|name| is_personal(name)).collect()
}

/// Whether metadata of this name tell where somebody was or who they are.
fn is_personal(name: &str) -> bool {
    let name = name.to_lowercase();
    let telling = [
        "gps",
        "geo",
        "latitude",
        "longitude",
        "location",
        "position",
        "coordinates",
        "place",
        "city",
        "address",
        "owner",
        "artist",
        "author",
        "creator",
        "byline",
        "by-line",
        "person",
        "face",
        "serial",
        "contact",
    ];
    let stripped = ["no ", "without", "stripped", "removed"].iter().any(|word| name.contains(word));
    !stripped
        && (telling.iter().any(|word| name.contains(word)) || ["lat", "lon", "lng"].contains(&name.as_str()))
}
