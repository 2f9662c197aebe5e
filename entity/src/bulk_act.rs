//! What was done to many posts at once, post by post, so that a repeat of the call gives the first answer.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{BulkActId, OfficeId, PostId, post::PostState};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BulkKind {
    /// Each was moved by the same step.
    Shift,
    /// All were moved to one local time.
    Reschedule,
    /// Each was moved to the next free slot of its channel.
    Reslot,
    /// All were given up.
    Cancel,
    /// A person holds all of them.
    Hold,
    /// What a person held was let go.
    Release,
}

/// Why a post was left alone.
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
pub enum LeftReason {
    /// It is published, or was.
    AlreadyPublished,
    /// It leaves at this moment.
    Leaving,
    /// Not possible in its state.
    IllegalState,
    /// There is no such post in the office.
    NotFound,
    /// It would be due in the past.
    InThePast,
    /// It would be due later than anything may be.
    TooFarAhead,
    /// Another post of its channel is due at that moment, or its revision is scheduled there already.
    WouldClash,
    /// Its channel has no free slot left.
    NoFreeSlot,
    /// It is as it would be.
    AsWished,
    /// Another person holds it, or its channel is another's to hold.
    NotYours,
}

/// Where a post stood when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Before {
    /// Its version.
    pub version: i64,
    /// Its state.
    pub state: PostState,
    /// When it was due.
    pub due_at: DateTimeUtc,
}

/// Where a post stands then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct After {
    /// Its state.
    pub state: PostState,
    /// When it is due.
    pub due_at: DateTimeUtc,
    /// The wish as local time, `YYYY-MM-DDTHH:MM:SS`.
    pub local_time: String,
    /// IANA zone of the wish.
    pub time_zone: String,
}

/// What becomes of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// It changes.
    Changes(After),
    /// It is left alone.
    Left(LeftReason),
}

/// One post of a bulk act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The post.
    pub post_id: PostId,
    /// Where it stood; null when there is no such post in the office.
    pub before: Option<Before>,
    /// What becomes of it.
    pub fate: Fate,
}

/// The posts of a bulk act, in the order of their due times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Outcomes(pub Vec<Outcome>);

/// A bulk act that was carried out.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk_act")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BulkActId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// What was done.
    pub kind: BulkKind,
    /// To which posts, and with what outcome.
    #[sea_orm(column_type = "Json")]
    pub outcomes: Outcomes,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
