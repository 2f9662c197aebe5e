//! Passing on and quoting what others published: whose it is, and which channels could. What may be passed on where, and what
//! goes with it, is `content`.
//!
//! Knows which platforms let accounts pass posts on, and reads partners and channels. How a post's address is read is
//! `directory`; what is sent is `compose`; that it is passed on once is the connectors'.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, OfficeId, PartnerId, channel,
    channel::{ChannelState, Platform},
    partner, partner_address, post, revision,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::{
    Office,
    checks::length::abilities,
    directory::{PostAddress, post_at},
    error::Result,
    partners, read,
};

mod content;

pub(crate) use content::{follows, reaches, read_content};

/// Platforms that let an account pass on what others published there.
const PLATFORMS: [Platform; 4] = [Platform::Mastodon, Platform::Bluesky, Platform::X, Platform::Linkedin];

/// Latest posts of ours on a platform among which one is looked for whose address does not say whose it is.
const LATEST: u64 = 200;

/// Whose a post is that is passed on, as far as its address says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// A channel's of this office.
    Channel(ChannelId),
    /// Another office's channel, by the handle that it publishes.
    OtherOffice(String),
    /// A partner's.
    Partner(PartnerId),
    /// Somebody's whom the office does not know.
    Unknown,
    /// The address does not say.
    Unnamed,
}

/// Whether accounts of the platform pass posts on.
pub(crate) fn is_offered(platform: Platform) -> bool {
    PLATFORMS.contains(&platform)
}

/// Whose each of these posts is, by its address.
pub(crate) async fn whose(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    now: DateTime<Utc>,
    urls: &BTreeSet<String>,
) -> Result<HashMap<String, Whose>> {
    let read: Vec<(&String, PostAddress)> =
        urls.iter().filter_map(|url| Some((url, post_at(url)?))).collect();
    if read.is_empty() {
        return Ok(HashMap::new());
    }
    let own = partners::ours(db, office_id).await?;
    let partners = partners_of(db, office_id, now, &read).await?;
    let unnamed: Vec<&PostAddress> =
        read.iter().map(|(_, post)| post).filter(|post| post.account.is_none()).collect();
    let published = published(db, office_id, &own, &unnamed).await?;
    let of = |post: &PostAddress| {
        if let Some(id) = published.get(&post.key) {
            return Whose::Channel(*id);
        }
        let Some(account) = &post.account else { return Whose::Unnamed };
        // The office's own record tells more than what others publish.
        let mut ours: Vec<_> = own.iter().filter(|channel| channel.decided && channel.has(account)).collect();
        ours.sort_by_key(|channel| !channel.of_this_office);
        match (ours.first(), partners.get(account)) {
            (Some(channel), _) if channel.of_this_office => Whose::Channel(channel.id),
            (Some(channel), _) => Whose::OtherOffice(channel.handle.clone()),
            (None, Some(id)) => Whose::Partner(*id),
            (None, None) => Whose::Unknown,
        }
    };
    Ok(read.iter().map(|(url, post)| ((*url).clone(), of(post))).collect())
}

/// The partners of these accounts whose partnership holds.
async fn partners_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    now: DateTime<Utc>,
    posts: &[(&String, PostAddress)],
) -> Result<HashMap<String, PartnerId>> {
    let accounts: BTreeSet<&str> = posts.iter().filter_map(|(_, post)| post.account.as_deref()).collect();
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = partner_address::Entity::find()
        .filter(partner_address::Column::OfficeId.eq(office_id))
        .filter(partner_address::Column::Account.is_in(accounts))
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let today = partners::today(db, office_id, now).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.partner_id.0).collect();
    let hold = read::many::<partner::Entity>(db, office_id, &ids).await?;
    let hold: BTreeSet<PartnerId> = hold
        .into_iter()
        .filter(|row| row.ended_at.is_none() && row.ends_on.is_none_or(|day| day >= today))
        .map(|row| row.id)
        .collect();
    let standing = rows.into_iter().filter(|row| hold.contains(&row.partner_id));
    Ok(standing.map(|row| (row.account, row.partner_id)).collect())
}

