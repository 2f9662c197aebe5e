//! Making a finding's fix.

use async_graphql::{Context, ID, InputObject, Object};
use office::{drafts, policy::op};

use super::object::Draft;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// A fix to make.
#[derive(Debug, InputObject)]
pub(crate) struct ApplyFixInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// Which draft.
    draft_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// `key` of the finding whose `fix` is made.
    finding_key: String,
}

payloads! {
    /// What `applyFix` answers.
    ApplyFixPayload {
        /// The draft as it is now, with a new revision.
        draft: Draft,
    }
}

/// Mutations that mend drafts.
#[derive(Debug, Default)]
pub(crate) struct FixMutation;

#[Object]
impl FixMutation {
    /// Makes the fix of one finding on the newest revision, in one step: a new revision, as `reviseDraft` would write it. User
    /// errors: `NOT_FOUND` (no finding has this key now), `ILLEGAL_STATE` (it has no fix, the place comes from the channel's
    /// signature, or the draft was withdrawn), `CONFLICT`, `KEY_REUSED`.
    async fn apply_fix(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which fix.")] input: ApplyFixInput,
    ) -> Field<ApplyFixPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ApplyFix>()?;
            let office = ctx.office()?;
            let outcome = async {
                let fix = drafts::ApplyFix {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    expected_version: input.expected_version,
                    finding_key: input.finding_key,
                };
                drafts::apply_fix(office, &permit, fix).await
            };
            payload(Box::pin(outcome).await, |row| ApplyFixPayload::done(row.into()))
        })
        .await
    }
}
