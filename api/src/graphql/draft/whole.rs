//! A revision put together through the loaders, so that a page of drafts is composed and checked in a bounded number of
//! statements. What it says and what the rules find is the office's.

use std::sync::Arc;

use async_graphql::{Context, Result};
use entity::{RevisionId, channel, post, revision, revision_media, revision_target};
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

/// The parts in which a target goes out as a thread; none where it goes out whole.
pub(super) fn parts(target: &revision_target::Model) -> &[String] {
    target.parts.as_ref().map_or(&[], |parts| &parts.0)
}

/// The target that a post is of; none when its revision does not name its channel.
async fn target_of(ctx: &Context<'_>, post: &post::Model) -> Result<Option<Arc<revision_target::Model>>> {
    let targets = relations::children::<TargetsOfRevision>(ctx, post.revision_id).await?;
    Ok(targets.into_iter().find(|target| target.channel_id == post.channel_id))
}

/// What a post says: the composed text, or its part of the thread; none when its revision does not name its channel.
pub(crate) async fn text_of_post(ctx: &Context<'_>, post: &post::Model) -> Result<Option<String>> {
    let Some(target) = target_of(ctx, post).await? else { return Ok(None) };
    if let Some(index) = usize::try_from(post.part).ok().and_then(|part| part.checked_sub(1)) {
        return Ok(parts(&target).get(index).cloned());
    }
    let revision = relations::row::<revision::Entity>(ctx, post.revision_id).await.transpose()?;
    let channel = relations::row::<channel::Entity>(ctx, post.channel_id).await.transpose()?;
    let (Some(revision), Some(channel)) = (revision, channel) else { return Ok(None) };
    Ok(Some(composed_text(&revision, target.text.as_deref(), &channel)))
}

/// How many parts a post's thread has; none where the post is no part of one.
pub(crate) async fn parts_of_post(ctx: &Context<'_>, post: &post::Model) -> Result<Option<usize>> {
    if post.part == 0 {
        return Ok(None);
    }
    Ok(target_of(ctx, post).await?.map(|target| target.thread_length()))
}
