//! Figures measured for the goals of communications plans. Rows are added and never changed: a wrong figure is measured
//! again for the same day.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{GoalId, InitiativeId, MeasurementId, MemberId, OfficeId};

/// Where a figure comes from.
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
pub enum MeasurementSource {
    /// A person read it and wrote it down.
    Manual,
}

/// One figure.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "measurement")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeasurementId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whose plan has the goal.
    pub initiative_id: InitiativeId,
    /// Which goal.
    pub goal_id: GoalId,
    /// The figure, in the goal's unit.
    #[sea_orm(column_type = "Double")]
    pub value: f64,
    /// The day for which it holds, in the office's zone.
    pub measured_on: Date,
    /// Where it comes from.
    pub source: MeasurementSource,
    /// What a person says of it.
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// Who wrote it down.
    pub recorded_by: MemberId,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
