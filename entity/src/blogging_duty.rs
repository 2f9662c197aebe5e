//! The duty of an initiative to blog on one of the office's channels, so often. A duty that changes is ended and followed
//! by another.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{BloggingDutyId, ChannelId, InitiativeId, MemberId, OfficeId};

/// What a cadence counts.
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
pub enum CadenceUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months: on the 31st means the last day of a shorter one.
    Months,
}

/// A duty to blog.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blogging_duty")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BloggingDutyId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whose duty.
    pub initiative_id: InitiativeId,
    /// On which channel its posts count.
    pub channel_id: ChannelId,
    /// Every so many.
    pub every: i32,
    /// Days, weeks or months.
    pub unit: CadenceUnit,
    /// The day from which it counts, in the office's zone.
    pub starts_on: Date,
    /// Days overdue after which the coordinators are told too.
    pub grace_days: i32,
    /// Who set it.
    pub created_by: MemberId,
    /// When it ended; null while it stands.
    pub ended_at: Option<DateTimeUtc>,
    /// Who ended it; null while it stands.
    pub ended_by: Option<MemberId>,
    /// Why the initiative need not blog; null where another duty followed or the initiative ended.
    #[sea_orm(column_type = "Text", nullable)]
    pub ended_reason: Option<String>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
