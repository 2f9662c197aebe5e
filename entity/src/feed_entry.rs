//! The office's own public news page, entry by entry.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{ChannelId, FeedEntryId, OfficeId};

/// A film's captions in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachedCaption {
    /// BCP 47 tag.
    pub language: String,
    /// What a viewer chooses them by; null: the language says it.
    pub label: Option<String>,
    /// Its bytes: WebVTT.
    pub sha256: String,
}

/// A media item of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its bytes.
    pub sha256: String,
    /// Type.
    pub media_type: String,
    /// Name.
    pub file_name: String,
    /// Alternative text.
    pub alt_text: Option<String>,
    /// The captions of a film, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<AttachedCaption>,
}

/// Media of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Attachments(pub Vec<Attachment>);

/// A published entry of an office's feed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed_entry")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedEntryId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Of which channel.
    pub channel_id: ChannelId,
    /// Idempotency key of the post: one entry for each.
    #[sea_orm(unique)]
    pub key: String,
    /// Title.
    #[sea_orm(column_type = "Text", nullable)]
    pub title: Option<String>,
    /// Text.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Link.
    #[sea_orm(column_type = "Text", nullable)]
    pub link: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Media with alternative text.
    #[sea_orm(column_type = "Json")]
    pub attachments: Attachments,
    /// When.
    pub published_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
    /// When it was taken back; null while public.
    pub withdrawn_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
