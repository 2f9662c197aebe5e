//! Subscriptions: everything of the office, one draft, or posts.

use async_graphql::{Context, ID, Result, Subscription};
use entity::{ChannelId, DraftId, PostId, audit_entry, post};
use futures::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use office::{Office, OfficeError, policy::op, read};

use super::{
    follow::follow,
    object::{Change, DRAFT, POST},
};
use crate::{
    error::ApiError,
    graphql::{context::ContextExt as _, id},
};

/// Changes, one at a time, without end.
type Changes = BoxStream<'static, Result<Change>>;

/// Live updates.
#[derive(Debug, Default)]
pub(crate) struct ChangeSubscription;

#[Subscription]
impl ChangeSubscription {
    /// Every change in the office, in order and without gaps. Begins now, or behind `after`: a client that was cut off gives
    /// the last `sequence` that it saw and misses nothing. Changes arrive within moments; within 2 seconds when another
    /// process made them.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what follows this sequence; only what happens from now on when left out.")]
        after: Option<i64>,
    ) -> Result<Changes> {
        let permit = ctx.requester()?.permit::<op::Changes>()?;
        let entries = follow(ctx.office()?.clone(), permit, after).await?;
        Ok(entries.map_ok(Change).map_err(Into::into).boxed())
    }

    /// Each change of one draft: a revision, a submission, a review, advice, a withdrawal. An error with the code `NOT_FOUND`
    /// when there is no such draft in your office.
    async fn draft_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] id: ID,
        #[graphql(desc = "Only what follows this sequence; only what happens from now on when left out.")]
        after: Option<i64>,
    ) -> Result<Changes> {
        let permit = ctx.requester()?.permit::<op::DraftChanged>()?;
        let (office, draft_id) = (ctx.office()?.clone(), id::decode::<DraftId>(&id)?);
        read::one::<entity::draft::Entity>(office.db().read(), permit.office_id(), draft_id).await?;
        let entries = follow(office, permit, after).await?;
        let ours =
            move |entry: &audit_entry::Model| entry.subject_kind == DRAFT && entry.subject_id == draft_id.0;
        let entries = entries.try_filter(move |entry| std::future::ready(ours(entry)));
        Ok(entries.map_ok(Change).map_err(Into::into).boxed())
    }

    /// Each change of posts: scheduled, held, sent, published, refused. All posts of the office, or only those that are named
    /// or stand on the named channels.
    async fn post_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Posts on these channels, at most 100.")] channel_ids: Option<Vec<ID>>,
        #[graphql(desc = "These posts, at most 100.")] ids: Option<Vec<ID>>,
        #[graphql(desc = "Only what follows this sequence; only what happens from now on when left out.")]
        after: Option<i64>,
    ) -> Result<Changes> {
        let permit = ctx.requester()?.permit::<op::PostChanged>()?;
        let max = ctx.services()?.settings.nodes_max;
        let wanted = Wanted {
            all: channel_ids.is_none() && ids.is_none(),
            channels: id::decode_all(&bounded(channel_ids, max)?)?,
            posts: id::decode_all(&bounded(ids, max)?)?,
        };
        let office = ctx.office()?.clone();
        let entries = follow(office.clone(), permit, after).await?;
        let entries = entries.try_filter_map(move |entry| pick(office.clone(), wanted.clone(), entry));
        Ok(entries.map_ok(Change).map_err(Into::into).boxed())
    }
}

/// Which posts a subscriber wants to hear of.
#[derive(Debug, Clone)]
struct Wanted {
    all: bool,
    channels: Vec<ChannelId>,
    posts: Vec<PostId>,
}

fn bounded(ids: Option<Vec<ID>>, max: usize) -> Result<Vec<ID>, ApiError> {
    let ids = ids.unwrap_or_default();
    if ids.len() > max {
        return Err(ApiError::bad_input(format!("at most {max} ids at once")));
    }
    Ok(ids)
}

/// The entry, when it is about a post that is wanted.
async fn pick(
    office: Office,
    wanted: Wanted,
    entry: audit_entry::Model,
) -> office::Result<Option<audit_entry::Model>> {
    if entry.subject_kind != POST {
        return Ok(None);
    }
    let post_id = PostId(entry.subject_id);
    if wanted.all || wanted.posts.contains(&post_id) {
        return Ok(Some(entry));
    }
    if wanted.channels.is_empty() {
        return Ok(None);
    }
    match read::one::<post::Entity>(office.db().read(), entry.office_id, post_id).await {
        Ok(post) => Ok(wanted.channels.contains(&post.channel_id).then_some(entry)),
        Err(OfficeError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
