//! Which posts this worker holds now, so that their leases are renewed, no host is asked for too much at once, and stopping
//! can count them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use entity::PostId;
use office::queue::{Lease, Room};

/// A claim of a post: the post and the claim's number.
type Claim = (PostId, i64);

/// What is held, and what was ever received.
#[derive(Debug, Default)]
struct Holds {
    /// The claims in flight, each with the host that it goes to.
    held: BTreeMap<Claim, Option<String>>,
    /// The claims that reached this process and are not settled. Whether a task still lives says nothing of whether it
    /// made its call: only of a claim that never came here is it sure that no call was made.
    received: BTreeSet<Claim>,
}

/// The posts in flight.
#[derive(Debug, Clone, Default)]
pub(crate) struct InFlight(Arc<Mutex<Holds>>);

impl InFlight {
    /// Adds a claim until the returned guard is dropped.
    pub(crate) fn enter(&self, lease: &Lease, host: Option<String>) -> Held {
        let claim = (lease.post_id, lease.fence);
        let mut holds = self.lock();
        holds.held.insert(claim, host);
        holds.received.insert(claim);
        Held { all: self.clone(), claim }
    }

    /// The database took what came of a claim.
    pub(crate) fn settled(&self, lease: &Lease) {
        self.lock().received.remove(&(lease.post_id, lease.fence));
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.lock().held.len()
    }

    /// Which posts.
    pub(crate) fn ids(&self) -> Vec<PostId> {
        self.lock().held.keys().map(|(post, _)| *post).collect()
    }

    /// Which claims ever came here and are not settled.
    pub(crate) fn received(&self) -> Vec<Claim> {
        self.lock().received.iter().copied().collect()
    }

    /// How much more there may be.
    pub(crate) fn room(&self, concurrency: usize, per_host: usize) -> Room {
        let holds = self.lock();
        let mut in_flight: HashMap<String, usize> = HashMap::new();
        for host in holds.held.values().flatten() {
            *in_flight.entry(host.clone()).or_default() += 1;
        }
        Room { posts: concurrency.saturating_sub(holds.held.len()), per_host, in_flight }
    }

    fn lock(&self) -> MutexGuard<'_, Holds> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A claim in flight.
#[derive(Debug)]
pub(crate) struct Held {
    all: InFlight,
    claim: Claim,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.lock().held.remove(&self.claim);
    }
}
