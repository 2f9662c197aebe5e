//! Pauses: nothing leaves within a scope.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{ChannelId, InitiativeId, MemberId, OfficeId, PauseId, PostId};

/// How far a pause reaches.
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
pub enum PauseScope {
    /// Everything of the office.
    Office,
    /// One channel.
    Channel,
    /// One initiative.
    Initiative,
}

/// Posts that a pause does not stop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct ExemptPosts(pub Vec<PostId>);

/// A pause.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pause")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PauseId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// How far it reaches.
    pub scope: PauseScope,
    /// The channel, when the scope is CHANNEL.
    pub channel_id: Option<ChannelId>,
    /// The initiative, when the scope is INITIATIVE.
    pub initiative_id: Option<InitiativeId>,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// From when.
    pub starts_at: DateTimeUtc,
    /// Planned end; null until resumed by hand.
    pub ends_at: Option<DateTimeUtc>,
    /// Posts that may leave all the same.
    #[sea_orm(column_type = "Json")]
    pub exempt: ExemptPosts,
    /// Who; null for the operator at the command line.
    pub paused_by: Option<MemberId>,
    /// When it was lifted; null while it lasts.
    pub resumed_at: Option<DateTimeUtc>,
    /// Who lifted it; null while it lasts, and for the operator at the command line.
    pub resumed_by: Option<MemberId>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
