//! What is asked of a channel's platform again and again: how far that is, and when it is asked next.

use sea_orm::entity::prelude::*;

use crate::{ChannelId, ChannelRoundId, OfficeId};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoundKind {
    /// What the public says to the channel.
    Conversations,
    /// How often its posts were seen and answered.
    Figures,
}

/// One kind of asking, of one channel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_round")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChannelRoundId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The channel.
    pub channel_id: ChannelId,
    /// What is asked: one row of each kind a channel.
    pub kind: RoundKind,
    /// From where to read on; null where there is no such place.
    #[sea_orm(column_type = "Text", nullable)]
    pub cursor: Option<String>,
    /// When it is asked next.
    pub due_at: DateTimeUtc,
    /// Until when a worker asks; null when none does.
    pub lease_until: Option<DateTimeUtc>,
    /// Raised by each claim.
    pub fence: i64,
    /// Times in a row that there was no answer.
    pub failures: i32,
    /// Why there was none the last time; null when there was.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause: Option<String>,
    /// When it was answered last; null before the first answer.
    pub read_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
