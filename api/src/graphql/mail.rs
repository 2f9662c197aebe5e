//! Mail: the outbox as administrators see it, and which kinds of it a member wants.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::MailMutation;
pub(crate) use object::{Mail, MailKind};
pub(crate) use query::MailQuery;
