//! What is done about a post that is out: its words are put right, or it is taken back.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{CorrectionId, MemberId, OfficeId, PostId, RevisionId, WorkerId, post::Hold};

/// What is done.
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
pub enum CorrectionKind {
    /// The words that are out are replaced by others that were approved.
    Edit,
    /// It is taken back.
    Withdraw,
}

/// How far it is.
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
pub enum CorrectionState {
    /// A worker does it now, or after a failure again.
    Waiting,
    /// A gate is shut.
    Held,
    /// The platform has done it.
    Done,
    /// The platform refused it for good.
    Refused,
    /// Somebody gave it up before it was done.
    Cancelled,
}

/// One correction.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "correction")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CorrectionId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The post that is out.
    pub post_id: PostId,
    /// What is done.
    pub kind: CorrectionKind,
    /// How far it is.
    pub state: CorrectionState,
    /// Why, as whoever ordered it wrote.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// The approved revision whose words take the place of those that are out; null when it is taken back.
    pub revision_id: Option<RevisionId>,
    /// Digest of exactly what is to be out; null when it is taken back.
    pub digest: Option<String>,
    /// The revision that was out when it was ordered.
    pub former_revision_id: RevisionId,
    /// Who ordered it; null for the operator.
    pub ordered_by: Option<MemberId>,
    /// When to try next.
    pub run_at: DateTimeUtc,
    /// Until when a worker holds it; null when none does.
    pub lease_until: Option<DateTimeUtc>,
    /// Which worker holds it.
    pub worker_id: Option<WorkerId>,
    /// Raised by each claim: who holds an older one has lost it.
    pub fence: i64,
    /// Tries so far.
    pub attempts: i32,
    /// Which gates are shut, while HELD.
    #[sea_orm(column_type = "Json", nullable)]
    pub hold: Option<Hold>,
    /// Stable code of the last failure; null when there was none.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause_code: Option<String>,
    /// What a person should know of it.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause_detail: Option<String>,
    /// When it was ordered.
    pub created_at: DateTimeUtc,
    /// When it was over; null before.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
