//! Every try to put a post out or to look it up, written before the call.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AttemptId, OfficeId, PostId, WorkerId};

/// What was tried.
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
pub enum AttemptKind {
    /// To send.
    Publish,
    /// To find out whether an earlier try arrived.
    LookUp,
}

/// What came of a try.
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
pub enum AttemptOutcome {
    /// Begun; not settled.
    Open,
    /// Published.
    Delivered,
    /// Surely not sent: may be tried again.
    NotSent,
    /// Surely not sent, and nothing failed: the platform is still at work on its media, or has not got all of them yet.
    Preparing,
    /// Refused for good.
    Refused,
    /// The credential was refused: a person must renew it.
    CredentialRejected,
    /// May have been sent.
    Unknown,
    /// Look-up: it is there.
    Found,
    /// Look-up: it is surely not there.
    Absent,
    /// Look-up: the platform cannot tell; a person decides.
    CannotTell,
    /// Look-up: no answer; later again.
    Unreachable,
    /// The worker died or lost its lease.
    Abandoned,
}

/// One try.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttemptId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The post.
    pub post_id: PostId,
    /// From 1 for each post.
    pub number: i32,
    /// What was tried.
    pub kind: AttemptKind,
    /// The claim under which it was made.
    pub fence: i64,
    /// By which worker.
    pub worker_id: WorkerId,
    /// The key that went with it.
    pub idempotency_key: String,
    /// Committed before the call.
    pub started_at: DateTimeUtc,
    /// When the outcome was settled; null while open or lost.
    pub ended_at: Option<DateTimeUtc>,
    /// What came of it.
    pub outcome: AttemptOutcome,
    /// Stable code of the cause; null on success.
    pub cause_code: Option<String>,
    /// What a person should know.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause_detail: Option<String>,
    /// Status, if there was an answer.
    pub http_status: Option<i32>,
    /// Id on the platform, if told.
    pub remote_id: Option<String>,
    /// Live address, if told.
    #[sea_orm(column_type = "Text", nullable)]
    pub remote_url: Option<String>,
    /// By what evidence it counts as published.
    pub evidence: Option<String>,
    /// When the next try is due; null when there is none.
    pub retry_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
