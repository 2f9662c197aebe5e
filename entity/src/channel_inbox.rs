//! How far what the public says to a channel was read.

use sea_orm::entity::prelude::*;

use crate::{ChannelId, OfficeId};

/// The reading of one channel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_inbox")]
pub struct Model {
    /// Key: one row a channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// From where to read on; null before the first reading.
    #[sea_orm(column_type = "Text", nullable)]
    pub cursor: Option<String>,
    /// When it is read next.
    pub due_at: DateTimeUtc,
    /// Until when a worker reads it; null when none does.
    pub lease_until: Option<DateTimeUtc>,
    /// Raised by each claim.
    pub fence: i64,
    /// Readings in a row that got no answer.
    pub failures: i32,
    /// Why the last reading got none; null when it did.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause: Option<String>,
    /// When it was read last; null before the first reading.
    pub read_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
