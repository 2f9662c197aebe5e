//! Who sends a request: access tokens, integration tokens, and the brakes on guessing and on load. Knows tokens and time;
//! what a requester may do is `office::policy`'s.

mod rate;
mod requester;
mod token;

pub(crate) use rate::{Budget, SignInTries};
pub(crate) use requester::{Credentials, Denied, caller};
pub(crate) use token::TokenIssuer;
