//! The public directory and "is this account really yours?": open without sign-in.

mod object;
mod query;

pub(crate) use query::{BY_OFFICE_AND_HANDLE, DirectoryQuery, place};
