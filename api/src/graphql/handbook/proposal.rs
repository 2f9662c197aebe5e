//! Proposing, activating and discarding versions.

use async_graphql::{Context, ID, InputObject, Object};
use office::{
    handbooks::{self, ProposeHandbook},
    policy::op,
};

use super::Handbook;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// A version that you want in force.
#[derive(Debug, InputObject)]
pub(crate) struct ProposeHandbookInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The whole handbook, TOML or JSON, at most 200,000 bytes: start from `handbook { document }`. Its `version` is
    /// ignored: the office counts.
    document: String,
    /// What it changes and why.
    note: String,
}

/// A proposal to put in force.
#[derive(Debug, InputObject)]
pub(crate) struct ActivateHandbookInput {
    /// Which proposal.
    handbook_id: ID,
    /// The version that you know to be in force, and that this one replaces: another one is a conflict.
    expected_in_force: ID,
}

/// A proposal to give up.
#[derive(Debug, InputObject)]
pub(crate) struct DiscardHandbookInput {
    /// Which proposal.
    handbook_id: ID,
}

payloads! {
    /// What `proposeHandbook` answers.
    ProposeHandbookPayload {
        /// The proposal: look at `handbookChanges` and `backTestHandbook`, then activate it.
        handbook: Handbook,
    }
    /// What `activateHandbook` answers.
    ActivateHandbookPayload {
        /// The version, in force.
        handbook: Handbook,
        /// How many queued posts were checked again before this was answered.
        rechecked: i32,
        /// How many of those are held now and were not: each says why.
        held: i32,
        /// How many of those were held and are not any more.
        released: i32,
        /// Whether the worker still has queued posts to check again. Until then their gate checks them when they leave.
        more: bool,
    }
    /// What `discardHandbook` answers.
    DiscardHandbookPayload {
        /// The version, discarded. It stays readable.
        handbook: Handbook,
    }
}

/// Mutations of proposals.
#[derive(Debug, Default)]
pub(crate) struct HandbookProposalMutation;

#[Object]
impl HandbookProposalMutation {
    /// Takes a version down that may come into force. It is compiled and tested at once: by the examples of every rule that it
    /// names, and by its own. User errors: `INVALID` (`document`: says the line, what is wrong and what to do; also when it
    /// says the same as the one in force), `TOO_LONG`, `REQUIRED` (`document`, `note`), `KEY_REUSED`.
    async fn propose_handbook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version.")] input: ProposeHandbookInput,
    ) -> Field<ProposeHandbookPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ProposeHandbook>()?;
            let ProposeHandbookInput { client_key, document, note } = input;
            let proposal = ProposeHandbook { client_key, document, note };
            let office = ctx.office()?;
            let outcome = async { Handbook::of(handbooks::propose(office, &permit, proposal).await?) };
            payload(Box::pin(outcome).await, ProposeHandbookPayload::done)
        })
        .await
    }

    /// Puts a proposal in force, after testing it again. From this moment every gate uses it, members acknowledge it before they
    /// submit or review, and everything queued is checked again: what it blocks is held, with the reason. User errors:
    /// `CONFLICT` (`expectedInForce`: another version came into force meanwhile), `INVALID` (`handbookId`: it does not pass
    /// its examples any more), `ILLEGAL_STATE`, `NOT_FOUND`.
    async fn activate_handbook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which proposal, and what it replaces.")] input: ActivateHandbookInput,
    ) -> Field<ActivateHandbookPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ActivateHandbook>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (id, expected) = (id::decode(&input.handbook_id)?, id::decode(&input.expected_in_force)?);
                let done = handbooks::activate(office, &permit, id, expected).await?;
                Ok((Handbook::of(done.handbook)?, done.rechecked, done.more))
            };
            payload(Box::pin(outcome).await, |(handbook, again, more)| {
                let count = |number: usize| number.try_into().unwrap_or(i32::MAX);
                let (looked_at, held) = (count(again.looked_at), count(again.held));
                ActivateHandbookPayload::done(handbook, looked_at, held, count(again.released), more)
            })
        })
        .await
    }

    /// Gives a proposal up. User errors: `ILLEGAL_STATE`, `NOT_FOUND`.
    async fn discard_handbook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which proposal.")] input: DiscardHandbookInput,
    ) -> Field<DiscardHandbookPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::DiscardHandbook>()?;
            let office = ctx.office()?;
            let outcome = async {
                Handbook::of(handbooks::discard(office, &permit, id::decode(&input.handbook_id)?).await?)
            };
            payload(Box::pin(outcome).await, DiscardHandbookPayload::done)
        })
        .await
    }
}
