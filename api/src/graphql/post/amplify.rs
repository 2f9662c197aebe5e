//! Which channels could pass a post on.

use std::sync::Arc;

use async_graphql::{Context, Result};
use entity::{channel, post};
use office::amplify;

use crate::graphql::{channel::Channel, context::ContextExt as _, relations};

/// The office's other channels that could pass the post on.
pub(super) async fn amplifiers(ctx: &Context<'_>, post: &post::Model) -> Result<Vec<Channel>> {
    if !amplify::can_be_amplified(post) {
        return Ok(Vec::new());
    }
    let own = relations::row::<channel::Entity>(ctx, post.channel_id).await.transpose()?;
    let Some(own) = own else { return Ok(Vec::new()) };
    let most = usize::try_from(ctx.office()?.limits().amplifiers).unwrap_or(usize::MAX);
    let found = ctx.loaders()?.amplifiers(own.platform).await?;
    let others = found.iter().filter(|channel| channel.id != own.id).take(most);
    Ok(others.map(|channel| Channel(Arc::clone(channel))).collect())
}
