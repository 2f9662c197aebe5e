//! Recurring local times at which a channel likes to post.

use sea_orm::entity::prelude::*;

use crate::{ChannelId, OfficeId, SlotId};

/// A recurring posting time.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "slot")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SlotId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The channel.
    pub channel_id: ChannelId,
    /// ISO weekday, 1 = Monday to 7 = Sunday.
    pub weekday: i16,
    /// `HH:MM`.
    pub local_time: String,
    /// IANA zone.
    pub time_zone: String,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
