//! Posts: the queue and its history, the calendar, and why a post may leave or not. Calls `office::posts` and
//! `office::gate`.

mod actions;
mod amplify;
mod attempt;
mod bulk;
mod correct;
mod correction;
mod explain;
mod figures;
mod filter;
mod held;
mod mutation;
mod object;
mod operate;
mod outcome;
mod query;
mod status;
mod warning;
mod when;

pub(crate) use bulk::BulkPostMutation;
pub(crate) use correct::CorrectionMutation;
pub(crate) use explain::ExplainQuery;
pub(crate) use filter::{BY_DUE_AT_ASC, due_at_key};
pub(crate) use mutation::PostMutation;
pub(crate) use object::{Post, PostState, PostTime};
pub(crate) use operate::PostOperationMutation;
pub(crate) use query::PostQuery;
pub(crate) use status::QueueStatusQuery;
pub(crate) use warning::WarningQuery;
pub(crate) use when::WhenInput;
