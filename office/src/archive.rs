//! The whole office as one file, and back: a ZIP of its rows, its media and a manifest. Knows how an office is carried
//! whole; not how any part of it works. An archive is untrusted: whoever can hand one over could have written it.
//!
//! Only the operator of a deployment exports and imports: an archive holds everything of an office
//! (`docs/adr/0036-an-office-is-carried-whole-and-wakes-paused.md`).

mod check;
mod export;
mod file;
mod import;
mod manifest;
mod references;
mod rest;
mod tables;
mod values;
mod write;

pub use export::{Exported, export};
pub use import::{ImportOffice, Imported, import};
pub use manifest::FORMAT;
pub use references::WITHOUT_KEY;
pub use rest::Rested;
pub use tables::{LEFT_OUT, NOT_EXPORTED, exported};
