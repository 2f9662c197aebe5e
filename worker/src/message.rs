//! From what the office composed to what a connector takes: the same words, the media's bytes, and a connection.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use connectors::{
    Clock, ConnectError, ConnectionSettings, Connector, Content, ContentError, ContentStore, MediaPart,
    Message, PlatformKind,
};
use entity::{OfficeId, channel, channel::Platform};
use office::{Result, feed::Place, media, queue::Ready};
use url::Url;

use crate::{Worker, feed_store::OfficeFeed};

/// Loads the message of a post whose attempt is committed.
pub(crate) async fn load(worker: &Worker, ready: &Ready) -> Result<Message> {
    let composed = &ready.composed;
    let mut parts = Vec::with_capacity(composed.media.len());
    for item in &composed.media {
        parts.push(MediaPart {
            file_name: item.file_name.clone(),
            media_type: item.media_type.clone(),
            content: stored(worker, ready.post.office_id, &item.sha256).await?,
            alt_text: item.alt_text.clone().filter(|_| !item.decorative),
            sha256: item.sha256.clone(),
        });
    }
    Ok(Message {
        idempotency_key: ready.post.idempotency_key.clone(),
        title: Some(composed.title.clone()),
        text: composed.text.clone(),
        link: composed.link.clone(),
        language: Some(composed.language.clone()),
        media: parts,
        follows: None,
        due_at: Some(ready.post.due_at),
        first_sent_at: ready.first_sent_at,
        not_after: None,
    })
}

async fn stored(worker: &Worker, office_id: OfficeId, sha256: &str) -> Result<Content> {
    let item = media::stored(&worker.office, office_id, sha256).await?;
    Ok(Content::stored(item.length(), Arc::new(OfficeMedia(item))))
}

/// The office's store as connectors read it.
#[derive(Debug)]
struct OfficeMedia(media::Stored);

#[async_trait]
impl ContentStore for OfficeMedia {
    async fn range(&self, from: u64, length: u64) -> std::result::Result<Bytes, ContentError> {
        self.0.range(from, length).await.map_err(|error| {
            tracing::error!(%error, "an item of the media store could not be read");
            ContentError
        })
    }
}

/// Why there is no connection to a channel.
#[derive(Debug)]
pub(crate) enum NotConnected {
    /// Its settings do not suffice.
    Settings(ConnectError),
    /// Its credential does not open.
    Sealed,
    /// No connector speaks its platform.
    NoConnector,
}

/// Connects to a channel; posts nothing.
pub(crate) fn connect(
    worker: &Worker,
    channel: &channel::Model,
) -> std::result::Result<Box<dyn Connector>, NotConnected> {
    let kind = match channel.platform {
        Platform::Feed => PlatformKind::Feed,
        Platform::Wordpress => PlatformKind::WordPress,
        Platform::Mastodon => PlatformKind::Mastodon,
        Platform::Webhook => PlatformKind::Webhook,
        Platform::Bluesky => PlatformKind::Bluesky,
        Platform::Facebook => PlatformKind::Facebook,
        Platform::Linkedin => PlatformKind::LinkedIn,
        Platform::X | Platform::Youtube | Platform::Instagram => {
            return Err(NotConnected::NoConnector);
        }
    };
    let settings = ConnectionSettings {
        base_url: channel.settings.base_url.as_deref().and_then(|url| Url::parse(url).ok()),
        username: channel.settings.username.clone(),
        allow_private_hosts: channel.settings.allow_private_host,
        channel_id: Some(channel.id.to_string()),
        channel_handle: Some(channel.handle.clone()),
        honours_keys: channel.settings.honours_keys,
        ..ConnectionSettings::default()
    };
    let secret =
        office::channels::open_credential(&worker.office, channel).map_err(|_sealed| NotConnected::Sealed)?;
    let place = Place { office_id: channel.office_id, channel_id: channel.id, worker_id: worker.id };
    let feed = Arc::new(OfficeFeed::new(worker.office.clone(), place, &channel.url));
    let clock: Arc<dyn Clock> = Arc::<OfficeFeed>::clone(&feed);
    connectors::connect(kind, &settings, secret, &worker.http, feed, clock).map_err(NotConnected::Settings)
}
