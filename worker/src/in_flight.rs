//! Which posts this worker holds now, so that their leases are renewed and stopping can count them.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use entity::PostId;

/// The posts in flight.
#[derive(Debug, Clone, Default)]
pub(crate) struct InFlight(Arc<Mutex<BTreeSet<PostId>>>);

impl InFlight {
    /// Adds a post until the returned guard is dropped.
    pub(crate) fn enter(&self, id: PostId) -> Held {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        Held { all: self.clone(), id }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Which.
    pub(crate) fn ids(&self) -> Vec<PostId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
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
