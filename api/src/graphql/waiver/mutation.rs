//! Making exceptions and taking them back.

use async_graphql::{Context, ID, InputObject, Object};
use office::{Office, policy::op, read, waivers};

use super::Waiver;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, draft::Draft, id},
};

/// An exception.
#[derive(Debug, InputObject)]
pub(crate) struct WaiveFindingInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The draft, of whose newest revision the finding is.
    draft_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// `key` of the finding.
    finding_key: String,
    /// Why, in 20 characters or more: it is kept with the post.
    reason: String,
}

/// An exception to take back.
#[derive(Debug, InputObject)]
pub(crate) struct RevokeWaiverInput {
    /// Which.
    waiver_id: ID,
}

payloads! {
    /// What `waiveFinding` answers.
    WaiveFindingPayload {
        /// The exception.
        waiver: Waiver,
        /// The draft as it is now.
        draft: Draft,
    }
    /// What `revokeWaiver` answers.
    RevokeWaiverPayload {
        /// The exception, taken back.
        waiver: Waiver,
        /// The draft as it is now.
        draft: Draft,
    }
}

/// Mutations of exceptions.
#[derive(Debug, Default)]
pub(crate) struct WaiverMutation;

#[Object]
impl WaiverMutation {
    /// Makes an exception to one finding on a draft's newest revision, for a reason: it is still shown, and does not block any
    /// more. It lapses when the draft is revised or the rule says something else. For coordinators who wrote no part of the
    /// draft. User errors: `OWN_WORDS`, `NOT_WAIVABLE` (nobody may except this rule), `NOT_FOUND` (no finding has this key
    /// now), `REQUIRED`, `INVALID` or `TOO_LONG` (`reason`), `TAKEN` (an exception stands), `HANDBOOK_NOT_ACKNOWLEDGED`,
    /// `CONFLICT`, `ILLEGAL_STATE` (withdrawn), `KEY_REUSED`.
    async fn waive_finding(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The exception.")] input: WaiveFindingInput,
    ) -> Field<WaiveFindingPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::WaiveFinding>()?;
            let office = ctx.office()?;
            let outcome = async {
                let exception = waivers::WaiveFinding {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    expected_version: input.expected_version,
                    finding_key: input.finding_key,
                    reason: input.reason,
                };
                with_draft(office, waivers::waive(office, &permit, exception).await?).await
            };
            payload(Box::pin(outcome).await, |(waiver, draft)| WaiveFindingPayload::done(waiver, draft))
        })
        .await
    }

    /// Takes an exception back: the finding blocks again, and the gate holds what still waits. User errors: `ILLEGAL_STATE`
    /// (taken back already), `NOT_FOUND`.
    async fn revoke_waiver(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which exception.")] input: RevokeWaiverInput,
    ) -> Field<RevokeWaiverPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RevokeWaiver>()?;
            let office = ctx.office()?;
            let outcome = async {
                let waiver = waivers::revoke(office, &permit, id::decode(&input.waiver_id)?).await?;
                with_draft(office, waiver).await
            };
            payload(Box::pin(outcome).await, |(waiver, draft)| RevokeWaiverPayload::done(waiver, draft))
        })
        .await
    }
}

async fn with_draft(office: &Office, waiver: entity::waiver::Model) -> office::Result<(Waiver, Draft)> {
    let draft =
        read::one::<entity::draft::Entity>(office.db().read(), waiver.office_id, waiver.draft_id).await?;
    Ok((waiver.into(), draft.into()))
}
