//! Stored media, by content.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{MediaId, MemberId, OfficeId};

/// Whether a media item can be used.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MediaState {
    /// Announced; bytes not here yet.
    Pending,
    /// Stored.
    Ready,
}

/// What a file told beside what it shows: kinds only, never what it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MetadataKind {
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

/// Kinds of metadata that were taken out of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct MetadataKinds(pub Vec<MetadataKind>);

/// A media item.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whether its bytes have arrived.
    pub state: MediaState,
    /// Name that it came with.
    pub file_name: String,
    /// Type, told by content once the bytes are there.
    pub media_type: String,
    /// SHA-256 of the stored bytes, hex; null before they arrive.
    pub sha256: Option<String>,
    /// Size in bytes: announced, then as stored.
    pub byte_size: i64,
    /// Pixels; null when not an image.
    pub width: Option<i32>,
    /// Pixels; null when not an image.
    pub height: Option<i32>,
    /// What was taken out of it before it was stored; null before it arrives, and of items from before this was done.
    #[sea_orm(column_type = "Json", nullable)]
    pub stripped: Option<MetadataKinds>,
    /// What the cues of a caption file say, without times and marks: each sentence that ends with a cue ends its line. Null of
    /// everything else.
    #[sea_orm(column_type = "Text", nullable)]
    pub words: Option<String>,
    /// SHA-256 of the one-time upload token; null once used.
    pub upload_token_hash: Option<String>,
    /// When the upload address ends.
    pub upload_expires_at: Option<DateTimeUtc>,
    /// Who; null when an integration did.
    pub uploaded_by: Option<MemberId>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
