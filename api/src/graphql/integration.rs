//! Integrations: machine clients with scoped, revocable tokens.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::IntegrationMutation;
pub(crate) use object::Integration;
pub(crate) use query::IntegrationQuery;
