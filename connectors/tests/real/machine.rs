//! What a connector is handed beside its account: the time, a feed that it never asks, a picture. What the tests of every server need. It knows nothing of the tests.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use connectors::{Clock, FeedEntry, FeedError, FeedReceipt, FeedStore, Outcome, Receipt};

/// A PNG of one pixel.
pub(crate) const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
    0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x56, 0xc7, 0x2f, 0x0d, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

/// The receipt of what was delivered.
pub(crate) fn delivered(outcome: Outcome) -> Receipt {
    match outcome {
        Outcome::Delivered(receipt) => receipt,
        other => panic!("not delivered: {other:?}"),
    }
}

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
