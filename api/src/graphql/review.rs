//! Reviews: one person's decision on one revision, and advice. Calls `office::reviews`.

mod mutation;
mod object;

pub(crate) use mutation::ReviewMutation;
pub(crate) use object::Review;
