//! What is asked of a channel's platform again and again, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result};
use entity::channel_round;

use super::Channel;
use crate::graphql::{loaders::rows::RoundsOfChannel, relation, scalars::DateTime};

/// What is asked of a channel's platform again and again. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "channel_round::RoundKind")]
pub(crate) enum RoundKind {
    /// What the public says to the channel: `conversations`.
    Conversations,
    /// How often its posts were seen and answered: `Post.figures`.
    Figures,
}

/// Something that is asked of a channel's platform again and again.
#[derive(Debug, Clone)]
pub(crate) struct ChannelRound(Arc<channel_round::Model>);

/// Something that is asked of a channel's platform again and again, and whether it answers.
#[Object]
impl ChannelRound {
    /// What.
    async fn kind(&self) -> RoundKind {
        self.0.kind.into()
    }
    /// When the platform answered last; null before its first answer.
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at.map(DateTime::from)
    }
    /// When it is asked next, at the earliest.
    async fn next_at(&self) -> DateTime {
        self.0.due_at.into()
    }
    /// Times in a row that it gave no usable answer.
    async fn failures(&self) -> i32 {
        self.0.failures
    }
    /// Why it gave none the last time, as `CODE: words`; null when it did. A right that the credential lacks is told here.
    async fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

pub(super) async fn of(ctx: &Context<'_>, channel: &Channel) -> Result<Vec<ChannelRound>> {
    let mut rows = relation::many::<RoundsOfChannel>(ctx, channel.0.id).await?;
    rows.sort_by_key(|row| row.id);
    Ok(rows.into_iter().map(ChannelRound).collect())
}
