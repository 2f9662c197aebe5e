//! Comments on drafts and suggested changes. Calls `office::comments`.

mod mutation;
mod object;
mod suggest;

pub(crate) use mutation::CommentMutation;
pub(crate) use object::DraftComment;
pub(crate) use suggest::SuggestionMutation;
