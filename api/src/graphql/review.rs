//! Reviews: one person's decision on one revision, and advice; review policies, and how far an approval is. Calls
//! `office::reviews`.

mod approval;
mod mutation;
mod object;
mod policy;
mod set_policy;

pub(crate) use approval::DraftApproval;
pub(crate) use mutation::ReviewMutation;
pub(crate) use object::Review;
pub(crate) use policy::ReviewPolicy;
pub(crate) use set_policy::{ReviewPolicyMutation, ReviewPolicyQuery};
