//! Members: who signs in, who is there, what they may do. The domain that the others are copied from: `object` wraps rows,
//! `query` and `mutation` ask for a permit and call `office::members`, `office::sessions` and `office::setup`.

mod departure;
mod import;
mod mutation;
mod object;
mod query;
mod session;

pub(crate) use departure::{DepartureMutation, DepartureQuery};
pub(crate) use import::MemberImportMutation;
pub(crate) use mutation::MemberMutation;
pub(crate) use object::{Member, MemberState, Role};
pub(crate) use query::MemberQuery;
pub(crate) use session::SessionMutation;
