//! Blackouts: days and hours of the day in which nothing goes out. Calls `office::blackouts`.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::BlackoutMutation;
pub(crate) use object::Blackout;
pub(crate) use query::BlackoutQuery;
