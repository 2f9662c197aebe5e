//! One suite that every connector passes: against a platform that fails in every way we know, the outcome is
//! truthful, the look-up finds what is out, and in the end there is exactly one.

mod abilities;
mod answers;
mod bluesky;
mod captions;
mod facebook;
mod faults;
mod hostile;
mod inbound;
mod journeys;
mod linkedin;
mod mastodon;
mod preparing;
mod quotes;
mod rig;
mod standing;
mod transport;
mod webhooks;
mod wordpress;
mod x;
mod youtube;
