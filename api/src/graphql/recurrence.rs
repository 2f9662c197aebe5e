//! Recurrences: approved words repeated by an approved rule. Calls `office::recurrences`.

mod mutation;
mod object;
mod query;
mod repeats;

pub(crate) use mutation::RecurrenceMutation;
pub(crate) use object::Recurrence;
pub(crate) use query::RecurrenceQuery;
