//! Members who answer for a channel.

use sea_orm::entity::prelude::*;

use crate::{ChannelId, MemberId, OfficeId, StewardId};

/// A member's stewardship of a channel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "steward")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StewardId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The channel.
    pub channel_id: ChannelId,
    /// The steward.
    pub member_id: MemberId,
    /// Whether this steward is the one on duty.
    pub on_duty: bool,
    /// From when.
    pub since: DateTimeUtc,
    /// Until when; null while it lasts.
    pub until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
