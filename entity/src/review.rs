//! Reviews: one person's decision on one revision.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{DraftId, MemberId, OfficeId, ReviewId, RevisionId, member::Roles};

/// A decision on one revision.
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
pub enum Decision {
    /// May go out, exactly as it is.
    Approved,
    /// Not like this.
    ChangesRequested,
    /// Held until the adviser answers.
    AdviceSought,
}

/// Clauses of the handbook's checklist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Checked(pub Vec<String>);

/// A review.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The draft.
    pub draft_id: DraftId,
    /// The revision that was judged.
    pub revision_id: RevisionId,
    /// Who judged, or who sought advice.
    pub reviewer_id: MemberId,
    /// The roles that they held then; null for what was decided before roles were kept.
    #[sea_orm(column_type = "Json", nullable)]
    pub reviewer_roles: Option<Roles>,
    /// What they decided.
    pub decision: Decision,
    /// Digest of exactly what they saw.
    pub digest: String,
    /// What they said.
    #[sea_orm(column_type = "Text", nullable)]
    pub comment: Option<String>,
    /// The checklist's clauses that they ticked; null when they were not asked, or did not say.
    #[sea_orm(column_type = "Json", nullable)]
    pub checked: Option<Checked>,
    /// Who is asked, when advice is sought.
    pub adviser_id: Option<MemberId>,
    /// The adviser's answer; null before.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// When the adviser answered.
    pub answered_at: Option<DateTimeUtc>,
    /// Who answered: the adviser, or who stood in for them; null before, and in answers older than deputies.
    pub answered_by: Option<MemberId>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
