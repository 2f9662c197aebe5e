//! Drafts: what somebody wants to say, its revisions with their channels and media, and what the guideline rules say of
//! it. Calls `office::drafts`, `office::media` and `office::checks`.

mod actions;
mod amplified;
mod check;
mod checklist;
mod content;
mod difference;
mod fix;
mod media;
mod mutation;
mod object;
mod query;
mod reassign;
mod revision;
mod target;
mod upload;
mod whole;

pub(crate) use check::CheckQuery;
pub(crate) use difference::{RevisionChanges, parts as parts_of, to_newest};
pub(crate) use fix::FixMutation;
pub(crate) use media::Media;
pub(crate) use mutation::DraftMutation;
pub(crate) use object::Draft;
pub(crate) use query::DraftQuery;
pub(crate) use reassign::ReassignMutation;
pub(crate) use revision::Revision;
pub(crate) use upload::UploadMutation;
pub(crate) use whole::{parts_of_post, text_of_post};
