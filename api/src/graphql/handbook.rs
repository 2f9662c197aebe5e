//! Handbooks: the one in force, the versions before and after it, what a version would change, and that members have
//! acknowledged it. Knows how they look to clients; decides nothing.

mod back_test;
mod difference;
mod list;
mod mutation;
mod object;
mod proposal;
mod query;
mod values;

pub(crate) use list::ListEntryMutation;
pub(crate) use mutation::HandbookMutation;
pub(crate) use object::Handbook;
pub(crate) use proposal::HandbookProposalMutation;
pub(crate) use query::HandbookQuery;
pub(crate) use values::{ClauseSource, HandbookLayer};
