//! What somebody wants to say: a chain of immutable revisions.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{DraftId, InitiativeId, IntegrationId, MemberId, OfficeId, RevisionId};

/// Where a draft is in its life.
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
pub enum DraftState {
    /// Being written.
    Draft,
    /// Submitted: waits for a reviewer.
    InReview,
    /// Held until the named adviser answers.
    AdviceSought,
    /// The newest revision is approved and may be scheduled.
    Approved,
    /// Given up.
    Withdrawn,
}

/// A draft.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DraftId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// For which initiative.
    pub initiative_id: InitiativeId,
    /// Working title; channels that show a title use it.
    pub title: String,
    /// Where it is in its life.
    pub state: DraftState,
    /// Who answers for it: who began it, or was given it since; null when an integration began it.
    pub author_id: Option<MemberId>,
    /// The integration that began it; null when a member did.
    pub integration_id: Option<IntegrationId>,
    /// The newest revision.
    pub revision_id: RevisionId,
    /// When the newest revision was submitted for review; null while it was not.
    pub submitted_at: Option<DateTimeUtc>,
    /// Raised by each change; an update that names another version is refused as a conflict.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
