//! The office itself: its name, zone and settings.

mod object;

pub(crate) use object::{Office, OfficeMutation, OfficeQuery};
