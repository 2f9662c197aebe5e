//! The office's own feed as the suite has it: in memory, and failing as it is told. It does not know the connector.

use std::sync::Mutex;

use async_trait::async_trait;

use super::now;
use crate::{
    FeedEntry, FeedError, FeedReceipt, FeedStore,
    fake::{Answer, Script},
};

/// A feed's store in memory that fails as it is told.
#[derive(Debug, Default)]
pub(in crate::conformance) struct MemoryFeed(Mutex<Store>);

#[derive(Debug, Default)]
struct Store {
    entries: Vec<FeedEntry>,
    scripts: Vec<Script>,
}

impl MemoryFeed {
    /// What becomes of the next entry that is put.
    pub(super) fn script(&self, script: Script) {
        self.0.lock().unwrap().scripts.push(script);
    }

    /// How many entries have this key.
    pub(super) fn applied(&self, key: &str) -> usize {
        self.0.lock().unwrap().entries.iter().filter(|entry| entry.key == key).count()
    }
}

fn receipt(entry: &FeedEntry, existed: bool) -> FeedReceipt {
    FeedReceipt { id: entry.key.clone(), url: None, published_at: Some(now()), existed }
}

#[async_trait]
impl FeedStore for MemoryFeed {
    async fn put(&self, entry: FeedEntry) -> Result<FeedReceipt, FeedError> {
        let mut store = self.0.lock().unwrap();
        let script = store.scripts.pop().unwrap_or(Script::applied(Answer::Normal));
        if !script.applied {
            return Err(FeedError::NotStored);
        }
        let answer = receipt(&entry, store.entries.iter().any(|kept| kept.key == entry.key));
        if !answer.existed {
            store.entries.push(entry);
        }
        if script.answer == Answer::Normal { Ok(answer) } else { Err(FeedError::Unknown) }
    }

    async fn find(&self, key: &str) -> Result<Option<FeedReceipt>, FeedError> {
        Ok(self.0.lock().unwrap().entries.iter().find(|kept| kept.key == key).map(|kept| receipt(kept, true)))
    }

    async fn update(&self, id: &str, entry: FeedEntry) -> Result<FeedReceipt, FeedError> {
        let mut store = self.0.lock().unwrap();
        let kept = store.entries.iter_mut().find(|kept| kept.key == id).ok_or(FeedError::NotFound)?;
        *kept = entry;
        Ok(receipt(kept, true))
    }

    async fn withdraw(&self, id: &str) -> Result<(), FeedError> {
        self.0.lock().unwrap().entries.retain(|kept| kept.key != id);
        Ok(())
    }
}
