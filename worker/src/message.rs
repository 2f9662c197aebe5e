//! From what the office composed to what a connector takes: the same words, the media's bytes, and a connection.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use connectors::{
    Clock, ConnectError, ConnectionSettings, Connector, Content, ContentError, ContentStore, Follows, Http,
    MediaPart, Message, PlatformKind,
};
use entity::{OfficeId, WorkerId, channel, channel::Connection, channel::Platform, post};
use office::{
    Office, Result,
    compose::Composed,
    feed::Place,
    media,
    queue::{self, Cause, Ready},
};
use url::Url;

use crate::{Worker, feed_store::OfficeFeed, outcome::ours};

/// Loads the message of a post whose attempt is committed.
pub(crate) async fn load(worker: &Worker, ready: &Ready) -> Result<Message> {
    let message = compose(worker, &ready.post, &ready.composed).await?;
    Ok(Message { first_sent_at: ready.first_sent_at, last_sent_at: ready.last_sent_at, ..message })
}

/// What was composed of a post, as connectors take it.
pub(crate) async fn compose(worker: &Worker, post: &post::Model, composed: &Composed) -> Result<Message> {
    let follows = queue::followed(&worker.office, post).await?;
    let mut parts = Vec::with_capacity(composed.media.len());
    for item in &composed.media {
        parts.push(MediaPart {
            file_name: item.file_name.clone(),
            media_type: item.media_type.clone(),
            content: stored(worker, post.office_id, &item.sha256).await?,
            alt_text: item.alt_text.clone().filter(|_| !item.decorative),
            sha256: item.sha256.clone(),
        });
    }
    Ok(Message {
        idempotency_key: post.idempotency_key.clone(),
        title: Some(composed.title.clone()),
        text: composed.text.clone(),
        link: composed.link.clone(),
        language: Some(composed.language.clone()),
        media: parts,
        follows: follows.map(|of| Follows { remote_id: of.remote_id, root_id: of.root_id }),
        due_at: Some(post.due_at),
        first_sent_at: None,
        last_sent_at: None,
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

/// The same in the words of the queue.
pub(crate) fn unconnected(why: &NotConnected) -> Cause {
    match why {
        NotConnected::Settings(error) => ours("CONNECTION_INVALID", &error.to_string()),
        NotConnected::Sealed => ours("CREDENTIAL_UNREADABLE", "the stored credential does not open"),
        NotConnected::NoConnector => ours("NO_CONNECTOR", "Masthead has no connector for this platform"),
    }
}

/// The connector that speaks a platform; none where it is in the registry only.
pub(crate) fn kind(platform: Platform) -> Option<PlatformKind> {
    Some(match platform {
        Platform::Feed => PlatformKind::Feed,
        Platform::Wordpress => PlatformKind::WordPress,
        Platform::Mastodon => PlatformKind::Mastodon,
        Platform::Webhook => PlatformKind::Webhook,
        Platform::Bluesky => PlatformKind::Bluesky,
        Platform::Facebook => PlatformKind::Facebook,
        Platform::Linkedin => PlatformKind::LinkedIn,
        Platform::X => PlatformKind::X,
        Platform::Youtube => PlatformKind::YouTube,
        Platform::Instagram => return None,
    })
}

/// A channel's connection in the connectors' words.
pub(crate) fn settings(channel: &channel::Model) -> ConnectionSettings {
    ConnectionSettings {
        channel_id: Some(channel.id.to_string()),
        channel_handle: Some(channel.handle.clone()),
        ..place(&channel.settings)
    }
}

/// Where and as whom, in the connectors' words.
pub(crate) fn place(connection: &Connection) -> ConnectionSettings {
    ConnectionSettings {
        base_url: connection.base_url.as_deref().and_then(|url| Url::parse(url).ok()),
        username: connection.username.clone(),
        allow_private_hosts: connection.allow_private_host,
        honours_keys: connection.honours_keys,
        ..ConnectionSettings::default()
    }
}

/// Connects to a channel; posts nothing.
pub(crate) fn connect(
    office: &Office,
    http: &Http,
    worker_id: WorkerId,
    channel: &channel::Model,
) -> std::result::Result<Box<dyn Connector>, NotConnected> {
    let kind = kind(channel.platform).ok_or(NotConnected::NoConnector)?;
    let secret =
        office::channels::open_credential(office, channel).map_err(|_sealed| NotConnected::Sealed)?;
    let place = Place { office_id: channel.office_id, channel_id: channel.id, worker_id };
    let feed = Arc::new(OfficeFeed::new(office.clone(), place, &channel.url));
    let clock: Arc<dyn Clock> = Arc::<OfficeFeed>::clone(&feed);
    connectors::connect(kind, &settings(channel), secret, http, feed, clock).map_err(NotConnected::Settings)
}
