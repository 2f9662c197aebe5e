//! Mutations about posts that are out. Calls `office::corrections` and `office::read_backs`.

use async_graphql::{Context, ID, InputObject, Object};
use office::{corrections, policy::op, read_backs};

use super::{correction::Correction, object::Post};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// A post to put right.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectPostInput {
    /// Which post: `PUBLISHED`, `CORRECTED` or `DRIFTED`.
    post_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Why: it stays in the record.
    reason: String,
}

/// A post to take back.
#[derive(Debug, InputObject)]
pub(crate) struct WithdrawPostInput {
    /// Which post: `PUBLISHED`, `CORRECTED` or `DRIFTED`.
    post_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Why: it stays in the record.
    reason: String,
}

/// A correction to give up.
#[derive(Debug, InputObject)]
pub(crate) struct CancelCorrectionInput {
    /// Which correction: `WAITING` or `HELD`.
    correction_id: ID,
}

/// A post to read back.
#[derive(Debug, InputObject)]
pub(crate) struct ReadBackPostInput {
    /// Which post: `PUBLISHED`, `CORRECTED` or `DRIFTED`.
    post_id: ID,
}

payloads! {
    /// What `correctPost` answers.
    CorrectPostPayload {
        /// The correction: `WAITING` until a worker has told the platform.
        correction: Correction,
    }
    /// What `withdrawPost` answers.
    WithdrawPostPayload {
        /// The correction: `WAITING` until a worker has told the platform.
        correction: Correction,
    }
    /// What `cancelCorrection` answers.
    CancelCorrectionPayload {
        /// The correction: `CANCELLED`.
        correction: Correction,
    }
    /// What `readBackPost` answers.
    ReadBackPostPayload {
        /// The post. A worker reads it at once: read `readBack` and `state` again.
        post: Post,
    }
}

/// Mutations about posts that are out.
#[derive(Debug, Default)]
pub(crate) struct CorrectionMutation;

#[Object]
impl CorrectionMutation {
    /// Lets the newest approved revision of the post's draft take the place of what is out. First revise the draft
    /// (`reviseDraft`) and have another member approve it; the words pass the gates anew when they leave, and pauses hold them.
    /// Of a `DRIFTED` post it also puts back what was approved. A part of a thread is put right by the same part of the new
    /// revision, which must have as many. User errors: `CONFLICT`, `ILLEGAL_STATE` (it is not out, the draft is not approved,
    /// nothing is different, the thread has another number of parts, the platform cannot change it, or another correction
    /// waits), `TAKEN` (the revision is scheduled there as another post), `REQUIRED`, `TOO_LONG`, `NOT_FOUND`.
    async fn correct_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post, and why.")] input: CorrectPostInput,
    ) -> Field<CorrectPostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CorrectPost>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (post_id, expected_version) = (id::decode(&input.post_id)?, input.expected_version);
                let order = corrections::CorrectPost { post_id, expected_version, reason: input.reason };
                corrections::correct(office, &permit, order).await
            };
            payload(Box::pin(outcome).await, |row| CorrectPostPayload::done(Correction(row.into())))
        })
        .await
    }

    /// Takes a post back: it is deleted on its platform, and the record keeps what was out. A pause does not stop it. User
    /// errors: `CONFLICT`, `ILLEGAL_STATE` (it is not out, the platform cannot delete it, or a correction waits),
    /// `NOT_RESPONSIBLE` (neither a steward of the channel nor a coordinator), `REQUIRED`, `TOO_LONG`, `NOT_FOUND`.
    async fn withdraw_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post, and why.")] input: WithdrawPostInput,
    ) -> Field<WithdrawPostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::WithdrawPost>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (post_id, expected_version) = (id::decode(&input.post_id)?, input.expected_version);
                let order = corrections::CorrectPost { post_id, expected_version, reason: input.reason };
                corrections::withdraw(office, &permit, order).await
            };
            payload(Box::pin(outcome).await, |row| WithdrawPostPayload::done(Correction(row.into())))
        })
        .await
    }

    /// Gives a correction up that the platform has not done yet. After a try whose answer was lost the platform may have done
    /// it all the same: `readBackPost` tells. User errors: `ILLEGAL_STATE`, `NOT_FOUND`.
    async fn cancel_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which correction.")] input: CancelCorrectionInput,
    ) -> Field<CancelCorrectionPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CancelCorrection>()?;
            let office = ctx.office()?;
            let outcome =
                async { corrections::cancel(office, &permit, id::decode(&input.correction_id)?).await };
            payload(outcome.await, |row| CancelCorrectionPayload::done(Correction(row.into())))
        })
        .await
    }

    /// Has a post that is out read back at once and compared with what was approved: changed or gone, and not by us, it becomes
    /// `DRIFTED`; found as it was sent again, `PUBLISHED`. It is read by itself ten minutes, a day and a week after it was
    /// published. User errors: `ILLEGAL_STATE` (it is not out, or cannot be read back), `NOT_FOUND`.
    async fn read_back_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post.")] input: ReadBackPostInput,
    ) -> Field<ReadBackPostPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReadBackPost>()?;
            let office = ctx.office()?;
            let outcome = async { read_backs::read_now(office, &permit, id::decode(&input.post_id)?).await };
            payload(Box::pin(outcome).await, |post| ReadBackPostPayload::done(post.into()))
        })
        .await
    }
}
