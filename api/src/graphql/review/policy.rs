//! Review policies, as clients see them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};
use entity::{MemberId, review_policy, review_policy::Step};
use office::reviews;

use crate::{
    error::Field,
    graphql::{
        channel::Channel,
        context::ContextExt as _,
        id,
        initiative::Initiative,
        member::{Member, Role},
        relations,
        scalars::DateTime,
    },
};

/// How many of those whom a step names must approve. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "review_policy::StepRule")]
pub(crate) enum StepRule {
    /// One of them.
    Any,
    /// Each of them: of a role somebody who holds it. Nobody counts twice in one step.
    All,
}

/// A step of a review policy.
#[derive(Debug, Clone)]
pub(crate) struct ReviewStep(pub(super) Step);

/// A step of a review policy.
#[Object]
impl ReviewStep {
    /// How many must approve.
    async fn rule(&self) -> StepRule {
        self.0.rule.into()
    }
    /// Whoever holds one of these roles.
    async fn roles(&self) -> Vec<Role> {
        self.0.roles.iter().copied().map(Role::from).collect()
    }
    /// These people.
    async fn members(&self, ctx: &Context<'_>) -> Field<Vec<Member>> {
        Some(members(ctx, &self.0.members).await)
    }
    /// Who may approve in the place of somebody who cannot (who left, or wrote part of it), and of anybody once the step is
    /// overdue; at any time where the step has no deadline.
    async fn deputies(&self, ctx: &Context<'_>) -> Field<Vec<Member>> {
        Some(members(ctx, &self.0.deputies).await)
    }
    /// Hours from its turn in which it should be decided; null for no hurry.
    async fn deadline_hours(&self) -> Option<i32> {
        self.0.deadline_hours
    }
}

/// Members in their order.
pub(super) async fn members(ctx: &Context<'_>, ids: &[MemberId]) -> Result<Vec<Member>> {
    let found = ids.iter().map(|id| relations::member(ctx, Some(*id)));
    futures::future::join_all(found).await.into_iter().flatten().collect()
}

/// Who must approve drafts of the office, of an initiative, or for a channel, step by step.
#[derive(Debug, Clone)]
pub(crate) struct ReviewPolicy(pub(crate) Arc<review_policy::Model>);

impl From<review_policy::Model> for ReviewPolicy {
    fn from(row: review_policy::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Who must approve drafts of the office, of an initiative, or for a channel, step by step. It never changes: setting another
/// one for the same ends it.
#[Object]
impl ReviewPolicy {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// For drafts that go to this channel; null where it is for an initiative, or with `initiative` for all of the office.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, self.0.channel_id).await
    }
    /// For drafts of this initiative; null where it is for a channel, or with `channel` for all of the office.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relations::initiative(ctx, self.0.initiative_id).await
    }
    /// Who must approve, in this order: no step is decided before those ahead of it.
    async fn steps(&self) -> Vec<ReviewStep> {
        self.0.steps.0.iter().cloned().map(ReviewStep).collect()
    }
    /// The steps, from 1, that nobody who is still there can do: people left, or lost a role. Empty where all is well, and
    /// for a policy that has ended.
    async fn undoable_steps(&self, ctx: &Context<'_>) -> Field<Vec<i32>> {
        Some(self.undoable(ctx).await)
    }
    /// Who set it.
    async fn created_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.created_by)).await
    }
    /// When it was set.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it ended; null while it is in force.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime::from)
    }
    /// Who ended it; null while it is in force.
    async fn ended_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.ended_by).await
    }
}

impl ReviewPolicy {
    async fn undoable(&self, ctx: &Context<'_>) -> Result<Vec<i32>> {
        if self.0.ended_at.is_some() {
            return Ok(Vec::new());
        }
        let people = ctx.loaders()?.people().await?;
        let steps = reviews::undoable(&self.0, &people).into_iter();
        Ok(steps.map(|place| place.try_into().unwrap_or(i32::MAX)).collect())
    }
}
