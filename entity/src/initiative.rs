//! A social-media programme of a project.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ChannelId, GoalId, InitiativeId, MemberId, OfficeId};

/// Where an initiative is in its life.
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
pub enum InitiativeState {
    /// Waits for the coordinator.
    Proposed,
    /// Acknowledged: its posts may go out.
    Active,
    /// Not taken up, for a reason given.
    Declined,
    /// Its channels are being settled; nothing new goes out.
    Closing,
    /// Over.
    Closed,
}

impl InitiativeState {
    /// Whether nothing new is begun for it: it ends, is over, or was never taken up.
    pub fn ends(self) -> bool {
        matches!(self, Self::Declined | Self::Closing | Self::Closed)
    }
}

/// Channels, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Channels(pub Vec<ChannelId>);

/// What became of a goal of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalResult {
    /// Which goal; none in results of before goals had ids.
    #[serde(default)]
    pub goal_id: Option<GoalId>,
    /// The goal, in the plan's words.
    pub goal: String,
    /// What became of it.
    pub result: String,
}

/// What became of the plan's goals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct GoalResults(pub Vec<GoalResult>);

/// An initiative.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "initiative")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InitiativeId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Name, unique in the office.
    pub name: String,
    /// What it is for.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    /// Whom it wants to reach.
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    /// Who runs it day to day.
    #[sea_orm(column_type = "Text")]
    pub run_by: String,
    /// How it is staffed and for how many hours.
    #[sea_orm(column_type = "Text")]
    pub staffing: String,
    /// Who takes over when the project ends or people leave.
    #[sea_orm(column_type = "Text")]
    pub successor: String,
    /// Channels of the office that could carry it.
    #[sea_orm(column_type = "Json")]
    pub existing_channels: Channels,
    /// Why those, or why none; null when the question was not answered.
    #[sea_orm(column_type = "Text", nullable)]
    pub existing_channels_note: Option<String>,
    /// First day, in the office's zone.
    pub starts_on: Date,
    /// Last day; null for one without a planned end.
    pub ends_on: Option<Date>,
    /// The project's tag without `#`; null when it has none.
    pub hashtag: Option<String>,
    /// Where it is in its life.
    pub state: InitiativeState,
    /// The project manager who owns it.
    pub manager_id: MemberId,
    /// Who proposed it.
    pub proposed_by: MemberId,
    /// The coordinator who acknowledged or declined it; null before.
    pub decided_by: Option<MemberId>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was declined, or what the coordinator said.
    #[sea_orm(column_type = "Text", nullable)]
    pub decision_reason: Option<String>,
    /// What became of its plan's goals, said when it was closed.
    #[sea_orm(column_type = "Json")]
    pub results: GoalResults,
    /// Raised by each change; an update that names another version is refused as a conflict.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
