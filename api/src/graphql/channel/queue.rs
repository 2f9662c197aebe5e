//! What the head of a channel's queue waits for.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use super::Channel;
use crate::{
    error::Field,
    graphql::{context::ContextExt as _, post::Post, relations, scalars::DateTime},
};

/// Why nothing of a channel goes out for a while. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ChannelWait {
    /// The platform asked to wait.
    RateLimited,
    /// It failed too often in a row: it is tried now and then, until one try succeeds.
    CircuitOpen,
    /// Much is late: it goes out one by one.
    CatchUp,
}

impl ChannelWait {
    fn of(code: &str) -> Option<Self> {
        match code {
            "RATE_LIMITED" => Some(Self::RateLimited),
            "CIRCUIT_OPEN" => Some(Self::CircuitOpen),
            "CATCH_UP" => Some(Self::CatchUp),
            _ => None,
        }
    }
}

/// A wait of a whole channel.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub(crate) struct ChannelPatience {
    /// Nothing goes out before.
    until: DateTime,
    /// Why; null for a reason that this version does not know.
    reason: Option<ChannelWait>,
}

/// The queue of a channel: one post is in flight at a time, the earliest first.
#[derive(Debug, Clone)]
pub(crate) struct ChannelQueue(Arc<entity::channel_head::Model>);

/// The queue of a channel: one post is in flight at a time, the earliest first.
#[Object]
impl ChannelQueue {
    /// When the next post may be tried; null when none waits.
    async fn next_at(&self) -> Option<DateTime> {
        self.0.next_at.map(DateTime::from)
    }
    /// The post in flight; null when none is.
    async fn sending(&self, ctx: &Context<'_>) -> Field<Post> {
        relations::post(ctx, self.0.sending?).await
    }
    /// The last wait of the whole channel, over or not; null when there was none.
    async fn patience(&self) -> Option<ChannelPatience> {
        let until = self.0.gate_until?;
        Some(ChannelPatience {
            until: until.into(),
            reason: self.0.gate_reason.as_deref().and_then(ChannelWait::of),
        })
    }
    /// Tries in a row for which the platform had no usable answer.
    async fn failures(&self) -> i32 {
        self.0.failures
    }
    /// Since when it is tried only now and then; null while it is not.
    async fn broken_since(&self) -> Option<DateTime> {
        self.0.broken_since.map(DateTime::from)
    }
}

/// The queue of a channel; none before its first post.
pub(super) async fn of(ctx: &Context<'_>, channel: &Channel) -> Result<Option<ChannelQueue>> {
    Ok(ctx.loaders()?.channel_head(channel.0.id).await?.map(ChannelQueue))
}
