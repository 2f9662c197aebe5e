//! How a post stood on its platform when it was read back and compared with what was approved.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{OfficeId, PostId, ReadBackId};

/// How it stood.
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
pub enum StandingKind {
    /// As it was sent.
    AsSent,
    /// The public reads something else.
    Changed,
    /// It is not there any more.
    Gone,
    /// The platform cannot tell.
    CannotTell,
    /// The platform did not answer.
    Unreachable,
}

/// The reading of one post.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "read_back")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReadBackId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The post.
    #[sea_orm(unique)]
    pub post_id: PostId,
    /// When it is read next; null when it is not.
    pub due_at: Option<DateTimeUtc>,
    /// Until when a worker reads it; null when none does.
    pub lease_until: Option<DateTimeUtc>,
    /// Raised by each claim.
    pub fence: i64,
    /// Readings of its plan that are done.
    pub looks: i32,
    /// Readings in a row that got no answer.
    pub failures: i32,
    /// How it stood; null before the first reading.
    pub standing: Option<StandingKind>,
    /// What was not as it was sent: `WORDS`, `TITLE`, `MEDIA`, `ALT_TEXT`, `CAPTIONS`, `QUOTE` or `NOT_PUBLIC`; null otherwise.
    pub difference: Option<String>,
    /// Why it could not be told; null when it could.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause: Option<String>,
    /// When it was read last; null before the first reading.
    pub read_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
