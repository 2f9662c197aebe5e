//! Writing and approving communications plans.

use async_graphql::{Context, ID, InputObject, Object};
use office::{plans, policy::op};

use super::CommunicationsPlan;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, scalars::DateTime},
};

/// Something that may not be shared.
#[derive(Debug, InputObject)]
pub(crate) struct EmbargoInput {
    /// Words that name it.
    topic: String,
    /// When it may be shared; left out for never.
    until: Option<DateTime>,
}

/// A goal.
#[derive(Debug, InputObject)]
pub(crate) struct GoalInput {
    /// What is wanted.
    goal: String,
    /// How one tells that it is met.
    measure: String,
}

/// A new version of a communications plan: all of it. Each part but `notShareable` and `contentious` has at
/// least one item.
#[derive(Debug, InputObject)]
pub(crate) struct WritePlanInput {
    /// Chosen by the client, new for each version: the same call with the same key answers with the same version.
    client_key: Option<String>,
    /// Whose plan.
    initiative_id: ID,
    /// Target audiences.
    audiences: Vec<String>,
    /// Stakeholders and partners.
    stakeholders: Vec<String>,
    /// Key messages.
    key_messages: Vec<String>,
    /// What may be shared.
    shareable: Vec<String>,
    /// What may not be shared; may be empty.
    not_shareable: Vec<EmbargoInput>,
    /// Goals with their measures.
    goals: Vec<GoalInput>,
    /// Topics that draw journalists; may be empty.
    #[graphql(default)]
    contentious: Vec<String>,
}

/// The approval of a version.
#[derive(Debug, InputObject)]
pub(crate) struct ApprovePlanInput {
    /// Which version: the newest of its initiative.
    plan_id: ID,
}

payloads! {
    /// What `writePlan` answers.
    WritePlanPayload {
        /// The new version: `DRAFT`.
        plan: CommunicationsPlan,
    }
    /// What `approvePlan` answers.
    ApprovePlanPayload {
        /// The version: `APPROVED`.
        plan: CommunicationsPlan,
    }
}

/// Mutations of communications plans.
#[derive(Debug, Default)]
pub(crate) struct PlanMutation;

#[Object]
impl PlanMutation {
    /// Writes a new version of an initiative's plan; the one in force stays so until this one is approved. Codes:
    /// `REQUIRED` for a part without items, `TOO_LONG`, `INVALID`, `NOT_FOUND`, `NOT_RESPONSIBLE`, `ILLEGAL_STATE` when
    /// the initiative is over, `KEY_REUSED`.
    async fn write_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan.")] input: WritePlanInput,
    ) -> Field<WritePlanPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::WritePlan>()?;
            let office = ctx.office()?;
            let outcome = async { plans::write(office, &permit, written(input)?).await };
            payload(outcome.await, |row| WritePlanPayload::done(row.into()))
        })
        .await
    }

    /// Puts a version in force in place of the former. Codes: `NOT_FOUND`, `OWN_WORDS` when you wrote it,
    /// `CONFLICT` when there is a newer version, `ILLEGAL_STATE` when it was approved before.
    async fn approve_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: ApprovePlanInput,
    ) -> Field<ApprovePlanPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ApprovePlan>()?;
            let office = ctx.office()?;
            let outcome = async { plans::approve(office, &permit, id::decode(&input.plan_id)?).await };
            payload(outcome.await, |row| ApprovePlanPayload::done(row.into()))
        })
        .await
    }
}

fn written(input: WritePlanInput) -> office::Result<plans::WritePlan> {
    let embargo =
        |one: EmbargoInput| plans::EmbargoInput { topic: one.topic, until: one.until.map(|at| at.0) };
    let goal = |one: GoalInput| plans::GoalInput { goal: one.goal, measure: one.measure };
    Ok(plans::WritePlan {
        client_key: input.client_key,
        initiative_id: id::decode(&input.initiative_id)?,
        audiences: input.audiences,
        stakeholders: input.stakeholders,
        key_messages: input.key_messages,
        shareable: input.shareable,
        not_shareable: input.not_shareable.into_iter().map(embargo).collect(),
        goals: input.goals.into_iter().map(goal).collect(),
        contentious: input.contentious,
    })
}
