//! The office's own public news page, as stored: one entry for each key, whatever is repeated. Knows entries; does not
//! know how they are rendered (that is `api`) nor the connector that writes them.

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, FeedEntryId, OfficeId, WorkerId, channel,
    channel::{ChannelState, Platform},
    feed_entry,
    feed_entry::Attachments,
    office as office_row,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

use crate::{
    Actor, Office, Requester,
    error::{OfficeError, Result},
};

/// Feed channels of one office that are looked through for a public name.
const FEEDS_AT_MOST: u64 = 500;

/// What an entry says.
#[derive(Debug, Clone)]
pub struct Words {
    /// The post's idempotency key.
    pub key: String,
    /// Title.
    pub title: Option<String>,
    /// Text.
    pub text: String,
    /// Link.
    pub link: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Media, already stored.
    pub attachments: Attachments,
}

/// Where an entry goes, and who writes it.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The office.
    pub office_id: OfficeId,
    /// Its feed channel.
    pub channel_id: ChannelId,
    /// The worker.
    pub worker_id: WorkerId,
}

impl Place {
    fn requester(&self) -> Requester {
        Requester::new(self.office_id, Actor::Worker(self.worker_id))
    }
}

/// Makes an entry public, once: a repeat of the key gives the first entry, with `true`.
pub async fn put(office: &Office, place: Place, words: Words) -> Result<(feed_entry::Model, bool)> {
    let mut change = office.begin(&place.requester()).await?;
    if let Some(entry) = by_key(change.tx(), place.office_id, &words.key).await? {
        return Ok((entry, true));
    }
    let row = feed_entry::Model {
        id: change.id(),
        office_id: place.office_id,
        channel_id: place.channel_id,
        key: words.key,
        title: words.title,
        text: words.text,
        link: words.link,
        language: words.language,
        attachments: words.attachments,
        published_at: change.now,
        updated_at: change.now,
        withdrawn_at: None,
    };
    let entry = feed_entry::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    change.note("putFeedEntry", "FeedEntry", entry.id.0, json!({ "channel": place.channel_id }));
    change.commit().await?;
    Ok((entry, false))
}

/// The public entry with this key.
pub async fn find(office: &Office, office_id: OfficeId, key: &str) -> Result<Option<feed_entry::Model>> {
    Ok(by_key(office.db.read(), office_id, key).await?.filter(|entry| entry.withdrawn_at.is_none()))
}

async fn by_key(
    db: &impl sea_orm::ConnectionTrait,
    office_id: OfficeId,
    key: &str,
) -> Result<Option<feed_entry::Model>> {
    let found = feed_entry::Entity::find()
        .filter(feed_entry::Column::OfficeId.eq(office_id))
        .filter(feed_entry::Column::Key.eq(key));
    Ok(found.one(db).await?)
}

/// Makes an entry say something else.
pub async fn update(
    office: &Office,
    place: Place,
    id: FeedEntryId,
    words: Words,
) -> Result<feed_entry::Model> {
    let mut change = office.begin(&place.requester()).await?;
    let entry = crate::read::one::<feed_entry::Entity>(change.tx(), place.office_id, id).await?;
    let mut edit = feed_entry::ActiveModel::from(entry);
    edit.title = Set(words.title);
    edit.text = Set(words.text);
    edit.link = Set(words.link);
    edit.language = Set(words.language);
    edit.attachments = Set(words.attachments);
    edit.updated_at = Set(change.now);
    let entry = edit.update(change.tx()).await?;
    change.note("updateFeedEntry", "FeedEntry", id.0, json!({}));
    change.commit().await?;
    Ok(entry)
}

/// Takes an entry back; taking it back twice is no error.
pub async fn withdraw(office: &Office, place: Place, id: FeedEntryId) -> Result<()> {
    let mut change = office.begin(&place.requester()).await?;
    let entry = crate::read::one::<feed_entry::Entity>(change.tx(), place.office_id, id).await?;
    if entry.withdrawn_at.is_none() {
        let mut edit = feed_entry::ActiveModel::from(entry);
        edit.withdrawn_at = Set(Some(change.now));
        edit.updated_at = Set(change.now);
        edit.update(change.tx()).await?;
        change.note("withdrawFeedEntry", "FeedEntry", id.0, json!({}));
    }
    change.commit().await
}

