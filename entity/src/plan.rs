//! Communications plans: immutable numbered versions of an initiative's five parts.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{InitiativeId, MemberId, OfficeId, PlanId};

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

/// A goal of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// What is wanted.
    pub goal: String,
    /// How one tells that it is met.
    pub measure: String,
}

/// The goals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Goals(pub Vec<Goal>);

/// One version of an initiative's communications plan.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
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
    /// Stakeholders and partners.
    #[sea_orm(column_type = "Json")]
    pub stakeholders: Lines,
    /// Key messages.
    #[sea_orm(column_type = "Json")]
    pub key_messages: Lines,
    /// What may be shared.
    #[sea_orm(column_type = "Json")]
    pub shareable: Lines,
    /// What may not be shared, some only until a date.
    #[sea_orm(column_type = "Json")]
    pub not_shareable: Embargoes,
    /// Goals, each with the measure that tells whether it is met.
    #[sea_orm(column_type = "Json")]
    pub goals: Goals,
    /// Topics that draw journalists.
    #[sea_orm(column_type = "Json")]
    pub contentious: Lines,
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
