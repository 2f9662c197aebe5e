//! One small row a channel: what workers look at to find the next post.

use sea_orm::entity::prelude::*;

use crate::{ChannelId, OfficeId, PostId};

/// The head of a channel's queue: gives order, one post in flight, and rate gates in one indexed step.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_head")]
pub struct Model {
    /// Key: one row a channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// When the first ready post may be tried: the later of its `run_at` and the gate; null when none waits.
    pub next_at: Option<DateTimeUtc>,
    /// Nothing goes out before this, as the platform asked; null when open.
    pub gate_until: Option<DateTimeUtc>,
    /// The post in flight; null when none is.
    pub sending: Option<PostId>,
    /// Why nothing goes out before `gate_until`: a stable code; null when open.
    pub gate_reason: Option<String>,
    /// Tries in a row for which the platform had no usable answer.
    pub failures: i32,
    /// Since when the channel is tried only now and then, because it failed too often in a row; null when it is not.
    pub broken_since: Option<DateTimeUtc>,
    /// The host that its platform is reached at; null for the office's own feed.
    pub host: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
