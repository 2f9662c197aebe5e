//! A revision put together through the loaders, so that a page of drafts is composed and checked in a bounded number of
//! statements. What it says and what the rules find is the office's.

use std::sync::Arc;

use async_graphql::{Context, Result};
use entity::{ChannelId, RevisionId, channel, media, revision, revision_media, revision_target};
use office::{Fault, OfficeError, checks::WholeRevision, compose::compose, handbooks::Compiled};

use crate::graphql::{
    context::ContextExt as _,
    loaders::rows::{MediaOfRevision, TargetsOfRevision},
    relations,
};

/// The handbook in force.
pub(super) async fn handbook(ctx: &Context<'_>) -> Result<Arc<Compiled>> {
    let found = ctx.loaders()?.handbook().await?;
    Ok(found.ok_or_else(|| OfficeError::Fault(Fault::Internal("no handbook was loaded".to_owned())))?)
}

/// The revision with its channels and media.
pub(super) async fn whole(ctx: &Context<'_>, revision: &revision::Model) -> Result<WholeRevision> {
    let (targets, media) = futures::try_join!(targets(ctx, revision.id), media(ctx, revision.id))?;
    Ok(WholeRevision { revision: revision.clone(), targets, media })
}

async fn targets(ctx: &Context<'_>, id: RevisionId) -> Result<Vec<(revision_target::Model, channel::Model)>> {
    let rows = relations::children::<TargetsOfRevision>(ctx, id).await?;
    let with_channel = |row: Arc<revision_target::Model>| async move {
        let channel = relations::row::<channel::Entity>(ctx, row.channel_id).await.transpose()?;
        Ok::<_, async_graphql::Error>(channel.map(|channel| (owned(row), owned(channel))))
    };
    let found = futures::future::try_join_all(rows.into_iter().map(with_channel)).await?;
    Ok(found.into_iter().flatten().collect())
}

async fn media(ctx: &Context<'_>, id: RevisionId) -> Result<Vec<(revision_media::Model, media::Model)>> {
    let rows = in_place(relations::children::<MediaOfRevision>(ctx, id).await?);
    let with_item = |row: Arc<revision_media::Model>| async move {
        let item = relations::row::<media::Entity>(ctx, row.media_id).await.transpose()?;
        Ok::<_, async_graphql::Error>(item.map(|item| (owned(row), owned(item))))
    };
    let found = futures::future::try_join_all(rows.into_iter().map(with_item)).await?;
    Ok(found.into_iter().flatten().collect())
}

/// Media in the order of their places.
pub(super) fn in_place(mut rows: Vec<Arc<revision_media::Model>>) -> Vec<Arc<revision_media::Model>> {
    rows.sort_by_key(|row| row.position);
    rows
}

fn owned<M: Clone>(row: Arc<M>) -> M {
    Arc::unwrap_or_clone(row)
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
