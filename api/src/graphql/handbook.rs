//! The handbook in force: the office's guidelines, and that members have acknowledged them.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::HandbookMutation;
pub(crate) use object::Handbook;
pub(crate) use query::HandbookQuery;
