//! Tasks: what waits for the viewer.

mod object;
mod query;

pub(crate) use query::TaskQuery;
