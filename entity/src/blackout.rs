//! Quiet times: days, hours of the day, or both, in which nothing goes out.

use sea_orm::entity::prelude::*;

use crate::{BlackoutId, ChannelId, MemberId, OfficeId, pause::ExemptPosts};

/// A blackout.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blackout")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BlackoutId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The channel; null for every channel of the office.
    pub channel_id: Option<ChannelId>,
    /// The first day; null with `ends_on` for every day.
    pub starts_on: Option<Date>,
    /// The last day.
    pub ends_on: Option<Date>,
    /// Whether the days come again each year.
    pub yearly: bool,
    /// `HH:MM` from which nothing goes out on these days; null with `to_time` for whole days.
    pub from_time: Option<String>,
    /// `HH:MM` until which; not later than `from_time` means on the day after.
    pub to_time: Option<String>,
    /// IANA zone of the days and hours.
    pub time_zone: String,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Posts that may leave all the same.
    #[sea_orm(column_type = "Json")]
    pub exempt: ExemptPosts,
    /// Who declared it.
    pub created_by: MemberId,
    /// When it was taken away; null while it stands.
    pub removed_at: Option<DateTimeUtc>,
    /// Who took it away.
    pub removed_by: Option<MemberId>,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
