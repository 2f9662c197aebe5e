//! What connectors are handed of the office: the feed connector's port, on the office's own table, and the time.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use connectors::{Clock, FeedEntry, FeedError, FeedReceipt, FeedStore};
use entity::{
    FeedEntryId,
    feed_entry::{self, AttachedCaption, Attachment, Attachments},
};
use office::{
    Office, OfficeError,
    feed::{self, Place, Words},
};
use uuid::Uuid;

/// Writes entries of one channel.
#[derive(Debug)]
pub(crate) struct OfficeFeed {
    office: Office,
    place: Place,
    page: String,
}

impl OfficeFeed {
    /// For one channel, whose public page is `page`.
    pub(crate) fn new(office: Office, place: Place, page: &str) -> Self {
        Self { office, place, page: page.trim_end_matches('/').to_owned() }
    }

    fn receipt(&self, entry: &feed_entry::Model, existed: bool) -> FeedReceipt {
        FeedReceipt {
            id: entry.id.to_string(),
            url: Some(format!("{}#{}", self.page, entry.id)),
            published_at: Some(entry.published_at),
            existed,
        }
    }
}

fn words(entry: FeedEntry) -> Words {
    let caption = |caption: &connectors::Caption| AttachedCaption {
        language: caption.language.clone(),
        label: caption.label.clone(),
        sha256: caption.sha256.clone(),
    };
    let attachment = |part: &connectors::MediaPart| Attachment {
        sha256: part.sha256.clone(),
        media_type: part.media_type.clone(),
        file_name: part.file_name.clone(),
        alt_text: part.alt_text.clone(),
        captions: part.captions.iter().map(caption).collect(),
    };
    Words {
        attachments: Attachments(entry.media.iter().map(attachment).collect()),
        key: entry.key,
        title: entry.title,
        text: entry.text,
        link: entry.link,
        language: entry.language,
    }
}

fn id(text: &str) -> Result<FeedEntryId, FeedError> {
    Uuid::parse_str(text).map(FeedEntryId).map_err(|_not_ours| FeedError::NotFound)
}

/// A failed commit may have been made all the same: whoever reads the key again finds out.
fn failed(error: &OfficeError) -> FeedError {
    match error {
        OfficeError::NotFound(_) => FeedError::NotFound,
        OfficeError::Forbidden(_) | OfficeError::Refused(_) | OfficeError::Fault(_) => FeedError::Unknown,
    }
}

impl Clock for OfficeFeed {
    fn now(&self) -> DateTime<Utc> {
        self.office.now()
    }
}

#[async_trait]
impl FeedStore for OfficeFeed {
    async fn put(&self, entry: FeedEntry) -> Result<FeedReceipt, FeedError> {
        let put = feed::put(&self.office, self.place, words(entry)).await;
        put.map(|(entry, existed)| self.receipt(&entry, existed)).map_err(|error| failed(&error))
    }

    async fn find(&self, key: &str) -> Result<Option<FeedReceipt>, FeedError> {
        let found = feed::find(&self.office, self.place.office_id, key).await;
        found.map(|entry| entry.map(|entry| self.receipt(&entry, true))).map_err(|error| failed(&error))
    }

    async fn update(&self, entry_id: &str, entry: FeedEntry) -> Result<FeedReceipt, FeedError> {
        let updated = feed::update(&self.office, self.place, id(entry_id)?, words(entry)).await;
        updated.map(|entry| self.receipt(&entry, true)).map_err(|error| failed(&error))
    }

    async fn withdraw(&self, entry_id: &str) -> Result<(), FeedError> {
        feed::withdraw(&self.office, self.place, id(entry_id)?).await.map_err(|error| failed(&error))
    }
}
