//! Delegations: who stands in for whom. Calls `office::delegations`.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::DelegationMutation;
pub(crate) use object::Delegation;
pub(crate) use query::DelegationQuery;
