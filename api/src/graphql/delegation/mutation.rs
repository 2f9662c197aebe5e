//! Naming a deputy, and ending that.

use async_graphql::{Context, ID, InputObject, Object};
use office::{delegations, policy::op};

use super::object::Delegation;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, scalars::Date},
};

/// Who stands in, and when.
#[derive(Debug, InputObject)]
pub(crate) struct DelegateTasksInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// Whose tasks, for coordinators and administrators; yours when left out.
    member_id: Option<ID>,
    /// Who stands in.
    deputy_id: ID,
    /// The first day, in the office's zone; today at the earliest.
    starts_on: Date,
    /// The last day, which still belongs to it.
    ends_on: Date,
    /// What the deputy should know.
    note: Option<String>,
}

/// A delegation to end.
#[derive(Debug, InputObject)]
pub(crate) struct EndDelegationInput {
    /// Which.
    delegation_id: ID,
}

payloads! {
    /// What `delegateTasks` answers.
    DelegateTasksPayload {
        /// The delegation.
        delegation: Delegation,
    }
    /// What `endDelegation` answers.
    EndDelegationPayload {
        /// The delegation, ended.
        delegation: Delegation,
    }
}

/// Mutations of delegations.
#[derive(Debug, Default)]
pub(crate) struct DelegationMutation;

#[Object]
impl DelegationMutation {
    /// Gives your tasks to a deputy for some days. They see them among their own, get the reminders, and may do what is yours
    /// alone to do: as project manager, as steward, as adviser. They act in their own name and need the roles that you have;
    /// nobody approves their own words, standing in or not. Who is away stands in for nobody. User errors: `INVALID` (days, a
    /// deputy without the roles, yourself), `TAKEN` (a deputy who is away, or days that meet another delegation),
    /// `ILLEGAL_STATE` (somebody has left), `NOT_RESPONSIBLE` (somebody else's tasks), `NOT_FOUND`, `TOO_LONG`, `KEY_REUSED`.
    async fn delegate_tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who stands in, and when.")] input: DelegateTasksInput,
    ) -> Field<DelegateTasksPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::DelegateTasks>()?;
            let office = ctx.office()?;
            let outcome = async {
                let new = delegations::DelegateTasks {
                    client_key: input.client_key,
                    member_id: id::decode_opt(input.member_id.as_ref())?,
                    deputy_id: id::decode(&input.deputy_id)?,
                    starts_on: input.starts_on.0,
                    ends_on: input.ends_on.0,
                    note: input.note,
                };
                delegations::delegate(office, &permit, new).await
            };
            payload(Box::pin(outcome).await, |row| DelegateTasksPayload::done(row.into()))
        })
        .await
    }

    /// Ends a delegation before its time, or takes one back that has not begun: what waits goes back to whose it is. User
    /// errors: `NOT_RESPONSIBLE`, `ILLEGAL_STATE` (over already), `NOT_FOUND`.
    async fn end_delegation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: EndDelegationInput,
    ) -> Field<EndDelegationPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::EndDelegation>()?;
            let office = ctx.office()?;
            let outcome =
                async { delegations::end(office, &permit, id::decode(&input.delegation_id)?).await };
            payload(Box::pin(outcome).await, |row| EndDelegationPayload::done(row.into()))
        })
        .await
    }
}
