//! Comments on drafts, replies to them, and changes that are suggested.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ChannelId, DraftCommentId, DraftId, MediaId, MemberId, OfficeId, RevisionId};

/// What became of a comment.
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
pub enum CommentState {
    /// Nobody has settled it.
    Open,
    /// Somebody said that it is done with.
    Resolved,
    /// The change that it suggests was made.
    Accepted,
    /// The change that it suggests is not wanted.
    Declined,
}

/// A comment, a reply, or a suggested change.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_comment")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DraftCommentId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// On which draft.
    pub draft_id: DraftId,
    /// On which of its revisions.
    pub revision_id: RevisionId,
    /// The comment that it replies to; null for one of its own.
    pub parent_id: Option<DraftCommentId>,
    /// Path of the part that it is about, as findings name it; null for the whole.
    pub part: Option<String>,
    /// The channel of whose variant it is about.
    pub channel_id: Option<ChannelId>,
    /// The media item of whose alternative text it is about.
    pub media_id: Option<MediaId>,
    /// First byte of the words that it is about; null with `byte_end` and `quote` for the whole part.
    pub byte_start: Option<i32>,
    /// The byte after the last.
    pub byte_end: Option<i32>,
    /// Those words.
    #[sea_orm(column_type = "Text", nullable)]
    pub quote: Option<String>,
    /// What it says; null for a suggestion that needs no words.
    #[sea_orm(column_type = "Text", nullable)]
    pub text: Option<String>,
    /// What is suggested in the place of the words; null for what is no suggestion.
    #[sea_orm(column_type = "Text", nullable)]
    pub replacement: Option<String>,
    /// What became of it.
    pub state: CommentState,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Who settled it; null while it is open.
    pub settled_by: Option<MemberId>,
    /// When.
    pub settled_at: Option<DateTimeUtc>,
    /// Why a suggestion was declined.
    #[sea_orm(column_type = "Text", nullable)]
    pub settled_reason: Option<String>,
    /// The revision in which a suggestion was accepted.
    pub accepted_revision_id: Option<RevisionId>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
