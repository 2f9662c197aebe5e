//! One suite that every connector passes: against a platform that fails in every way we know, the outcome is
//! truthful, the look-up finds what is out, and in the end there is exactly one.

mod bluesky;
mod facebook;
mod faults;
mod journeys;
mod linkedin;
mod rig;
mod transport;
mod webhooks;
mod youtube;
