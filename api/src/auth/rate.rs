//! Leaky buckets, in memory and bounded: the cost that a token may run up, and the sign-ins that an address may try. Knows
//! keys and amounts; forgets everything when the process ends.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};

/// Buckets that are remembered.
const BUCKETS: usize = 10_000;

/// Thousandths of a unit, so that slow buckets leak evenly.
const MILLI: u64 = 1_000;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    level: u64,
    at: DateTime<Utc>,
}

/// Buckets of one size, each of which leaks empty within a window.
#[derive(Debug)]
pub(crate) struct Budget {
    capacity: u64,
    window_seconds: u64,
    buckets: Mutex<HashMap<String, Bucket>>,
}

/// The bucket is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full {
    /// What is left.
    pub(crate) remaining: u64,
    /// Seconds until the amount fits.
    pub(crate) retry_after: u64,
}

impl Budget {
    pub(crate) fn new(capacity: u64, window_seconds: u64) -> Self {
        Self { capacity, window_seconds: window_seconds.max(1), buckets: Mutex::default() }
    }

    /// What a bucket takes at most.
    pub(crate) fn capacity(&self) -> u64 {
        self.capacity
    }

    /// Takes an amount and says what is left.
    pub(crate) fn take(&self, key: &str, amount: u64, now: DateTime<Utc>) -> Result<u64, Full> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let level = buckets.get(key).map_or(0, |bucket| self.leaked(*bucket, now));
        let capacity = self.capacity.saturating_mul(MILLI);
        let wanted = level.saturating_add(amount.saturating_mul(MILLI));
        if wanted > capacity {
            let excess = (wanted - capacity).saturating_mul(self.window_seconds);
            let retry_after = excess.div_ceil(capacity.max(1)).max(1);
            return Err(Full { remaining: capacity.saturating_sub(level) / MILLI, retry_after });
        }
        if buckets.len() >= BUCKETS && !buckets.contains_key(key) {
            self.make_room(&mut buckets, now);
        }
        buckets.insert(key.to_owned(), Bucket { level: wanted, at: now });
        Ok((capacity - wanted) / MILLI)
    }

    /// Empties a bucket.
    pub(crate) fn forget(&self, key: &str) {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    fn leaked(&self, bucket: Bucket, now: DateTime<Utc>) -> u64 {
        let elapsed = u64::try_from((now - bucket.at).num_milliseconds()).unwrap_or(0);
        bucket.level.saturating_sub(elapsed.saturating_mul(self.capacity) / self.window_seconds)
    }

    /// Drops the empty ones; when there are none, the emptiest.
    fn make_room(&self, buckets: &mut HashMap<String, Bucket>, now: DateTime<Utc>) {
        buckets.retain(|_, bucket| self.leaked(*bucket, now) > 0);
        if buckets.len() < BUCKETS {
            return;
        }
        let emptiest = buckets.iter().min_by_key(|(_, bucket)| self.leaked(**bucket, now));
        if let Some(key) = emptiest.map(|(key, _)| key.clone()) {
            buckets.remove(&key);
        }
    }
}

/// Failed sign-ins by e-mail and address.
#[derive(Debug)]
pub(crate) struct SignInTries(Budget);

impl SignInTries {
    pub(crate) fn new(tries: u32, window_seconds: u32) -> Self {
        Self(Budget::new(tries.into(), window_seconds.into()))
    }

    /// Counts a try; the error says how many seconds to wait.
    pub(crate) fn count(&self, email: &str, peer: Option<IpAddr>, now: DateTime<Utc>) -> Result<(), u64> {
        self.0.take(&key(email, peer), 1, now).map(drop).map_err(|full| full.retry_after)
    }

    /// It was the right password: earlier tries do not count any more.
    pub(crate) fn succeeded(&self, email: &str, peer: Option<IpAddr>) {
        self.0.forget(&key(email, peer));
    }
}

fn key(email: &str, peer: Option<IpAddr>) -> String {
    let peer = peer.map_or_else(String::new, |peer| peer.to_string());
    format!("{}|{peer}", office::sha256_hex(email.trim().to_lowercase().as_bytes()))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_full_bucket_says_when_to_come_back_and_then_takes_again() {
        let budget = Budget::new(100, 60);
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(budget.take("a", 90, now), Ok(10));
        let full = budget.take("a", 20, now).unwrap_err();
        assert_eq!((full.remaining, full.retry_after), (10, 6));
        assert_eq!(budget.take("b", 100, now), Ok(0));
        assert_eq!(budget.take("a", 20, now + TimeDelta::seconds(6)), Ok(0));
    }

    #[test]
    fn the_map_is_bounded() {
        let budget = Budget::new(10, 60);
        for key in 0..BUCKETS + 50 {
            budget.take(&key.to_string(), 1, DateTime::UNIX_EPOCH).unwrap();
        }
        assert!(budget.buckets.lock().unwrap().len() <= BUCKETS);
    }
}
