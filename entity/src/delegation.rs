//! Who stands in for whom, and in which days.

use sea_orm::entity::prelude::*;

use crate::{DelegationId, MemberId, OfficeId};

/// A member's tasks given to a deputy for some days.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delegation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DelegationId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whose tasks.
    pub member_id: MemberId,
    /// Who stands in.
    pub deputy_id: MemberId,
    /// The first day.
    pub starts_on: Date,
    /// The last day, which still belongs to it.
    pub ends_on: Date,
    /// IANA zone of the days.
    pub time_zone: String,
    /// When the first day begins.
    pub starts_at: DateTimeUtc,
    /// When the last day has ended.
    pub ends_at: DateTimeUtc,
    /// What the deputy should know; null when nothing was said.
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// Who wrote it down.
    pub created_by: MemberId,
    /// When it was ended before its time; null when it was not.
    pub ended_at: Option<DateTimeUtc>,
    /// Who ended it; null when it was not.
    pub ended_by: Option<MemberId>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
