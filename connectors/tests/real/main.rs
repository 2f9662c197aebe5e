//! Connectors against servers that are not ours, which the scripts in `tests/servers` start. One program; it knows no other crate.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "all of this is a test"
)]

mod bluesky;
mod machine;
mod mastodon;
mod wordpress;
