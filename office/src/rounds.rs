//! Rounds: what is asked of a channel's platform again and again, such as what the public says. Knows which channels are due,
//! each under a lease and a fence, and when one is asked again. What becomes of an answer is `conversations` and `figures`.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, OfficeId, WorkerId, channel,
    channel::{ChannelState, CredentialState, Profile},
    channel_round,
    channel_round::RoundKind,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, Select,
    sea_query::{LockBehavior, LockType, OnConflict},
};

use crate::{
    Actor, Limits, Office, Requester,
    change::Change,
    error::Result,
    queue::{Cause, backoff},
    read,
};

/// What connectors say of a place from which they cannot read on.
const CURSOR_INVALID: &str = "CURSOR_INVALID";

/// A channel to be asked about now, by whoever holds this.
#[derive(Debug)]
pub struct Round {
    /// What is asked, as it was claimed.
    pub row: channel_round::Model,
    /// The channel.
    pub channel: channel::Model,
}

/// What came of asking.
#[derive(Debug, Clone)]
pub enum Asked<T> {
    /// The platform answered.
    Answered(T),
    /// It gave no answer; not to be asked before this has passed.
    Unanswered(Cause, Option<TimeDelta>),
}

/// Seconds between two rounds; none: nothing of this kind is asked.
fn every(limits: &Limits, kind: RoundKind) -> Option<TimeDelta> {
    let seconds = match kind {
        RoundKind::Conversations => limits.inbox_seconds,
        RoundKind::Figures => limits.figures_seconds,
    };
    (seconds > 0).then(|| TimeDelta::seconds(seconds))
}

/// From now on the channel is asked about all that its platform has said can be asked.
pub(crate) async fn begin(change: &Change<'_>, channel: ChannelId, profile: &Profile) -> Result<()> {
    let Some(can) = &profile.abilities else { return Ok(()) };
    let offered = [(RoundKind::Conversations, can.inbound), (RoundKind::Figures, can.metrics)];
    for (kind, _) in offered.into_iter().filter(|(_, offered)| *offered) {
        let row = channel_round::Model {
            id: change.id(),
            office_id: change.office_id(),
            channel_id: channel,
            kind,
            cursor: None,
            due_at: change.now,
            lease_until: None,
            fence: 0,
            failures: 0,
            cause: None,
            read_at: None,
        };
        let once = [channel_round::Column::ChannelId, channel_round::Column::Kind];
        let once = OnConflict::columns(once).do_nothing().to_owned();
        let insert = channel_round::Entity::insert(channel_round::ActiveModel::from(row).reset_all());
        insert.on_conflict(once).exec_without_returning(change.tx()).await?;
    }
    Ok(())
}

/// The channel has another credential, and may be another account on another server: asking begins anew with the next look.
pub(crate) async fn forget(change: &Change<'_>, channel: ChannelId) -> Result<()> {
    let own = channel_round::Entity::delete_many().filter(channel_round::Column::ChannelId.eq(channel));
    own.exec(change.tx()).await?;
    Ok(())
}

/// Rounds of an office's channels in use that had no answer `tries` times in a row or more, the longest first: at most fifty.
pub async fn unanswered_for_long(office: &Office, office_id: OfficeId, tries: i32) -> Result<Vec<Round>> {
    let db = office.db.read();
    let rows = channel_round::Entity::find()
        .filter(channel_round::Column::OfficeId.eq(office_id))
        .filter(channel_round::Column::Failures.gte(tries))
        .filter(channel_round::Column::ChannelId.in_subquery(in_use().into_query()))
        .order_by_desc(channel_round::Column::Failures)
        .order_by_asc(channel_round::Column::Id)
        .limit(50)
        .all(db)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.channel_id.0).collect();
    let channels = read::many::<channel::Entity>(db, office_id, &ids).await?;
    let of = |row: channel_round::Model| {
        let channel = channels.iter().find(|channel| channel.id == row.channel_id)?.clone();
        Some(Round { row, channel })
    };
    Ok(rows.into_iter().filter_map(of).collect())
}

/// Claims channels of any office that are due, at most `limit`.
pub async fn claim(office: &Office, worker: WorkerId, kind: RoundKind, limit: u64) -> Result<Vec<Round>> {
    if every(&office.limits, kind).is_none() {
        return Ok(Vec::new());
    }
    let seen = due(kind, office.now())
        .order_by_asc(channel_round::Column::DueAt)
        .order_by_asc(channel_round::Column::Id)
        .limit(limit)
        .all(office.db.read())
        .await?;
    let mut claimed = Vec::new();
    for row in seen {
        claimed.extend(take(office, worker, &row).await?);
    }
    Ok(claimed)
}

