//! Which key messages were said, and what was said that no plan covers.

mod object;
mod query;

pub(crate) use object::{MessageReport, report};
pub(crate) use query::CoverageQuery;
