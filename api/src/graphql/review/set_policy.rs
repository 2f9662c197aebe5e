//! Setting, ending and listing review policies.

use async_graphql::{Context, ID, InputObject, Object, OneofObject};
use entity::review_policy::Step;
use office::{
    paging::{Cursor, SortKey},
    pauses::Scope,
    policy::op,
    reviews,
};

use super::policy::{ReviewPolicy, StepRule};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        member::Role,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const NEWEST_FIRST: &str = "reviewPolicy.createdAt.desc";

/// Which drafts a policy is for: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum ReviewScopeInput {
    /// `true`: all drafts of the office.
    Office(bool),
    /// Drafts that go to this channel.
    ChannelId(ID),
    /// Drafts of this initiative.
    InitiativeId(ID),
}

impl ReviewScopeInput {
    fn read(&self) -> office::Result<Scope> {
        match self {
            Self::Office(true) => Ok(Scope::Office),
            Self::Office(false) => office::error::refuse(
                office::RefusalCode::Invalid,
                "scope.office",
                "leave it out, or set it to true",
            ),
            Self::ChannelId(id) => Ok(Scope::Channel(id::decode(id)?)),
            Self::InitiativeId(id) => Ok(Scope::Initiative(id::decode(id)?)),
        }
    }
}

/// A step: roles, members or both.
#[derive(Debug, InputObject)]
pub(crate) struct ReviewStepInput {
    /// How many of them must approve.
    rule: StepRule,
    /// Whoever holds one of these roles; with `ALL` somebody of each.
    #[graphql(default)]
    roles: Vec<Role>,
    /// These active members.
    #[graphql(default)]
    member_ids: Vec<ID>,
    /// Active members who may approve in the place of somebody who cannot, and of anybody once the step is overdue; at any
    /// time where it has no deadline.
    #[graphql(default)]
    deputy_ids: Vec<ID>,
    /// Hours from its turn in which it should be decided, 1 to 2160; left out: no hurry.
    deadline_hours: Option<i32>,
}

impl ReviewStepInput {
    fn read(self) -> office::Result<Step> {
        Ok(Step {
            rule: self.rule.into(),
            roles: self.roles.into_iter().map(Into::into).collect(),
            members: id::decode_all(&self.member_ids)?,
            deputies: id::decode_all(&self.deputy_ids)?,
            deadline_hours: self.deadline_hours,
        })
    }
}

/// A policy to set.
#[derive(Debug, InputObject)]
pub(crate) struct SetReviewPolicyInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// Which drafts it is for.
    scope: ReviewScopeInput,
    /// What people call it; one line.
    name: String,
    /// Who must approve, in this order; 1 to 10 steps.
    steps: Vec<ReviewStepInput>,
}

/// A policy to end.
#[derive(Debug, InputObject)]
pub(crate) struct EndReviewPolicyInput {
    /// Which.
    policy_id: ID,
}

payloads! {
    /// What `setReviewPolicy` answers.
    SetReviewPolicyPayload {
        /// The policy.
        policy: ReviewPolicy,
    }
    /// What `endReviewPolicy` answers.
    EndReviewPolicyPayload {
        /// The policy, ended.
        policy: ReviewPolicy,
    }
}

/// Mutations of review policies.
#[derive(Debug, Default)]
pub(crate) struct ReviewPolicyMutation;

#[Object]
impl ReviewPolicyMutation {
    /// Says who must approve drafts of the office, of an initiative or for a channel, in the place of what was set for the
    /// same before. All policies that touch a draft hold for it, their first steps side by side, then their second ones.
    /// Posts that wait are looked at by it when they leave. Where no policy touches a draft, one project manager or
    /// coordinator approves it. Nobody ever approves their own words. User errors: `REQUIRED` (`steps`, or a step that names
    /// nobody), `INVALID` (a step that nobody could do, `deadlineHours`), `NOT_FOUND` (channel, initiative or member),
    /// `ILLEGAL_STATE` (`initiativeId`: it is over),
    /// `TOO_LONG` (`name`, too many steps or policies), `KEY_REUSED`.
    async fn set_review_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For what, and who approves.")] input: SetReviewPolicyInput,
    ) -> Field<SetReviewPolicyPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SetReviewPolicy>()?;
            let office = ctx.office()?;
            let outcome = async {
                let policy = reviews::SetReviewPolicy {
                    client_key: input.client_key,
                    scope: input.scope.read()?,
                    name: input.name,
                    steps: input
                        .steps
                        .into_iter()
                        .map(ReviewStepInput::read)
                        .collect::<office::Result<_>>()?,
                };
                reviews::set(office, &permit, policy).await
            };
            payload(Box::pin(outcome).await, |row| SetReviewPolicyPayload::done(row.into()))
        })
        .await
    }

    /// Ends a policy. A draft that waited for its steps alone needs one more approval of whoever may give it now. User
    /// errors: `ILLEGAL_STATE` (ended already), `NOT_FOUND`.
    async fn end_review_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: EndReviewPolicyInput,
    ) -> Field<EndReviewPolicyPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::EndReviewPolicy>()?;
            let office = ctx.office()?;
            let outcome = async { reviews::end(office, &permit, id::decode(&input.policy_id)?).await };
            payload(Box::pin(outcome).await, |row| EndReviewPolicyPayload::done(row.into()))
        })
        .await
    }
}

/// Queries about review policies.
#[derive(Debug, Default)]
pub(crate) struct ReviewPolicyQuery;

#[Object]
impl ReviewPolicyQuery {
    /// The review policies of the office, of its initiatives and channels, newest first. The list does not count.
    async fn review_policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Whether to list those too that have ended.", default)] with_ended: bool,
    ) -> Field<Connection<ReviewPolicy>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReviewPolicies>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, NEWEST_FIRST)?;
            let page = reviews::list(ctx.office()?, &permit, with_ended, &request).await?;
            let key = |row: &entity::review_policy::Model| Cursor {
                key: SortKey::Time(row.created_at),
                id: row.id.into(),
            };
            Ok(Some(Connection::new(page, NEWEST_FIRST, key, ReviewPolicy::from)))
        })
        .await
    }
}