fn due(kind: RoundKind, now: DateTime<Utc>) -> Select<channel_round::Entity> {
    let free = Condition::any()
        .add(channel_round::Column::LeaseUntil.is_null())
        .add(channel_round::Column::LeaseUntil.lte(now));
    channel_round::Entity::find()
        .filter(channel_round::Column::Kind.eq(kind))
        .filter(channel_round::Column::DueAt.lte(now))
        .filter(free)
        .filter(channel_round::Column::ChannelId.in_subquery(in_use().into_query()))
}

/// Channels in use whose credential works.
fn in_use() -> Select<channel::Entity> {
    channel::Entity::find()
        .select_only()
        .column(channel::Column::Id)
        .filter(channel::Column::State.eq(ChannelState::Active))
        .filter(channel::Column::CredentialState.eq(CredentialState::Healthy))
}

async fn take(office: &Office, worker: WorkerId, seen: &channel_round::Model) -> Result<Option<Round>> {
    let requester = Requester::new(seen.office_id, Actor::Worker(worker));
    let change = office.begin_by_database_clock(&requester).await?;
    let still = due(seen.kind, change.now).filter(channel_round::Column::Id.eq(seen.id));
    let row = still.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(change.tx()).await?;
    let Some(row) = row else { return Ok(None) };
    let channel = read::one::<channel::Entity>(change.tx(), row.office_id, row.channel_id).await?;
    let fence = row.fence + 1;
    let mut edit = channel_round::ActiveModel::from(row);
    edit.fence = Set(fence);
    edit.lease_until = Set(Some(office.lease_end(change.now)));
    let row = edit.update(change.tx()).await?;
    change.commit().await?;
    Ok(Some(Round { row, channel }))
}

/// The change in which the answer is kept; none where the lease has passed to somebody else.
pub(crate) async fn held<'a>(
    office: &'a Office,
    worker: WorkerId,
    round: &Round,
) -> Result<Option<(Change<'a>, channel_round::Model)>> {
    let requester = Requester::new(round.row.office_id, Actor::Worker(worker));
    let change = office.begin_by_database_clock(&requester).await?;
    let row = channel_round::Entity::find_by_id(round.row.id).lock_exclusive().one(change.tx()).await?;
    let ours = |row: &channel_round::Model| row.fence == round.row.fence && row.lease_until.is_some();
    if let Some(row) = row.filter(ours) {
        return Ok(Some((change, row)));
    }
    // Ended here, so that whoever asks next does not find the row locked.
    change.commit().await?;
    Ok(None)
}

/// It was answered: read on from `cursor`, or from where it was; at once where there is `more`.
pub(crate) async fn answered(
    change: &Change<'_>,
    row: channel_round::Model,
    cursor: Option<String>,
    more: bool,
) -> Result<()> {
    let wait = every(change.limits(), row.kind).filter(|_| !more).unwrap_or_default();
    let cursor = cursor.or_else(|| row.cursor.clone());
    let mut edit = channel_round::ActiveModel::from(row);
    edit.lease_until = Set(None);
    edit.due_at = Set(change.now + wait);
    edit.cursor = Set(cursor);
    edit.failures = Set(0);
    edit.cause = Set(None);
    edit.read_at = Set(Some(change.now));
    edit.update(change.tx()).await?;
    Ok(())
}

/// It was not: the longer it lasts, the less often it is asked.
pub(crate) async fn unanswered(
    change: &Change<'_>,
    row: channel_round::Model,
    (cause, wish): (Cause, Option<TimeDelta>),
) -> Result<()> {
    let failures = row.failures.saturating_add(1);
    let usual = every(change.limits(), row.kind).unwrap_or_default();
    let wait = backoff(change.limits(), row.channel_id.0, failures, wish).max(usual);
    let mut edit = channel_round::ActiveModel::from(row);
    // A place that the platform does not know helps nobody: it is read anew from what is recent.
    if cause.code == CURSOR_INVALID {
        edit.cursor = Set(None);
        edit.read_at = Set(None);
    }
    edit.lease_until = Set(None);
    edit.due_at = Set(change.now + wait);
    edit.failures = Set(failures);
    edit.cause = Set(Some(format!("{}: {}", cause.code, cause.detail)));
    edit.update(change.tx()).await?;
    Ok(())
}
