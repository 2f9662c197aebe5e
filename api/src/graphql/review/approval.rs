//! How far a draft's approval is, as clients see it. Worked out by the office.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use office::{
    Actor,
    reviews::{Approver, Progress, Standing},
};

use super::{
    Review,
    policy::{ReviewPolicy, ReviewStep},
};
use crate::{
    error::Field,
    graphql::{
        context::ContextExt as _,
        member::{Member, Role},
        relations,
        scalars::DateTime,
    },
};

/// How far the approval of a draft's newest revision is.
#[derive(Debug, Clone)]
pub(crate) struct DraftApproval(pub(crate) Arc<Standing>);

/// How far the approval of a draft's newest revision is, under the review policies in force now.
#[Object]
impl DraftApproval {
    /// Whether every step is done. The gate asks the same again when a post leaves.
    async fn complete(&self) -> bool {
        self.0.approval.complete()
    }
    /// The policies that touch the draft: of the office, of its initiative, of each of its channels. Empty: the usual rule
    /// holds, one project manager or coordinator.
    async fn policies(&self) -> Vec<ReviewPolicy> {
        self.0.policies.iter().map(Arc::clone).map(ReviewPolicy).collect()
    }
    /// Their steps, in the order in which they are decided; those of one `place` side by side.
    async fn steps(&self) -> Vec<ApprovalStep> {
        (0..self.0.approval.steps.len())
            .map(|index| ApprovalStep { of: Arc::clone(&self.0), index })
            .collect()
    }
    /// Whether an approval of yours would bring it forward now.
    async fn may_act_now(&self, ctx: &Context<'_>) -> Field<bool> {
        Some(self.may_act(ctx))
    }
    /// The missing steps that nobody can do any more, in words: people left, lost a role, or wrote part of it.
    async fn problems(&self, ctx: &Context<'_>) -> Field<Vec<String>> {
        let told = async { Result::Ok(self.0.problems(&ctx.loaders()?.people().await?)) };
        Some(told.await)
    }
}

impl DraftApproval {
    /// Whether the viewer's approval would bring it forward.
    pub(crate) fn may_act(&self, ctx: &Context<'_>) -> Result<bool> {
        let now = ctx.office()?.now();
        Ok(match &ctx.requester()?.actor {
            Actor::Member { id, roles } => self.0.may_act(*id, roles, now),
            Actor::Integration { .. } | Actor::Operator | Actor::Worker(_) => false,
        })
    }
}

/// A step, and how far it is.
#[derive(Debug, Clone)]
pub(crate) struct ApprovalStep {
    of: Arc<Standing>,
    index: usize,
}

impl ApprovalStep {
    fn progress(&self) -> Option<&Progress> {
        self.of.approval.steps.get(self.index)
    }
}

/// A step of a review policy, and how far it is for one draft.
#[Object]
impl ApprovalStep {
    /// Its place in the order, from 1: steps of several policies at one place are decided side by side.
    async fn place(&self) -> i32 {
        self.progress().map_or(0, |step| step.place.try_into().unwrap_or(i32::MAX))
    }
    /// Whose step it is; null for the usual rule.
    async fn policy(&self) -> Option<ReviewPolicy> {
        self.progress()?.policy.as_ref().map(Arc::clone).map(ReviewPolicy)
    }
    /// What it asks for.
    async fn step(&self) -> Option<ReviewStep> {
        self.progress().map(|progress| ReviewStep(progress.step.clone()))
    }
    /// Whether nothing is missing.
    async fn done(&self) -> bool {
        self.progress().is_some_and(Progress::done)
    }
    /// Whether it is its turn: all before it is done, and it is not.
    async fn open(&self) -> bool {
        self.progress().is_some_and(|step| step.since.is_some() && !step.done())
    }
    /// When its turn began; null before.
    async fn since(&self) -> Option<DateTime> {
        self.progress()?.since.map(DateTime::from)
    }
    /// When it should be decided; null before its turn, and where there is no hurry.
    async fn due_at(&self) -> Option<DateTime> {
        self.progress()?.due_at().map(DateTime::from)
    }
    /// Whether it is not done though it should be.
    async fn overdue(&self, ctx: &Context<'_>) -> Field<bool> {
        let late = |now| {
            self.progress().is_some_and(|step| !step.done() && step.due_at().is_some_and(|due| due < now))
        };
        Some(ctx.office().map(|office| late(office.now())).map_err(Into::into))
    }
    /// The approvals that count for it.
    async fn approvals(&self, ctx: &Context<'_>) -> Field<Vec<Review>> {
        let ids = self.progress().map(|step| step.approvals.clone()).unwrap_or_default();
        let found = ids.into_iter().map(|id| relations::row::<entity::review::Entity>(ctx, id));
        let found = futures::future::join_all(found).await.into_iter().flatten();
        Some(found.map(|row| row.map(Review)).collect())
    }
    /// The roles of which somebody is missing: of one of these or of `missingMembers`, or of each, as the step's rule says.
    async fn missing_roles(&self) -> Vec<Role> {
        let role = |approver: &Approver| match approver {
            Approver::Role(role) => Some(Role::from(*role)),
            Approver::Member(_) => None,
        };
        self.missing().iter().filter_map(role).collect()
    }
    /// The people who are missing.
    async fn missing_members(&self, ctx: &Context<'_>) -> Field<Vec<Member>> {
        let person = |approver: &Approver| match approver {
            Approver::Role(_) => None,
            Approver::Member(id) => Some(*id),
        };
        let ids: Vec<_> = self.missing().iter().filter_map(person).collect();
        Some(super::policy::members(ctx, &ids).await)
    }
}

impl ApprovalStep {
    fn missing(&self) -> &[Approver] {
        self.progress().map_or(&[], |step| &step.missing)
    }
}
