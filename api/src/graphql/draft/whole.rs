//! A revision put together through the loaders, so that a page of drafts is composed and checked in a bounded number of
//! statements. What it says and what the rules find is the office's.

use std::sync::Arc;

use async_graphql::{Context, Result};
use entity::{ChannelId, RevisionId, channel, revision, revision_media};
use office::{Fault, OfficeError, checks::WholeRevision, compose::compose, handbooks::Compiled};

use crate::graphql::{context::ContextExt as _, loaders::rows::TargetsOfRevision, relations};

/// The handbook in force.
pub(super) async fn handbook(ctx: &Context<'_>) -> Result<Arc<Compiled>> {
    let found = ctx.loaders()?.handbook().await?;
    Ok(found.ok_or_else(|| OfficeError::Fault(Fault::Internal("no handbook was loaded".to_owned())))?)
}

/// The revision with all that it takes to check it.
pub(super) async fn whole(ctx: &Context<'_>, id: RevisionId) -> Result<Arc<WholeRevision>> {
    let found = ctx.loaders()?.whole(id).await?;
    Ok(found.ok_or(OfficeError::NotFound("revision"))?)
}

/// Media in the order of their places.
pub(super) fn in_place(mut rows: Vec<Arc<revision_media::Model>>) -> Vec<Arc<revision_media::Model>> {
    rows.sort_by_key(|row| row.position);
    rows
}

/// The text of a revision as it goes out on a channel, with the channel's signature.
pub(super) fn composed_text(
    revision: &revision::Model,
    variant: Option<&str>,
    channel: &channel::Model,
) -> String {
    compose(revision, variant, channel, &[]).text
}

/// The same, by ids; none when the revision does not name the channel.
pub(crate) async fn text_on_channel(
    ctx: &Context<'_>,
    revision_id: RevisionId,
    channel_id: ChannelId,
) -> Result<Option<String>> {
    let revision = relations::row::<revision::Entity>(ctx, revision_id).await.transpose()?;
    let channel = relations::row::<channel::Entity>(ctx, channel_id).await.transpose()?;
    let targets = relations::children::<TargetsOfRevision>(ctx, revision_id).await?;
    let target = targets.iter().find(|target| target.channel_id == channel_id);
    let (Some(revision), Some(channel), Some(target)) = (revision, channel, target) else { return Ok(None) };
    Ok(Some(composed_text(&revision, target.text.as_deref(), &channel)))
}
