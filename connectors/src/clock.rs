//! What time it is, for requests that say when they were signed. It does not know the time by itself.

use std::fmt;

use chrono::{DateTime, Utc};

/// A clock that the caller hands in.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The instant.
    fn now(&self) -> DateTime<Utc>;
}
