//! The office's own feed, by way of a port. It knows how an entry is put, found and withdrawn by its key; it
//! does not know the database behind the port.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::{
    connector::{
        Capabilities, Connector, FollowKind, LookUpKind, PlatformKind, Profile, TextLimit, VerifyFailure,
    },
    message::{MediaPart, Message},
    outcome::{Cause, Evidence, LookUp, Outcome, Receipt},
};

/// What the feed keeps of a message.
#[derive(Debug, Clone)]
pub struct FeedEntry {
    /// The message's idempotency key: the same key never makes a second entry.
    pub key: String,
    /// The headline.
    pub title: Option<String>,
    /// The words.
    pub text: String,
    /// The address that it points to.
    pub link: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Pictures and films.
    pub media: Vec<MediaPart>,
}

impl From<&Message> for FeedEntry {
    fn from(message: &Message) -> Self {
        Self {
            key: message.idempotency_key.clone(),
            title: message.title.clone(),
            text: message.text.clone(),
            link: message.link.clone(),
            language: message.language.clone(),
            media: message.media.clone(),
        }
    }
}

/// An entry as the store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedReceipt {
    /// The store's name for it.
    pub id: String,
    /// Where the public finds it.
    pub url: Option<String>,
    /// When it became public.
    pub published_at: Option<DateTime<Utc>>,
    /// Whether an earlier call with this key had put it there.
    pub existed: bool,
}

/// Why the store did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Nothing was stored; it may be tried again.
    #[error("the feed's store is not available")]
    NotStored,
    /// It may have been stored (a commit whose answer was lost).
    #[error("whether the feed's store has it is not known")]
    Unknown,
    /// There is no such entry.
    #[error("the feed has no such entry")]
    NotFound,
}

/// The port that the feed connector writes through.
#[async_trait]
pub trait FeedStore: Send + Sync + fmt::Debug {
    /// Makes the entry public, once: a repeat of the key answers with the first entry and changes nothing.
    async fn put(&self, entry: FeedEntry) -> Result<FeedReceipt, FeedError>;
    /// The public entry with this key.
    async fn find(&self, key: &str) -> Result<Option<FeedReceipt>, FeedError>;
    /// Makes the entry with this id say what `entry` says.
    async fn update(&self, id: &str, entry: FeedEntry) -> Result<FeedReceipt, FeedError>;
    /// Takes the entry with this id out of the feed.
    async fn withdraw(&self, id: &str) -> Result<(), FeedError>;
}

/// The connector of the office's own feed.
#[derive(Debug)]
pub struct FeedConnector {
    store: Arc<dyn FeedStore>,
}

impl FeedConnector {
    /// Writes through `store`.
    pub fn new(store: Arc<dyn FeedStore>) -> Self {
        Self { store }
    }
}

fn cause(error: &FeedError) -> Cause {
    let code = match error {
        FeedError::NotStored => "FEED_NOT_STORED",
        FeedError::Unknown => "FEED_UNKNOWN",
        FeedError::NotFound => "GONE",
    };
    Cause::new(code, error.to_string())
}

fn settle(result: Result<FeedReceipt, FeedError>, fresh: Evidence) -> Outcome {
    match result {
        Ok(entry) => {
            let evidence = if entry.existed { Evidence::IdempotencyKey } else { fresh };
            Outcome::Delivered(receipt(entry, evidence))
        }
        Err(FeedError::NotStored) => {
            Outcome::NotSent { cause: cause(&FeedError::NotStored), retry_after: None }
        }
        Err(FeedError::Unknown) => Outcome::Unknown(cause(&FeedError::Unknown)),
        Err(FeedError::NotFound) => Outcome::Refused(cause(&FeedError::NotFound)),
    }
}

fn receipt(entry: FeedReceipt, evidence: Evidence) -> Receipt {
    Receipt { remote_id: entry.id, url: entry.url, published_at: entry.published_at, evidence }
}

#[async_trait]
impl Connector for FeedConnector {
    fn kind(&self) -> PlatformKind {
        PlatformKind::Feed
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_media: usize::MAX,
            media_types: Vec::new(),
            max_media_bytes: None,
            alt_text: true,
            captions: true,
            look_up: LookUpKind::Key,
            idempotent_send: true,
            edit: true,
            delete: true,
            title: true,
            follow: FollowKind::Alone,
            // The office's own table, and nobody but this connector writes to it: there is nobody else to find out about.
            read_back: false,
            inbound: false,
            metrics: false,
            amplify: false,
            quotes: false,
            replies: false,
            live_bio: false,
            prepares: false,
            text: TextLimit { max: None, link_weight: None },
        }
    }

    async fn verify(&self) -> Result<Profile, VerifyFailure> {
        Ok(Profile {
            handle: "feed".to_owned(),
            display_name: None,
            url: None,
            bio: None,
            capabilities: self.capabilities(),
        })
    }

    async fn publish(&self, message: &Message) -> Outcome {
        if let Err(refused) = message.quotes_nothing().and_then(|()| message.answers_nobody()) {
            return refused.into_outcome();
        }
        settle(self.store.put(message.into()).await, Evidence::Answer)
    }

    async fn look_up(&self, message: &Message) -> LookUp {
        match self.store.find(&message.idempotency_key).await {
            Ok(Some(entry)) => LookUp::Found(receipt(entry, Evidence::IdempotencyKey)),
            Ok(None) | Err(FeedError::NotFound) => LookUp::Absent,
            Err(error) => LookUp::Unreachable { cause: cause(&error), retry_after: None },
        }
    }

    async fn update(&self, remote_id: &str, message: &Message) -> Outcome {
        let changed = self.store.update(remote_id, message.into()).await;
        settle(changed.map(|entry| FeedReceipt { existed: false, ..entry }), Evidence::Answer)
    }

    async fn delete(&self, remote_id: &str) -> Outcome {
        let gone = FeedReceipt { id: remote_id.to_owned(), url: None, published_at: None, existed: false };
        match self.store.withdraw(remote_id).await {
            Ok(()) | Err(FeedError::NotFound) => settle(Ok(gone), Evidence::Answer),
            Err(error) => settle(Err(error), Evidence::Answer),
        }
    }
}
