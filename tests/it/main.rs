//! One integration binary: everything that needs a database, HTTP or a process, and the guards of the house.
//!
//! Tests of a database run on `SQLite`, and on `PostgreSQL` too where `TEST_DATABASE_URL` names a server (`make test`
//! starts one). They wait for what they expect and never for a time.
#![expect(missing_docs, clippy::missing_panics_doc, reason = "tests are read by their names")]

mod architecture;
mod generated;
mod queue;
mod support;
mod tidy;
