//! One integration binary: everything that needs a database, HTTP or a process, and the guards of the house.
//!
//! Tests of a database run on `SQLite`, and on `PostgreSQL` too where `TEST_DATABASE_URL` names a server (`make test`
//! starts one). They wait for what they expect and never for a time.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets what it does not expect must fail there and then"
)]

mod accounts;
mod announcing;
mod architecture;
mod archive;
mod at_work;
mod attestations;
mod bad_input;
mod bluesky;
mod bulk;
mod captions;
mod channel_life;
mod cli;
mod client_keys;
mod conversations;
mod corrections;
mod crash;
mod crowd;
mod deputies;
mod directory;
mod elsewhere;
mod every_request;
mod faults;
mod figures;
mod first_start;
mod generated;
mod handbooks;
mod import;
mod isolation;
mod journey;
mod links;
mod mail;
mod media_store;
mod migrations;
mod partners;
mod plans;
mod platforms;
mod preparing;
mod queue;
mod queue_model;
mod queue_ops;
mod queue_pace;
mod queue_scale;
mod radar;
mod readme;
mod reminders;
mod reviewing;
mod rights;
mod silent;
mod simulate;
mod sockets;
mod statements;
mod support;
mod surroundings;
mod tasks;
mod threads;
mod tidy;
mod time;
mod transport;
mod upgrade;
mod uploads;
mod variants;
mod waivers;
mod webhooks;
mod year;
