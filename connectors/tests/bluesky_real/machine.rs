//! What a connector is handed beside its account: the time, and a feed that it never asks. It knows nothing of the tests.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use connectors::{Clock, FeedEntry, FeedError, FeedReceipt, FeedStore};

/// A clock that may be set two hours ahead.
#[derive(Debug, Default)]
pub(crate) struct Machine {
    pub(crate) ahead: AtomicBool,
}

impl Clock for Machine {
    #[expect(clippy::disallowed_methods, reason = "the server's sessions end by the machine's time")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + TimeDelta::hours(if self.ahead.load(Ordering::SeqCst) { 2 } else { 0 })
    }
}

#[async_trait]
impl FeedStore for Machine {
    async fn put(&self, _: FeedEntry) -> Result<FeedReceipt, FeedError> {
        Err(FeedError::NotStored)
    }
    async fn find(&self, _: &str) -> Result<Option<FeedReceipt>, FeedError> {
        Ok(None)
    }
    async fn update(&self, _: &str, _: FeedEntry) -> Result<FeedReceipt, FeedError> {
        Err(FeedError::NotFound)
    }
    async fn withdraw(&self, _: &str) -> Result<(), FeedError> {
        Err(FeedError::NotFound)
    }
}
