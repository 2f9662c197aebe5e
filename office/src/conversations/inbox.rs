//! Reading what the public says: which channels are due, each under a lease and a fence, and what becomes of the answer.
//! What was read is kept with the place from which to read on, in one change: nothing is lost, and nothing is kept twice.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, ConversationId, OfficeId, WorkerId, channel,
    channel::{ChannelState, CredentialState},
    channel_inbox, conversation,
    conversation::ConversationKind,
    post,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, Select,
    sea_query::{LockBehavior, LockType, OnConflict},
};
use serde_json::json;

use crate::{
    Actor, Office, Requester,
    change::Change,
    error::Result,
    queue::{Cause, backoff},
    read,
};

/// How long ago a post was published that an answer is matched with.
const POSTS: TimeDelta = TimeDelta::days(90);

/// A channel to be read now, by whoever holds this.
#[derive(Debug)]
pub struct Listening {
    /// The reading, as it was claimed.
    pub inbox: channel_inbox::Model,
    /// The channel.
    pub channel: channel::Model,
}

/// Something that the public said.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The platform's own name for it.
    pub remote_id: String,
    /// What the public did.
    pub kind: ConversationKind,
    /// Where the public finds it.
    pub url: Option<String>,
    /// The platform's name for our post that it answers.
    pub answers: Option<String>,
    /// When, by the platform's clock.
    pub said_at: Option<DateTime<Utc>>,
}

/// What came of a reading.
#[derive(Debug, Clone)]
pub enum Reading {
    /// This was said, and it is to be read on from there; at once where there is more.
    Read {
        /// What was said.
        heard: Vec<Heard>,
        /// From where to read on; none: as before.
        cursor: Option<String>,
        /// Whether there is more now.
        more: bool,
    },
    /// The platform gave no answer; not before this has passed.
    Unread(Cause, Option<TimeDelta>),
}

/// Channels in use whose credential works.
fn readable() -> Select<channel::Entity> {
    channel::Entity::find()
        .filter(channel::Column::State.eq(ChannelState::Active))
        .filter(channel::Column::CredentialState.eq(CredentialState::Healthy))
}

/// From now on the channel is read: its platform has said that it may be.
pub(crate) async fn listen_to(change: &Change<'_>, channel: ChannelId) -> Result<()> {
    let inbox = channel_inbox::Model {
        channel_id: channel,
        office_id: change.office_id(),
        cursor: None,
        due_at: change.now,
        lease_until: None,
        fence: 0,
        failures: 0,
        cause: None,
        read_at: None,
    };
    let once = OnConflict::column(channel_inbox::Column::ChannelId).do_nothing().to_owned();
    let insert = channel_inbox::Entity::insert(channel_inbox::ActiveModel::from(inbox).reset_all());
    insert.on_conflict(once).exec_without_returning(change.tx()).await?;
    Ok(())
}

/// Claims channels of any office that are due, at most `limit`.
pub async fn claim(office: &Office, worker: WorkerId, limit: u64) -> Result<Vec<Listening>> {
    if office.limits.inbox_seconds == 0 {
        return Ok(Vec::new());
    }
    let seen = due(office.now())
        .order_by_asc(channel_inbox::Column::DueAt)
        .order_by_asc(channel_inbox::Column::ChannelId)
        .limit(limit)
        .all(office.db.read())
        .await?;
    let mut claimed = Vec::new();
    for row in seen {
        claimed.extend(take(office, worker, &row).await?);
    }
    Ok(claimed)
}

fn due(now: DateTime<Utc>) -> Select<channel_inbox::Entity> {
    let free = Condition::any()
        .add(channel_inbox::Column::LeaseUntil.is_null())
        .add(channel_inbox::Column::LeaseUntil.lte(now));
    let ids = readable().select_only().column(channel::Column::Id).into_query();
    channel_inbox::Entity::find()
        .filter(channel_inbox::Column::DueAt.lte(now))
        .filter(free)
        .filter(channel_inbox::Column::ChannelId.in_subquery(ids))
}

