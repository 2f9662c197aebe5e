//! Working the queue by hand: holding and releasing one post, trying it again, having it looked up. Calls `office::posts`.

use async_graphql::{Context, ID, InputObject, Object};
use office::{policy::op, posts};

use super::object::Post;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, finding::Gate, id},
};

/// A post to hold.
#[derive(Debug, InputObject)]
pub(crate) struct HoldPostInput {
    /// Which post: `SCHEDULED`, `RETRYING` or `HELD`.
    post_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Why: everyone who asks why it does not leave reads it.
    reason: String,
}

/// A post to let go.
#[derive(Debug, InputObject)]
pub(crate) struct ReleasePostInput {
    /// Which post.
    post_id: ID,
    /// The version that was read.
    expected_version: i64,
}

/// A post to try again.
#[derive(Debug, InputObject)]
pub(crate) struct RetryPostInput {
    /// Which post: `RETRYING` or `REJECTED`.
    post_id: ID,
    /// The version that was read.
    expected_version: i64,
}

/// A post to look up.
#[derive(Debug, InputObject)]
pub(crate) struct LookUpPostInput {
    /// Which post: `UNCONFIRMED`.
    post_id: ID,
}

payloads! {
    /// What `holdPost` answers.
    HoldPostPayload {
        /// The post as it is now.
        post: Post,
    }
    /// What `releasePost` answers.
    ReleasePostPayload {
        /// The post as it is now.
        post: Post,
        /// The gates that keep it all the same; empty when it waits for its time again.
        shut: Vec<Gate>,
    }
    /// What `retryPost` answers.
    RetryPostPayload {
        /// The post as it is now; `nextTryAt` says when.
        post: Post,
    }
    /// What `lookUpPost` answers.
    LookUpPostPayload {
        /// The post as it is now; `nextAct.at` says when the platform is asked.
        post: Post,
    }
}

/// Mutations that work the queue by hand.
#[derive(Debug, Default)]
pub(crate) struct PostOperationMutation;

#[Object]
impl PostOperationMutation {
    /// Holds one post until a person releases it: no worker, no other time and no open gate lets it go. `explain` shows the
    /// hold as the gate `HOLD`. User errors: `CONFLICT`, `ILLEGAL_STATE` (it left, is leaving this moment, or somebody else
    /// holds it), `REQUIRED` or `TOO_LONG` (`reason`), `NOT_RESPONSIBLE`, `NOT_FOUND`.
    async fn hold_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post, and why.")] input: HoldPostInput,
    ) -> Field<HoldPostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::HoldPost>()?;
            let office = ctx.office()?;
            let outcome = async {
                let post_id = id::decode(&input.post_id)?;
                posts::hold(office, &permit, post_id, input.expected_version, &input.reason).await
            };
            payload(Box::pin(outcome).await, |post| HoldPostPayload::done(post.into()))
        })
        .await
    }

    /// Takes a person's hold away, and lets the post go at once if every gate is open; `shut` says which are not. Of a post
    /// that no person holds, the gates are looked at again at once. User errors: `CONFLICT`, `ILLEGAL_STATE` (nobody holds
    /// it), `NOT_RESPONSIBLE` (neither who holds it, nor the initiative's project manager, nor a coordinator), `NOT_FOUND`.
    async fn release_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post.")] input: ReleasePostInput,
    ) -> Field<ReleasePostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReleasePost>()?;
            let office = ctx.office()?;
            let outcome = async {
                posts::release(office, &permit, id::decode(&input.post_id)?, input.expected_version).await
            };
            payload(Box::pin(outcome).await, |released| {
                let shut = released.shut.into_iter().map(Gate::from).collect();
                ReleasePostPayload::done(released.post.into(), shut)
            })
        })
        .await
    }

    /// Tries a post now that is surely not out, through the gate. `RETRYING`: without waiting for its next try. `REJECTED`: as
    /// a new try of the same words, once the cause of the refusal is mended; its time is now, and its lateness counts from
    /// here. User errors: `CONFLICT`, `ILLEGAL_STATE` (it may be out, is out, waits for its time, is held or too late; the
    /// message says what to do instead), `TAKEN` (the revision was scheduled there again), `NOT_FOUND`.
    async fn retry_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post.")] input: RetryPostInput,
    ) -> Field<RetryPostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RetryPost>()?;
            let office = ctx.office()?;
            let outcome = async {
                posts::retry(office, &permit, id::decode(&input.post_id)?, input.expected_version).await
            };
            payload(Box::pin(outcome).await, |post| RetryPostPayload::done(post.into()))
        })
        .await
    }

    /// Asks the platform now whether an `UNCONFIRMED` post is out, also where it could not tell before (`personDecides`);
    /// never before a lost request must have ended. Nothing is sent. User errors: `ILLEGAL_STATE` (its outcome is known, or
    /// it is being looked up at this moment), `NOT_FOUND`.
    async fn look_up_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post.")] input: LookUpPostInput,
    ) -> Field<LookUpPostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::LookUpPost>()?;
            let office = ctx.office()?;
            let outcome = async { posts::look_up(office, &permit, id::decode(&input.post_id)?).await };
            payload(Box::pin(outcome).await, |post| LookUpPostPayload::done(post.into()))
        })
        .await
    }
}
