//! Giving a draft to somebody else.

use async_graphql::{Context, ID, InputObject, Object};
use office::{drafts, policy::op};

use super::object::Draft;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// A draft in other hands.
#[derive(Debug, InputObject)]
pub(crate) struct ReassignDraftInput {
    /// Which draft.
    draft_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Who answers for it from now on: an active member.
    member_id: ID,
}

payloads! {
    /// What `reassignDraft` answers.
    ReassignDraftPayload {
        /// The draft: `author` is who answers for it now.
        draft: Draft,
    }
}

/// Mutations of who answers for a draft.
#[derive(Debug, Default)]
pub(crate) struct ReassignMutation;

#[Object]
impl ReassignMutation {
    /// Gives a draft to another member, for example when its author left; the initiative's project manager or a coordinator
    /// does it. Its words, its state and its approval stay, and each revision goes on naming who wrote it. Codes:
    /// `NOT_FOUND`, `NOT_RESPONSIBLE`, `CONFLICT`, `ILLEGAL_STATE` when it was withdrawn.
    async fn reassign_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and to whom.")] input: ReassignDraftInput,
    ) -> Field<ReassignDraftPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReassignDraft>()?;
            let office = ctx.office()?;
            let outcome = async {
                let given = drafts::ReassignDraft {
                    draft_id: id::decode(&input.draft_id)?,
                    expected_version: input.expected_version,
                    member_id: id::decode(&input.member_id)?,
                };
                drafts::reassign(office, &permit, given).await
            };
            payload(outcome.await, |row| ReassignDraftPayload::done(row.into()))
        })
        .await
    }
}