/// A public feed: whose it is, what it is called, and its newest entries.
#[derive(Debug)]
pub struct PublicFeed {
    /// The office.
    pub office: office_row::Model,
    /// The channel.
    pub channel: channel::Model,
    /// Newest first.
    pub entries: Vec<feed_entry::Model>,
    /// Last change of any of them, or of the channel.
    pub updated_at: DateTime<Utc>,
}

/// The feed of an office's channel, by their public names; open to anyone. Retired feeds stay readable: what was said
/// stays said, unless `channel.public_page` says that the page is deleted.
pub async fn public(office: &Office, office_slug: &str, handle: &str, limit: u64) -> Result<PublicFeed> {
    let db = office.db.read();
    let not_there = || OfficeError::NotFound("feed");
    let own = office_row::Entity::find()
        .filter(office_row::Column::Slug.eq(office_slug))
        .one(db)
        .await?
        .ok_or_else(not_there)?;
    // By the handle that the directory shows: a record that is being edited moves no public address (invariant 9).
    let feeds = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(own.id))
        .filter(channel::Column::Platform.eq(Platform::Feed))
        .filter(channel::Column::State.is_in([
            ChannelState::Active,
            ChannelState::Dormant,
            ChannelState::Retired,
        ]))
        .order_by_asc(channel::Column::Id)
        .limit(FEEDS_AT_MOST)
        .all(db)
        .await?;
    let named =
        |channel: &channel::Model| channel.published.as_ref().is_some_and(|record| record.handle == handle);
    // Of two by one name the page of the first was deleted.
    let channel = feeds
        .into_iter()
        .filter(named)
        .min_by_key(|channel| channel.state == ChannelState::Retired)
        .ok_or_else(not_there)?;
    let entries = feed_entry::Entity::find()
        .filter(feed_entry::Column::ChannelId.eq(channel.id))
        .filter(feed_entry::Column::WithdrawnAt.is_null())
        .order_by_desc(feed_entry::Column::PublishedAt)
        .order_by_desc(feed_entry::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let updated_at = entries
        .iter()
        .map(|entry| entry.updated_at)
        .chain([channel.created_at])
        .max()
        .unwrap_or(channel.created_at);
    Ok(PublicFeed { office: own, channel, entries, updated_at })
}

/// Whether a stored media item is attached to a public entry of the office: only then may anyone fetch it.
pub async fn shows_media(
    office: &Office,
    office_id: OfficeId,
    sha256: &str,
) -> Result<Option<entity::media::Model>> {
    use entity::media;
    if sha256.len() != 64 || !sha256.chars().all(|c| c.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let attachments = Expr::col((feed_entry::Entity, feed_entry::Column::Attachments)).cast_as("TEXT");
    let entries = feed_entry::Entity::find()
        .filter(feed_entry::Column::OfficeId.eq(office_id))
        .filter(feed_entry::Column::WithdrawnAt.is_null())
        .filter(attachments.like(format!("%{sha256}%")))
        .limit(1)
        .one(office.db.read())
        .await?;
    if entries.is_none() {
        return Ok(None);
    }
    let found = media::Entity::find()
        .filter(media::Column::OfficeId.eq(office_id))
        .filter(media::Column::Sha256.eq(sha256))
        .limit(1);
    Ok(found.one(office.db.read()).await?)
}

/// The office with this short name, for public pages.
pub async fn office_by_slug(office: &Office, slug: &str) -> Result<office_row::Model> {
    let found =
        office_row::Entity::find().filter(office_row::Column::Slug.eq(slug)).one(office.db.read()).await?;
    found.ok_or(OfficeError::NotFound("office"))
}
