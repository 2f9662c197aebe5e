//! Pauses: nothing leaves within a scope. Calls `office::pauses`.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::{PauseMutation, PauseScopeInput};
pub(crate) use object::Pause;
pub(crate) use query::PauseQuery;
