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

/// How far a claim is.
#[derive(Debug)]
enum Stage {
    /// On its way to this host, if it has one.
    Under(Option<String>),
    /// Its outcome is in hand and is being written.
    Ended,
}

/// What is held, and what was ever received.
#[derive(Debug, Default)]
struct Holds {
    /// The claims in flight.
    held: BTreeMap<Claim, Stage>,
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
        holds.held.insert(claim, Stage::Under(host));
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

    /// Whether some are on their way: more outcomes will come.
    pub(crate) fn are_under_way(&self) -> bool {
        self.lock().held.values().any(|stage| matches!(stage, Stage::Under(_)))
    }

    /// Which posts.
    pub(crate) fn ids(&self) -> Vec<PostId> {
        self.lock().held.keys().map(|(post, _)| *post).collect()
    }

    /// Which claims ever came here and are not settled.
    pub(crate) fn received(&self) -> Vec<Claim> {
        self.lock().received.iter().copied().collect()
    }

    /// How much more there may be: so many on their way, and no more than twice as many whose outcome is not written yet.
    /// While what has ended is being written the next can be claimed; a database that is away stops the claims.
    pub(crate) fn room(&self, concurrency: usize, per_host: usize) -> Room {
        let holds = self.lock();
        let (mut under_way, mut in_flight): (usize, HashMap<String, usize>) = (0, HashMap::new());
        for stage in holds.held.values() {
            let Stage::Under(host) = stage else { continue };
            under_way += 1;
            if let Some(host) = host {
                *in_flight.entry(host.clone()).or_default() += 1;
            }
        }
        let all = concurrency.saturating_mul(2).saturating_sub(holds.held.len());
        Room { posts: concurrency.saturating_sub(under_way).min(all), per_host, in_flight }
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

impl Held {
    /// The call is over: its place is free, though the claim is held until its outcome is written.
    pub(crate) fn ended(&self) {
        if let Some(stage) = self.all.lock().held.get_mut(&self.claim) {
            *stage = Stage::Ended;
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.lock().held.remove(&self.claim);
    }
}
