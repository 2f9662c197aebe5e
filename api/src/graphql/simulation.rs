//! What something would do to the queue, with nothing written. Calls `office::simulate`.

mod input;
mod object;
mod query;

pub(crate) use query::SimulationQuery;
