//! From what the office composed to what a connector takes: the same words, the media as they fit the account, and a
//! connection.

use std::sync::Arc;

use connectors::{
    Clock, ConnectError, ConnectionSettings, Connector, Follows, Http, Message, PlatformKind, Prepared,
};
use entity::{WorkerId, channel, channel::Connection, channel::Platform, post};
use office::{
    Office,
    compose::Composed,
    feed::Place,
    queue::{self, Cause, Ready},
};
use url::Url;

use crate::{Worker, feed_store::OfficeFeed, outcome::ours};

mod parts;

pub(crate) use parts::Unready;

/// Loads the message of a post whose attempt is committed.
pub(crate) async fn load(worker: &Worker, ready: &Ready) -> Result<Message, Unready> {
    let message = compose(worker, &ready.post, &ready.composed, &ready.channel).await?;
    let prepared = ready.prepared.as_ref().map(|kept| Prepared::from_stored(kept.as_str()));
    Ok(Message {
        first_sent_at: ready.first_sent_at,
        last_sent_at: ready.last_sent_at,
        prepared: prepared.unwrap_or_default(),
        ..message
    })
}

/// What was composed of a post, as connectors take it and the channel's account does.
pub(crate) async fn compose(
    worker: &Worker,
    post: &post::Model,
    composed: &Composed,
    channel: &channel::Model,
) -> Result<Message, Unready> {
    let follows = queue::followed(&worker.office, post).await?;
    let quotes = composed.quotes().map(str::parse).transpose().map_err(|_form| {
        Unready::Unfit(ours("ADDRESS_INVALID", "the address of what is quoted cannot be read"))
    })?;
    Ok(Message {
        idempotency_key: post.idempotency_key.clone(),
        title: Some(composed.title.clone()),
        text: composed.text.clone(),
        link: composed.link.clone(),
        language: Some(composed.language.clone()),
        media: parts::parts(worker, composed, channel).await?,
        follows: follows.map(|of| Follows { remote_id: of.remote_id, root_id: of.root_id }),
        quotes,
        answers: composed.answers.clone(),
        due_at: Some(post.due_at),
        first_sent_at: None,
        last_sent_at: None,
        prepared: Prepared::default(),
        not_after: None,
    })
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
        Platform::Instagram | Platform::Other => return None,
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
) -> Result<Box<dyn Connector>, NotConnected> {
    let kind = kind(channel.platform).ok_or(NotConnected::NoConnector)?;
    let secret =
        office::channels::open_credential(office, channel).map_err(|_sealed| NotConnected::Sealed)?;
    let place = Place { office_id: channel.office_id, channel_id: channel.id, worker_id };
    let feed = Arc::new(OfficeFeed::new(office.clone(), place, &channel.url));
    let clock: Arc<dyn Clock> = Arc::<OfficeFeed>::clone(&feed);
    connectors::connect(kind, &settings(channel), secret, http, feed, clock).map_err(NotConnected::Settings)
}