#[derive(Debug, FromQueryResult)]
struct Published {
    channel_id: ChannelId,
    remote_url: Option<String>,
}

/// Which of these posts, whose addresses name no account, channels of the office published lately.
async fn published(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    own: &[partners::Ours],
    posts: &[&PostAddress],
) -> Result<HashMap<String, ChannelId>> {
    let on = |channel: &&partners::Ours| {
        channel.of_this_office && posts.iter().any(|post| post.platform == channel.platform)
    };
    let channels: Vec<ChannelId> = own.iter().filter(on).map(|channel| channel.id).collect();
    if channels.is_empty() {
        return Ok(HashMap::new());
    }
    let revision = post::Entity::belongs_to(revision::Entity)
        .from(post::Column::RevisionId)
        .to(revision::Column::Id)
        .into();
    // What we passed on ourselves without words is under the address of somebody else's post.
    let rows: Vec<Published> = post::Entity::find()
        .select_only()
        .columns([post::Column::ChannelId, post::Column::RemoteUrl])
        .join(JoinType::InnerJoin, revision)
        .filter(
            Condition::any().add(revision::Column::Amplifies.is_null()).add(revision::Column::Text.ne("")),
        )
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::ChannelId.is_in(channels))
        .filter(post::Column::PublishedAt.is_not_null())
        .order_by_desc(post::Column::PublishedAt)
        .limit(LATEST)
        .into_model()
        .all(db)
        .await?;
    let key = |row: Published| Some((post_at(row.remote_url.as_deref()?)?.key, row.channel_id));
    let found: HashMap<String, ChannelId> = rows.into_iter().filter_map(key).collect();
    Ok(found.into_iter().filter(|(key, _)| posts.iter().any(|post| post.key == *key)).collect())
}

/// The office's active channels on these platforms that could pass a post on, by handle, at most `limits.amplifiers` and one
/// more, so that the post's own channel takes nobody's place.
pub async fn amplifiers(
    office: &Office,
    office_id: OfficeId,
    platforms: &[Platform],
) -> Result<HashMap<Platform, Vec<channel::Model>>> {
    let mut found = HashMap::new();
    for platform in platforms.iter().filter(|platform| is_offered(**platform)) {
        let rows = on_platform(office_id, *platform).limit(office.limits.amplifiers + 1);
        let rows = rows.all(office.db.read()).await?;
        let able = |row: &channel::Model| abilities(row).is_none_or(|can| can.amplify);
        found.insert(*platform, rows.into_iter().filter(able).collect());
    }
    Ok(found)
}

fn on_platform(office_id: OfficeId, platform: Platform) -> Select<channel::Entity> {
    let here = Condition::all()
        .add(channel::Column::OfficeId.eq(office_id))
        .add(channel::Column::Platform.eq(platform))
        .add(channel::Column::State.eq(ChannelState::Active));
    channel::Entity::find()
        .filter(here)
        .order_by_asc(channel::Column::Handle)
        .order_by_asc(channel::Column::Id)
}

/// Whether a revision passes on the post of others, and says nothing.
pub(crate) async fn passes_on(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: entity::RevisionId,
) -> Result<bool> {
    Ok(read::one::<revision::Entity>(db, office_id, id).await?.passes_on())
}

/// Whether a post could be passed on by other channels: it is out under an address that is one post's.
pub fn can_be_amplified(post: &post::Model) -> bool {
    let url = post.remote_url.as_deref().filter(|_| post.published_at.is_some());
    let out = matches!(
        post.state,
        post::PostState::Published | post::PostState::Corrected | post::PostState::Drifted
    );
    out && url.is_some_and(|url| post_at(url).is_some())
}
