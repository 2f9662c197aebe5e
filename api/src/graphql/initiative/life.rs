//! What is decided about an initiative, and how one ends.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use office::{initiatives, policy::op};

use super::Initiative;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// An acknowledgement of an initiative.
#[derive(Debug, InputObject)]
pub(crate) struct AcknowledgeInitiativeInput {
    /// Which initiative.
    initiative_id: ID,
    /// A remark to whoever proposed it.
    comment: Option<String>,
}

/// A refusal of an initiative.
#[derive(Debug, InputObject)]
pub(crate) struct DeclineInitiativeInput {
    /// Which initiative.
    initiative_id: ID,
    /// Why not.
    reason: String,
}

/// What becomes of the posts that wait when closing begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "initiatives::QueueFate")]
pub(crate) enum QueueFate {
    /// They stay, held; somebody settles each before `completeClosing`.
    Keep,
    /// They are cancelled, and its recurrences end.
    Cancel,
}

/// The beginning of an initiative's end.
#[derive(Debug, InputObject)]
pub(crate) struct CloseInitiativeInput {
    /// Which initiative.
    initiative_id: ID,
    /// What becomes of its posts that wait.
    #[graphql(default_with = "QueueFate::Keep")]
    queue: QueueFate,
}

/// What became of a goal.
#[derive(Debug, InputObject)]
pub(crate) struct GoalResultInput {
    /// Global id of the goal; null: the words in `goal` name it.
    goal_id: Option<ID>,
    /// The goal, in the words of the plan in force; needed without `goalId`. Refused when two goals have these words.
    goal: Option<String>,
    /// What became of it.
    result: String,
}

/// The end of an initiative.
#[derive(Debug, InputObject)]
pub(crate) struct CompleteClosingInput {
    /// Which initiative.
    initiative_id: ID,
    /// What became of each goal of its plan in force; none are needed without a plan.
    results: Option<Vec<GoalResultInput>>,
}

payloads! {
    /// What `acknowledgeInitiative` answers.
    AcknowledgeInitiativePayload {
        /// The initiative: `ACTIVE`.
        initiative: Initiative,
    }
    /// What `declineInitiative` answers.
    DeclineInitiativePayload {
        /// The initiative: `DECLINED`.
        initiative: Initiative,
    }
    /// What `closeInitiative` answers.
    CloseInitiativePayload {
        /// The initiative: `CLOSING`.
        initiative: Initiative,
    }
    /// What `completeClosing` answers.
    CompleteClosingPayload {
        /// The initiative: `CLOSED`.
        initiative: Initiative,
    }
}

/// Mutations of an initiative's life.
#[derive(Debug, Default)]
pub(crate) struct InitiativeLifeMutation;

#[Object]
impl InitiativeLifeMutation {
    /// The coordinator takes note of a proposed initiative and agrees: it becomes `ACTIVE`. Who proposed it and who owns it get
    /// a mail. Codes: `NOT_FOUND`, `ILLEGAL_STATE` when it was decided before or its announcement is not complete (see
    /// `unanswered`), `TOO_LONG`.
    async fn acknowledge_initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The acknowledgement.")] input: AcknowledgeInitiativeInput,
    ) -> Field<AcknowledgeInitiativePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AcknowledgeInitiative>()?;
            let office = ctx.office()?;
            let outcome = async {
                initiatives::acknowledge(office, &permit, id::decode(&input.initiative_id)?, input.comment)
                    .await
            };
            payload(outcome.await, |row| AcknowledgeInitiativePayload::done(row.into()))
        })
        .await
    }

    /// The coordinator declines a proposed initiative and says why; who proposed it and who owns it get a mail.
    /// Recurrences of it end. Codes: `NOT_FOUND`, `ILLEGAL_STATE` when it was
    /// decided before, `REQUIRED` for the reason, `TOO_LONG`.
    async fn decline_initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refusal.")] input: DeclineInitiativeInput,
    ) -> Field<DeclineInitiativePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::DeclineInitiative>()?;
            let office = ctx.office()?;
            let outcome = async {
                initiatives::decline(office, &permit, id::decode(&input.initiative_id)?, input.reason).await
            };
            payload(outcome.await, |row| DeclineInitiativePayload::done(row.into()))
        })
        .await
    }

    /// Begins an initiative's end: nothing new goes out, and its channels, its posts that wait and its plan's goals are to be
    /// settled. Codes: `NOT_FOUND`,
    /// `NOT_RESPONSIBLE`, `ILLEGAL_STATE`.
    async fn close_initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: CloseInitiativeInput,
    ) -> Field<CloseInitiativePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CloseInitiative>()?;
            let office = ctx.office()?;
            let outcome = async {
                let id = id::decode(&input.initiative_id)?;
                initiatives::close(office, &permit, id, input.queue.into()).await
            };
            payload(Box::pin(outcome).await, |row| CloseInitiativePayload::done(row.into()))
        })
        .await
    }

    /// Ends an initiative. Each channel that it ran must be retired, or handed to the whole office or to another
    /// initiative (`updateChannel`); no post of it may wait; and each goal of its plan in force needs a result. Recurrences
    /// of it that are left end with it. Codes:
    /// `NOT_FOUND`, `ILLEGAL_STATE`, which names what is not settled (the posts in `posts`), `REQUIRED` for a goal without a
    /// result, `INVALID` for a result without a goal, `TOO_LONG`.
    async fn complete_closing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: CompleteClosingInput,
    ) -> Field<CompleteClosingPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CompleteClosing>()?;
            let office = ctx.office()?;
            let outcome = async {
                let id = id::decode(&input.initiative_id)?;
                let results = input.results.unwrap_or_default().into_iter();
                let result = |given: GoalResultInput| {
                    let goal_id = given.goal_id.as_ref().map(id::decode).transpose()?;
                    office::Result::Ok(initiatives::ResultInput {
                        goal_id,
                        goal: given.goal,
                        result: given.result,
                    })
                };
                let results: Vec<_> = results.map(result).collect::<office::Result<_>>()?;
                initiatives::complete_closing(office, &permit, id, &results).await
            };
            payload(Box::pin(outcome).await, |row| CompleteClosingPayload::done(row.into()))
        })
        .await
    }
}
