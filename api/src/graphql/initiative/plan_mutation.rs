//! Writing and approving communications plans.

use async_graphql::{Context, ID, InputObject, Object};
use office::{plans, policy::op};

use super::CommunicationsPlan;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        scalars::{Date, DateTime},
    },
};

/// Something that may not be shared.
#[derive(Debug, InputObject)]
pub(crate) struct EmbargoInput {
    /// Words that name it.
    topic: String,
    /// When it may be shared; left out for never.
    until: Option<DateTime>,
}

/// A key message.
#[derive(Debug, InputObject)]
pub(crate) struct KeyMessageInput {
    /// Which message of an earlier version it is, so that it may have other words; left out: the one with the same words, or
    /// a new one.
    id: Option<ID>,
    /// Its words.
    text: String,
}

/// Something that may be shared.
#[derive(Debug, InputObject)]
pub(crate) struct TopicInput {
    /// Words that name it.
    topic: String,
    /// From when it may be shared; left out for at once.
    from: Option<DateTime>,
}

/// A goal. While the plan is being written all but its words may be left out; a plan is complete when each goal has a
/// measure, a target and a day.
#[derive(Debug, InputObject)]
pub(crate) struct GoalInput {
    /// Which goal of an earlier version it is, so that it may have other words; left out: the one with the same words, or a
    /// new one.
    id: Option<ID>,
    /// What is wanted.
    goal: String,
    /// How one tells that it is met.
    measure: Option<String>,
    /// What the figures count, such as `visits a month`.
    unit: Option<String>,
    /// The figure at the beginning, in the unit; left out where it is not known.
    baseline: Option<f64>,
    /// The figure that is wanted, in the unit.
    target: Option<f64>,
    /// The day by which, in the office's zone.
    due_on: Option<Date>,
}

/// A new version of a communications plan: all of it. A part may be empty while it is being written
/// (`CommunicationsPlan.completeness` says what it lacks); only a complete version is approved.
#[derive(Debug, InputObject)]
pub(crate) struct WritePlanInput {
    /// Chosen by the client, new for each version: the same call with the same key answers with the same version.
    client_key: Option<String>,
    /// Whose plan.
    initiative_id: ID,
    /// Target audiences.
    #[graphql(default)]
    audiences: Vec<String>,
    /// Stakeholders: whom the project concerns.
    #[graphql(default)]
    stakeholders: Vec<String>,
    /// Partners: who does it together with the office; may be empty.
    #[graphql(default)]
    partners: Vec<String>,
    /// Key messages.
    #[graphql(default)]
    key_messages: Vec<KeyMessageInput>,
    /// What may be shared.
    #[graphql(default)]
    shareable: Vec<TopicInput>,
    /// What may not be shared; may be empty.
    #[graphql(default)]
    not_shareable: Vec<EmbargoInput>,
    /// Goals with their measures.
    #[graphql(default)]
    goals: Vec<GoalInput>,
    /// Topics that draw journalists; may be empty.
    #[graphql(default)]
    contentious: Vec<String>,
    /// The day on which it is to be looked at again; left out: after the months of the settings, six unless they say
    /// otherwise.
    review_on: Option<Date>,
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
    /// `REQUIRED` for an item without words, `TOO_LONG`, `INVALID`, `NOT_FOUND` (the initiative, or an id that no earlier
    /// version has), `NOT_RESPONSIBLE`, `ILLEGAL_STATE` when the initiative is over, `KEY_REUSED`.
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
    /// `CONFLICT` when there is a newer version, `ILLEGAL_STATE` when it was approved before, `INCOMPLETE` with the parts
    /// that lack something in `planParts`.
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
    Ok(plans::WritePlan {
        client_key: input.client_key,
        initiative_id: id::decode(&input.initiative_id)?,
        content: plans::PlanContent {
            audiences: input.audiences,
            stakeholders: input.stakeholders,
            partners: input.partners,
            key_messages: input.key_messages.into_iter().map(message).collect::<office::Result<_>>()?,
            shareable: input.shareable.into_iter().map(topic).collect(),
            not_shareable: input.not_shareable.into_iter().map(embargo).collect(),
            goals: input.goals.into_iter().map(goal).collect::<office::Result<_>>()?,
            contentious: input.contentious,
            review_on: input.review_on.map(|day| day.0),
        },
    })
}

fn message(input: KeyMessageInput) -> office::Result<plans::KeyMessageInput> {
    Ok(plans::KeyMessageInput { id: id::decode_opt(input.id.as_ref())?, text: input.text })
}

fn topic(input: TopicInput) -> plans::TopicInput {
    plans::TopicInput { topic: input.topic, from: input.from.map(|at| at.0) }
}

fn goal(input: GoalInput) -> office::Result<plans::GoalInput> {
    Ok(plans::GoalInput {
        id: id::decode_opt(input.id.as_ref())?,
        goal: input.goal,
        measure: input.measure,
        unit: input.unit,
        baseline: input.baseline,
        target: input.target,
        due_on: input.due_on.map(|day| day.0),
    })
}
