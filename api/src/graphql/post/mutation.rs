//! Scheduling approved drafts, moving and cancelling posts, and deciding what no platform can tell.

use async_graphql::{Context, ID, InputObject, Object, OneofObject};
use office::{policy::op, posts};

use super::{
    object::Post,
    warning::{self, ScheduleWarning},
    when::WhenInput,
};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, scalars::Url},
};

/// A draft to schedule.
#[derive(Debug, InputObject)]
pub(crate) struct SchedulePostInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The approved draft.
    draft_id: ID,
    /// On these of its channels; on all of them when left out.
    #[graphql(default)]
    channel_ids: Vec<ID>,
    /// When.
    when: WhenInput,
    /// Minutes late that it may leave before it counts as `MISSED`; the office's usual when left out.
    publish_late_minutes: Option<i32>,
    /// A post of the same channel that it follows, as the next part of a thread or a first comment: it does not leave before
    /// that one is out, and is held when that one will not be. Name its channel alone in `channelIds`.
    after: Option<ID>,
}

/// Another time for a post.
#[derive(Debug, InputObject)]
pub(crate) struct ReschedulePostInput {
    /// Which post.
    post_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// When.
    when: WhenInput,
}

/// A cancellation.
#[derive(Debug, InputObject)]
pub(crate) struct CancelPostInput {
    /// Which post.
    post_id: ID,
    /// The version that was read.
    expected_version: i64,
}

/// A person's decision about an unconfirmed post.
#[derive(Debug, InputObject)]
pub(crate) struct ResolvePostInput {
    /// Which post: `UNCONFIRMED`, with `personDecides`.
    post_id: ID,
    /// The version that was read before you looked on the platform.
    expected_version: i64,
    /// What you found out on the platform.
    resolution: ResolutionInput,
}

/// What a person found out: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum ResolutionInput {
    /// It is out, at this address.
    PublishedAt(Url),
    /// `true`: it is not there; it will be tried again, through the gate.
    NotPublished(bool),
}

impl ResolutionInput {
    fn read(self) -> office::Result<posts::Resolution> {
        match self {
            Self::PublishedAt(url) => Ok(posts::Resolution::Published { url: url.0 }),
            Self::NotPublished(true) => Ok(posts::Resolution::NotPublished),
            Self::NotPublished(false) => office::error::refuse(
                office::RefusalCode::Invalid,
                "resolution.notPublished",
                "leave it out, or set it to true",
            ),
        }
    }
}

payloads! {
    /// What `schedulePost` answers.
    SchedulePostPayload {
        /// The new posts, one for each channel; `time.clockChange` tells what a clock change did to the wish.
        posts: Vec<Post>,
        /// What to know about their times: what else leaves near them, and quiet times. They stop nothing.
        warnings: Vec<ScheduleWarning>,
    }
    /// What `reschedulePost` answers.
    ReschedulePostPayload {
        /// The post as it is now.
        post: Post,
        /// What to know about its new time. It stops nothing.
        warnings: Vec<ScheduleWarning>,
    }
    /// What `cancelPost` answers.
    CancelPostPayload {
        /// The post as it is now.
        post: Post,
    }
    /// What `resolvePost` answers.
    ResolvePostPayload {
        /// The post as it is now.
        post: Post,
    }
}

/// Mutations of posts.
#[derive(Debug, Default)]
pub(crate) struct PostMutation;

#[Object]
impl PostMutation {
    /// Schedules an approved draft: one post for each channel, all of them or none. On a channel where it goes out as a thread
    /// each part is a post of its own, all due at the same time: each follows the one before it, and none leaves before that
    /// one is out. When a part is cancelled, refused or too late, those after it are held (gate `ORDER`); when a part is given
    /// another time, those after it wait for it, and are `MISSED` where that is later than they are wanted.
    /// User errors: `ILLEGAL_STATE` (the draft is not approved), `INVALID` (a time that is past or too far, no free slot, a
    /// channel that the draft does not name, `publishLateMinutes`), `REQUIRED` (it names no channel), `TAKEN` (this revision is
    /// scheduled there already), `KEY_REUSED`, `NOT_FOUND`.
    async fn schedule_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, where and when.")] input: SchedulePostInput,
    ) -> Field<SchedulePostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SchedulePost>()?;
            let office = ctx.office()?;
            let outcome = async {
                let wish = posts::SchedulePost {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    channel_ids: id::decode_all(&input.channel_ids)?,
                    when: input.when.read()?,
                    publish_late_minutes: input.publish_late_minutes,
                    after: input.after.as_ref().map(id::decode).transpose()?,
                };
                let scheduled = posts::schedule(office, &permit, wish).await?;
                let posts: Vec<_> = scheduled.into_iter().map(|one| one.post).collect();
                let warnings = warning::of(office, &posts).await;
                Ok((posts, warnings))
            };
            payload(Box::pin(outcome).await, |(posts, warnings)| SchedulePostPayload {
                warnings,
                ..SchedulePostPayload::done(posts.into_iter().map(Post::from).collect(), Vec::new())
            })
        })
        .await
    }

    /// Moves a post that has not left to another time, with the same words. Opens a `HELD` or `MISSED` one again, through
    /// the gate. User errors: `CONFLICT`, `ILLEGAL_STATE` (it left, or is leaving this moment), `INVALID` (the time, or no
    /// free slot), `NOT_FOUND`.
    async fn reschedule_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post, and when.")] input: ReschedulePostInput,
    ) -> Field<ReschedulePostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReschedulePost>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (post_id, when) = (id::decode(&input.post_id)?, input.when.read()?);
                let version = input.expected_version;
                let (post, _) = posts::reschedule(office, &permit, post_id, version, &when).await?;
                let warnings = warning::of(office, std::slice::from_ref(&post)).await;
                Ok((post, warnings))
            };
            payload(Box::pin(outcome).await, |(post, warnings)| ReschedulePostPayload {
                warnings,
                ..ReschedulePostPayload::done(post.into(), Vec::new())
            })
        })
        .await
    }

    /// Gives a post up before it leaves. User errors: `CONFLICT`, `ILLEGAL_STATE` (it left, is leaving this moment, or may
    /// be out and is being looked up), `NOT_FOUND`.
    async fn cancel_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post.")] input: CancelPostInput,
    ) -> Field<CancelPostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CancelPost>()?;
            let office = ctx.office()?;
            let outcome = async {
                posts::cancel(office, &permit, id::decode(&input.post_id)?, input.expected_version).await
            };
            payload(Box::pin(outcome).await, |post| CancelPostPayload::done(post.into()))
        })
        .await
    }

    /// Decides about a post when the platform cannot tell whether it arrived. User errors: `ILLEGAL_STATE` (not unconfirmed,
    /// or still being looked up), `INVALID` (the address), `NOT_FOUND`.
    async fn resolve_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: ResolvePostInput,
    ) -> Field<ResolvePostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ResolvePost>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (post_id, resolution) = (id::decode(&input.post_id)?, input.resolution.read()?);
                posts::resolve(office, &permit, post_id, input.expected_version, &resolution).await
            };
            payload(Box::pin(outcome).await, |post| ResolvePostPayload::done(post.into()))
        })
        .await
    }
}
