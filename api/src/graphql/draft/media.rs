//! A stored media item, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::media;

use crate::{
    error::Field,
    graphql::{id, member::Member, relations, scalars::DateTime},
};

/// Whether a media item can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "media::MediaState")]
pub(crate) enum MediaState {
    /// Announced; its bytes have not arrived.
    Pending,
    /// Stored, and usable in drafts.
    Ready,
}

/// What a file told beside what it shows. Only the kind is kept, never what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "media::MetadataKind")]
pub(crate) enum MetadataKind {
    /// Where it was taken.
    Position,
    /// With which device: make, model, lens, serial numbers.
    Camera,
    /// When it was taken or changed.
    Time,
    /// Who took it or owns it.
    Author,
    /// Titles, captions, comments, keywords.
    Description,
    /// With which program it was made.
    Software,
    /// A small copy, which may show what was cut away.
    Thumbnail,
    /// What the camera's maker keeps for itself.
    MakerNote,
    /// Other Exif fields, such as the exposure.
    Exif,
    /// A block of XMP.
    Xmp,
    /// A block of IPTC or of Photoshop.
    Iptc,
    /// Content credentials (C2PA).
    Credentials,
    /// Bytes after its end, such as a second picture or a film of the moment before.
    Trailing,
    /// What programs left in it and no viewer needs.
    Other,
}

/// A picture, a film or a caption file of the office, stored by its content.
#[derive(Debug, Clone)]
pub(crate) struct Media(pub(crate) Arc<media::Model>);

impl From<media::Model> for Media {
    fn from(row: media::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A picture, a film or a caption file of the office, stored by its content.
#[Object]
impl Media {
    /// Global id: give it as `mediaId` to `createDraft` and `reviseDraft`.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Whether its bytes have arrived.
    async fn state(&self) -> MediaState {
        self.0.state.into()
    }
    /// The name that it came with.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }
    /// Its media type such as `image/png`, told by its content; `application/octet-stream` while pending. Captions are
    /// `text/vtt`, whatever they came as.
    async fn media_type(&self) -> &str {
        &self.0.media_type
    }
    /// SHA-256 of the stored bytes, in hexadecimal digits; null while pending.
    async fn sha256(&self) -> Option<&str> {
        self.0.sha256.as_deref()
    }
    /// Size in bytes: as announced, then as stored, which is less where metadata were taken out.
    async fn byte_size(&self) -> i64 {
        self.0.byte_size
    }
    /// Width in pixels; null when it is no picture.
    async fn width(&self) -> Option<i32> {
        self.0.width
    }
    /// Height in pixels; null when it is no picture.
    async fn height(&self) -> Option<i32> {
        self.0.height
    }
    /// What was found in the file and taken out before it was stored: only kinds, never what they said. The picture itself,
    /// its orientation and its colour profile stay as they were. Of captions: comments, titles, style sheets, regions and the
    /// names of cues. Empty when nothing was found; null while pending, and of
    /// items that were stored before Masthead looked.
    async fn stripped(&self) -> Option<Vec<MetadataKind>> {
        let kinds = self.0.stripped.as_ref()?;
        Some(kinds.0.iter().copied().map(Into::into).collect())
    }
    /// What the cues of a caption file say, without times and marks; who speaks stands before what they say. A sentence that
    /// ends with a cue ends its line. Findings on captions point into this. Null of everything else, and while pending.
    async fn caption_words(&self) -> Option<&str> {
        self.0.words.as_deref()
    }
    /// Whether the ending of its name says another type than its content has. The content decides; the name may mislead.
    async fn misnamed(&self) -> bool {
        self.0.state == media::MediaState::Ready
            && office::media::misnamed(&self.0.file_name, &self.0.media_type)
    }
    /// Who uploaded it; null when an integration did.
    async fn uploaded_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.uploaded_by).await
    }
    /// When it was announced.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
