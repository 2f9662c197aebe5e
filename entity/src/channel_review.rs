//! A look at a channel, once a year: whether it still serves.

use sea_orm::entity::prelude::*;

use crate::{ChannelId, ChannelReviewId, MemberId, OfficeId, channel::Verdict};

/// A review of a channel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_review")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChannelReviewId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Which channel.
    pub channel_id: ChannelId,
    /// Who looked.
    pub reviewed_by: MemberId,
    /// What they found.
    #[sea_orm(column_type = "Text")]
    pub findings: String,
    /// What it came to.
    pub verdict: Verdict,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