async fn take(office: &Office, worker: WorkerId, seen: &channel_inbox::Model) -> Result<Option<Listening>> {
    let requester = Requester::new(seen.office_id, Actor::Worker(worker));
    let change = office.begin_by_database_clock(&requester).await?;
    let still = due(change.now).filter(channel_inbox::Column::ChannelId.eq(seen.channel_id));
    let row = still.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(change.tx()).await?;
    let Some(row) = row else { return Ok(None) };
    let channel = read::one::<channel::Entity>(change.tx(), row.office_id, row.channel_id).await?;
    let fence = row.fence + 1;
    let mut edit = channel_inbox::ActiveModel::from(row);
    edit.fence = Set(fence);
    edit.lease_until = Set(Some(office.lease_end(change.now)));
    let inbox = edit.update(change.tx()).await?;
    change.commit().await?;
    Ok(Some(Listening { inbox, channel }))
}

/// Keeps what was read, if the lease still holds.
pub async fn settle(
    office: &Office,
    worker: WorkerId,
    listening: &Listening,
    reading: Reading,
) -> Result<()> {
    let requester = Requester::new(listening.inbox.office_id, Actor::Worker(worker));
    let mut change = office.begin_by_database_clock(&requester).await?;
    let row = channel_inbox::Entity::find_by_id(listening.inbox.channel_id).lock_exclusive();
    let Some(row) = row.one(change.tx()).await?.filter(|row| row.fence == listening.inbox.fence) else {
        return Ok(());
    };
    let every = TimeDelta::seconds(office.limits.inbox_seconds);
    let (failures, first) = (row.failures + 1, row.read_at.is_none());
    let mut edit = channel_inbox::ActiveModel::from(row.clone());
    edit.lease_until = Set(None);
    match reading {
        Reading::Read { heard, cursor, more } => {
            keep(&mut change, row.channel_id, heard, first).await?;
            edit.due_at = Set(if more { change.now } else { change.now + every });
            edit.cursor = Set(cursor.or(row.cursor));
            edit.failures = Set(0);
            edit.cause = Set(None);
            edit.read_at = Set(Some(change.now));
        }
        Reading::Unread(cause, wish) => {
            let wait = backoff(&office.limits, row.channel_id.0, failures, wish).max(every);
            edit.due_at = Set(change.now + wait);
            edit.failures = Set(failures);
            edit.cause = Set(Some(format!("{}: {}", cause.code, cause.detail)));
        }
    }
    edit.update(change.tx()).await?;
    change.commit().await
}

/// What was said long before anybody listened nobody answers any more: of the first reading only what is recent is kept.
async fn keep(change: &mut Change<'_>, channel: ChannelId, heard: Vec<Heard>, first: bool) -> Result<()> {
    let recent = change.now - TimeDelta::days(change.limits().unanswered_days);
    let answer = TimeDelta::hours(change.limits().answer_hours);
    let mut kept: u64 = 0;
    for one in heard {
        let said_at = one.said_at.filter(|at| *at <= change.now).unwrap_or(change.now);
        if first && said_at < recent {
            continue;
        }
        let row = conversation::Model {
            id: change.id::<ConversationId>(),
            office_id: change.office_id(),
            channel_id: channel,
            post_id: answered(change, change.office_id(), channel, one.answers.as_deref()).await?,
            remote_id: one.remote_id,
            kind: one.kind,
            url: one.url,
            said_at,
            due_at: said_at + answer,
            owner_id: None,
            outcome: None,
            note: None,
            settled_by: None,
            settled_at: None,
            created_at: change.now,
        };
        let once = [conversation::Column::ChannelId, conversation::Column::RemoteId];
        let insert = conversation::Entity::insert(conversation::ActiveModel::from(row).reset_all());
        let once = OnConflict::columns(once).do_nothing().to_owned();
        kept += insert.on_conflict(once).exec_without_returning(change.tx()).await?;
    }
    if kept > 0 {
        change.note("hearChannel", "Channel", channel.0, json!({ "conversations": kept }));
    }
    Ok(())
}

async fn answered(
    change: &Change<'_>,
    office_id: OfficeId,
    channel: ChannelId,
    remote_id: Option<&str>,
) -> Result<Option<entity::PostId>> {
    let Some(remote_id) = remote_id else { return Ok(None) };
    let found = post::Entity::find()
        .select_only()
        .column(post::Column::Id)
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::ChannelId.eq(channel))
        .filter(post::Column::PublishedAt.gte(change.now - POSTS))
        .filter(post::Column::RemoteId.eq(remote_id))
        .order_by_desc(post::Column::PublishedAt)
        .limit(1)
        .into_tuple()
        .one(change.tx())
        .await?;
    Ok(found)
}
