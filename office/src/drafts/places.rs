//! The media of a revision and the captions of its films: validating them, and making their rows. It does not know the words.

use entity::{
    MediaId, RevisionId, media,
    revision_media::{self, Caption, Captions},
};
use serde::Serialize;

use crate::{
    Office,
    change::Change,
    compose::Placed,
    error::{RefusalCode, Result, refuse},
    fields,
    media::{CAPTIONS, is_film, ready},
};

/// A media item in its place.
#[derive(Debug, Clone, Serialize)]
pub struct MediaPlace {
    /// The stored item.
    pub media_id: MediaId,
    /// What it says to somebody who cannot see it.
    pub alt_text: Option<String>,
    /// Whether it says nothing.
    pub decorative: bool,
    /// Whether people can be recognised in it; none: not said.
    pub shows_people: Option<bool>,
    /// Whether it is a document, or a picture of one; none: not said.
    pub document: Option<bool>,
    /// The captions of a film, in order. Left out of what a client key stands for where there are none: a request of before
    /// there were captions is still the same request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<CaptionPlace>,
}

/// A film's captions in one language.
#[derive(Debug, Clone, Serialize)]
pub struct CaptionPlace {
    /// The caption file, stored.
    pub media_id: MediaId,
    /// BCP 47 tag; once a film.
    pub language: String,
    /// What a viewer chooses them by; none: the language says it.
    pub label: Option<String>,
}

/// The rows of a revision's media, with the items; writes nothing.
pub(super) async fn places(
    office: &Office,
    change: &Change<'_>,
    revision_id: RevisionId,
    inputs: &[MediaPlace],
) -> Result<Vec<Placed>> {
    let ids: Vec<_> = inputs.iter().map(|input| input.media_id).collect();
    let items = ready(change, &ids, |i| format!("media.{i}.mediaId")).await?;
    let mut placed = Vec::with_capacity(inputs.len());
    for (i, (input, item)) in inputs.iter().zip(items).enumerate() {
        if item.media_type == CAPTIONS {
            let message = "this is a caption file: name it in the captions of a film";
            return refuse(RefusalCode::Invalid, &format!("media.{i}.mediaId"), message);
        }
        let alt_text = fields::optional_paragraph(
            &office.limits,
            &format!("media.{i}.altText"),
            input.alt_text.as_deref(),
        )?;
        let (named, captions) =
            captions(office, change, &format!("media.{i}.captions"), &item, &input.captions).await?;
        let place = revision_media::Model {
            id: change.id(),
            office_id: change.office_id(),
            revision_id,
            media_id: input.media_id,
            position: i32::try_from(i).unwrap_or(i32::MAX),
            alt_text,
            decorative: input.decorative,
            shows_people: input.shows_people,
            document: input.document,
            captions: (!named.0.is_empty()).then_some(named),
        };
        placed.push(Placed { place, item, captions });
    }
    Ok(placed)
}

async fn captions(
    office: &Office,
    change: &Change<'_>,
    field: &str,
    film: &media::Model,
    inputs: &[CaptionPlace],
) -> Result<(Captions, Vec<media::Model>)> {
    if !inputs.is_empty() && !is_film(&film.media_type) {
        return refuse(RefusalCode::Invalid, field, "only a film has captions");
    }
    fields::at_most(office.limits.captions_per_film, field, inputs.len())?;
    let ids: Vec<_> = inputs.iter().map(|input| input.media_id).collect();
    let files = ready(change, &ids, |i| format!("{field}.{i}.mediaId")).await?;
    let mut named: Vec<Caption> = Vec::with_capacity(inputs.len());
    for (i, (input, file)) in inputs.iter().zip(&files).enumerate() {
        if file.media_type != CAPTIONS {
            let message = "this is no caption file: upload WebVTT or SubRip";
            return refuse(RefusalCode::Invalid, &format!("{field}.{i}.mediaId"), message);
        }
        let language = fields::language(&format!("{field}.{i}.language"), &input.language)?;
        if named.iter().any(|other| other.language.eq_ignore_ascii_case(&language)) {
            let message = "the film has captions in this language already: name each language once";
            return refuse(RefusalCode::Invalid, &format!("{field}.{i}.language"), message);
        }
        let label =
            fields::optional_line(&office.limits, &format!("{field}.{i}.label"), input.label.as_deref())?;
        named.push(Caption { language, label, media_id: input.media_id });
    }
    Ok((Captions(named), files))
}
