//! The duty to blog: set, ended, and how it stands.

mod mutation;
mod object;

pub(crate) use mutation::BloggingMutation;
pub(crate) use object::BloggingDuty;
