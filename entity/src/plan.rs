//! Communications plans: immutable numbered versions of an initiative's five parts. Key messages and goals keep their ids
//! from version to version.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{GoalId, InitiativeId, KeyMessageId, MemberId, OfficeId, PlanId};

/// Whether a plan version is in force.
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
pub enum PlanState {
    /// Written, not approved.
    Draft,
    /// In force.
    Approved,
    /// Was in force until a newer version was approved.
    Superseded,
}

/// A list of short texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Lines(pub Vec<String>);

/// A key message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyMessage {
    /// The same in each version that has the message, whatever its words.
    pub id: KeyMessageId,
    /// Its words.
    pub text: String,
}

/// The key messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct KeyMessages(pub Vec<KeyMessage>);

/// Something that may be shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Topic {
    /// Words that name it.
    pub topic: String,
    /// From when it may be; null for at once.
    #[serde(default)]
    pub from: Option<DateTimeUtc>,
}

/// What may be shared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Topics(pub Vec<Topic>);

/// Something that may not be shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Embargo {
    /// Words that name it.
    pub topic: String,
    /// When it may be shared; null for never.
    pub until: Option<DateTimeUtc>,
}

/// What may not be shared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Embargoes(pub Vec<Embargo>);

/// A goal of the plan. What was not asked for when an older version was written is null in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// The same in each version that has the goal: measurements name it.
    pub id: GoalId,
    /// What is wanted.
    pub goal: String,
    /// How one tells that it is met; empty while nobody has said.
    pub measure: String,
    /// What the figures count, such as visits a month; null where the measure says it.
    #[serde(default)]
    pub unit: Option<String>,
    /// The figure at the beginning, in the unit; null where it is not known.
    #[serde(default)]
    pub baseline: Option<f64>,
    /// The figure that is wanted, in the unit.
    #[serde(default)]
    pub target: Option<f64>,
    /// The day by which.
    #[serde(default)]
    pub due_on: Option<Date>,
    /// The day on which the goal was first written down, in the office's zone; null for goals of older versions.
    #[serde(default)]
    pub since: Option<Date>,
}

/// The goals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Goals(pub Vec<Goal>);

/// One version of an initiative's communications plan.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlanId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whose plan.
    pub initiative_id: InitiativeId,
    /// Version, from 1.
    pub number: i32,
    /// Target audiences.
    #[sea_orm(column_type = "Json")]
    pub audiences: Lines,
    /// Stakeholders: whom the project concerns. Older versions name partners among them.
    #[sea_orm(column_type = "Json")]
    pub stakeholders: Lines,
    /// Partners: who does it together with the office.
    #[sea_orm(column_type = "Json")]
    pub partners: Lines,
    /// Key messages.
    #[sea_orm(column_type = "Json")]
    pub key_messages: KeyMessages,
    /// What may be shared, some of it only from a time on.
    #[sea_orm(column_type = "Json")]
    pub shareable: Topics,
    /// What may not be shared, some only until a date.
    #[sea_orm(column_type = "Json")]
    pub not_shareable: Embargoes,
    /// Goals, each with the measure that tells whether it is met.
    #[sea_orm(column_type = "Json")]
    pub goals: Goals,
    /// Topics that draw journalists.
    #[sea_orm(column_type = "Json")]
    pub contentious: Lines,
    /// The day on which it is to be looked at again, in the office's zone; null for versions that were never in force before
    /// such days were kept.
    pub review_on: Option<Date>,
    /// Whether the coordinator approved it.
    pub state: PlanState,
    /// Who wrote it.
    pub written_by: MemberId,
    /// Who approved it; null before.
    pub decided_by: Option<MemberId>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
