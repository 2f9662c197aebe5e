//! Time and ids, as values handed in.
//!
//! The only home of the ambient clock and of random ids: everything else asks here, so that a test can say what
//! time it is.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use uuid::Uuid;

/// What time it is.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The instant, in whole microseconds: `PostgreSQL` keeps no more, and cursors must compare equal on both engines.
    fn now(&self) -> DateTime<Utc>;

    /// Whether it is the machine's own clock, which may be wrong or step: then leases go by the database's.
    fn is_ambient(&self) -> bool {
        false
    }
}

/// Where new ids come from.
pub trait IdSource: Send + Sync + std::fmt::Debug {
    /// A new `UUIDv7`.
    fn next(&self) -> Uuid;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "the one home of the ambient clock")]
        let now = Utc::now();
        whole_microseconds(now)
    }

    fn is_ambient(&self) -> bool {
        true
    }
}

/// Random ids in order of time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl IdSource for SystemIds {
    fn next(&self) -> Uuid {
        #[expect(clippy::disallowed_methods, reason = "the one home of new ids")]
        Uuid::now_v7()
    }
}

/// A clock that stands still until it is moved, for tests and for rehearsals.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<DateTime<Utc>>>);

impl ManualClock {
    /// A clock that shows `at`.
    pub fn at(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(whole_microseconds(at))))
    }

    /// Moves the clock forward, or back with a negative step.
    pub fn advance(&self, by: TimeDelta) {
        if let Ok(mut now) = self.0.lock() {
            *now += by;
        }
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.lock().map_or(DateTime::UNIX_EPOCH, |now| *now)
    }
}

fn whole_microseconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(at)
}
