//! Which posts this worker holds now, so that their leases are renewed, no host is asked for too much at once, and stopping
//! can count them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use entity::PostId;
use office::queue::Room;

/// The posts in flight, each with the host that it goes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct InFlight(Arc<Mutex<BTreeMap<PostId, Option<String>>>>);

impl InFlight {
    /// Adds a post until the returned guard is dropped.
    pub(crate) fn enter(&self, id: PostId, host: Option<String>) -> Held {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, host);
        Held { all: self.clone(), id }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Which.
    pub(crate) fn ids(&self) -> Vec<PostId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }

    /// How much more there may be.
    pub(crate) fn room(&self, concurrency: usize, per_host: usize) -> Room {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut in_flight: HashMap<String, usize> = HashMap::new();
        for host in held.values().flatten() {
            *in_flight.entry(host.clone()).or_default() += 1;
        }
        Room { posts: concurrency.saturating_sub(held.len()), per_host, in_flight }
    }
}

/// A post in flight.
#[derive(Debug)]
pub(crate) struct Held {
    all: InFlight,
    id: PostId,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}
