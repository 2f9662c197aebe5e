//! Review policies: who must approve drafts, step by step.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{ChannelId, InitiativeId, MemberId, OfficeId, ReviewPolicyId, member::Role};

/// How many of those whom a step names must approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StepRule {
    /// One of them.
    Any,
    /// Each of them: of a role somebody who holds it.
    All,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// How many must approve.
    pub rule: StepRule,
    /// Whoever holds one of these roles.
    pub roles: Vec<Role>,
    /// These people.
    pub members: Vec<MemberId>,
    /// Who may approve in the place of somebody who does not, or cannot.
    pub deputies: Vec<MemberId>,
    /// Hours from its turn in which it should be decided; null for no hurry.
    pub deadline_hours: Option<i32>,
}

/// The steps, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Steps(pub Vec<Step>);

/// A review policy. Its row never changes but for its end: another policy of the same scope is another row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_policy")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewPolicyId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// For drafts that go to this channel; null with `initiative_id` for all of the office.
    pub channel_id: Option<ChannelId>,
    /// For drafts of this initiative.
    pub initiative_id: Option<InitiativeId>,
    /// What people call it.
    pub name: String,
    /// Who must approve, in this order.
    #[sea_orm(column_type = "Json")]
    pub steps: Steps,
    /// Who set it.
    pub created_by: MemberId,
    /// When it ended; null while it is in force.
    pub ended_at: Option<DateTimeUtc>,
    /// Who ended it.
    pub ended_by: Option<MemberId>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
