//! What the public said to a channel, and whether somebody has answered. Where it is, not what was said nor by whom.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ChannelId, ConversationId, DraftId, MemberId, OfficeId, PostId};

/// What the public did.
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
pub enum ConversationKind {
    /// Named the account.
    Mention,
    /// Answered something of the account's.
    Reply,
    /// Wrote below something of the account's.
    Comment,
    /// Showed something of the account's with words of their own.
    Quote,
}

/// How it was settled.
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
pub enum ConversationOutcome {
    /// Somebody answered: on the platform, or with a post of the office's.
    Answered,
    /// It needed no answer.
    NoAnswerNeeded,
}

/// Something that the public said to a channel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConversationId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// To which channel.
    pub channel_id: ChannelId,
    /// The platform's own name for it; once a channel.
    #[sea_orm(column_type = "Text")]
    pub remote_id: String,
    /// What the public did.
    pub kind: ConversationKind,
    /// Where the public finds it; null where the platform does not say.
    #[sea_orm(column_type = "Text", nullable)]
    pub url: Option<String>,
    /// The office's post that it answers; null where it answers none that is known.
    pub post_id: Option<PostId>,
    /// When it was said, by the platform's clock, or else when it was read.
    pub said_at: DateTimeUtc,
    /// By when it should be answered.
    pub due_at: DateTimeUtc,
    /// Who sees to it; null: whoever looks after the channel.
    pub owner_id: Option<MemberId>,
    /// The draft that is to answer it, or did; null where nobody has begun one, or its author has thought better of it.
    pub draft_id: Option<DraftId>,
    /// The post that answered it; null while none is out, and where somebody answered on the platform.
    pub answer_id: Option<PostId>,
    /// How it was settled; null while it is open.
    pub outcome: Option<ConversationOutcome>,
    /// What was said about that; null when nothing.
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// Who settled it; null while it is open, and where a post that went out did.
    pub settled_by: Option<MemberId>,
    /// When; null while it is open.
    pub settled_at: Option<DateTimeUtc>,
    /// When it was read.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
