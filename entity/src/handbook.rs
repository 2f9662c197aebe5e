//! An office's guidelines in force, version by version.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{HandbookId, MemberId, OfficeId};

/// Where a handbook version is in its life.
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
pub enum HandbookState {
    /// Written down and tested; not in force.
    Proposed,
    /// In force: the one that the gate uses.
    Active,
    /// Was in force; kept for the record.
    Superseded,
    /// Given up before it came into force.
    Discarded,
}

/// One version of an office's handbook.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handbook")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HandbookId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Version, from 1, without gaps.
    pub number: i32,
    /// Title.
    pub title: String,
    /// Clauses, rules, parameters, templates, training and lists, as `guidelines::HandbookDocument`.
    #[sea_orm(column_type = "Json")]
    pub document: Json,
    /// SHA-256 of the canonical document, hex.
    pub digest: String,
    /// Whether it is in force.
    pub state: HandbookState,
    /// When it came into force.
    pub activated_at: Option<DateTimeUtc>,
    /// Who put it in force; null for the starter handbook.
    pub activated_by: Option<MemberId>,
    /// Who proposed it; null for the starter handbook.
    pub proposed_by: Option<MemberId>,
    /// What it changes and why, in the words of who proposed it; null for the starter handbook.
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// The version that was in force when it was proposed; null for the starter handbook.
    pub based_on: Option<HandbookId>,
    /// When the row was made, which is when it was proposed, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
