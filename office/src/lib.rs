//! The rules of the office: the only place where state changes.
//!
//! Knows who may do what, how things live, what is sent, and the queue's SQL. Knows no GraphQL, no HTTP server and no
//! platform: `api` and `worker` call the functions of these modules, each of which takes an [`Office`], a
//! [`policy::Permit`] for its own operation, and an input. [`calendar`], [`compose`], [`lifecycle`] and [`policy`] are
//! pure; the other modules use them, never the reverse.

use std::sync::Arc;

use object_store::ObjectStore;

pub mod amplify;
pub mod archive;
pub mod attestations;
pub mod audit;
pub mod blackouts;
pub mod blogging;
pub mod calendar;
mod change;
pub mod changes;
pub mod channels;
pub mod checks;
mod client_keys;
mod clock;
pub mod comments;
pub mod compose;
pub mod conversations;
pub mod corrections;
pub mod coverage;
mod database;
pub mod delegations;
pub mod directory;
pub mod drafts;
pub mod error;
pub mod feed;
mod fields;
pub mod figures;
pub mod gate;
pub mod handbooks;
pub mod handovers;
pub mod initiatives;
pub mod integrations;
pub mod lifecycle;
mod limits;
pub mod links;
pub mod mail;
pub mod media;
pub mod members;
mod news;
pub mod offices;
pub mod paging;
pub mod partners;
mod passwords;
pub mod pauses;
pub mod plans;
pub mod policy;
pub mod posts;
pub mod queue;
pub mod read;
pub mod read_backs;
pub mod recurrences;
pub mod reminders;
mod requester;
pub mod reviews;
mod rights;
pub mod rounds;
mod rows;
pub mod sessions;
pub mod setup;
pub mod sheet;
pub mod signing_keys;
pub mod simulate;
pub mod slots;
pub mod stewards;
pub mod tasks;
mod vault;
pub mod waivers;
pub mod warnings;

/// What is stored: the words in which this crate's functions speak. Who calls them need not know the tables' crate.
pub use entity;

/// What the rules say: the check engine, for callers that have no office, such as `masthead check`.
pub use guidelines;

pub use clock::{Clock, IdSource, ManualClock, SystemClock, SystemIds};
pub use database::Database;
pub use error::{Fault, OfficeError, Refusal, RefusalCode, Result};
pub use limits::Limits;
pub use news::{Bell, CHAINS, Event, QUEUE};
pub use requester::{Actor, Requester};
pub use rows::Edit;
pub use vault::{Vault, new_token, sha256_hex, token_hash};

/// Everything that the rules need from outside: a database, the time, new ids, the master key, limits.
#[derive(Debug, Clone)]
pub struct Office {
    pub(crate) db: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) media: Arc<dyn ObjectStore>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) handbooks: Arc<handbooks::Cache>,
    /// Turns at making pictures to fit: it takes much memory.
    pub(crate) fitting: Arc<tokio::sync::Semaphore>,
    pub(crate) bell: Bell,
}

/// What an [`Office`] is put together from.
#[derive(Debug)]
pub struct Parts {
    /// The connected database.
    pub db: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where new ids come from.
    pub ids: Arc<dyn IdSource>,
    /// Seals secrets.
    pub vault: Vault,
    /// Where media are kept.
    pub media: Arc<dyn ObjectStore>,
    /// The numbers that bound everything.
    pub limits: Limits,
}

impl Office {
    /// Puts the parts together; `src/wiring` does it once for each process.
    pub fn new(parts: Parts) -> Self {
        Self {
            db: parts.db,
            clock: parts.clock,
            bell: Bell::new(parts.ids.next()),
            ids: parts.ids,
            vault: Arc::new(parts.vault),
            media: parts.media,
            fitting: Arc::new(tokio::sync::Semaphore::new(parts.limits.fitted_at_once)),
            limits: Arc::new(parts.limits),
            handbooks: Arc::default(),
        }
    }

    /// For reading outside a change.
    pub fn db(&self) -> &Database {
        &self.db
    }

    /// What time it is.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }

    /// The numbers that bound everything.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// News of changes, for subscriptions and workers.
    pub fn bell(&self) -> &Bell {
        &self.bell
    }
}
