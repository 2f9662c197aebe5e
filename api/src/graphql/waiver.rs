//! Exceptions to findings, and each rule's record of them. Calls `office::waivers`.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::WaiverMutation;
pub(crate) use object::Waiver;
pub(crate) use query::RuleRecordQuery;
