//! Channel heads: one small row a channel, so that finding the next post costs the same however long the queue is, one
//! post of a channel is in flight at a time, and a platform's wish to wait holds its channel alone.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{ChannelId, OfficeId, channel, channel_head};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};
use serde_json::{Value, json};

use crate::{
    Limits,
    database::given::{Given, Kind, id, maybe_instant, narrowed},
    error::Result,
    read,
};

mod pace;

pub(super) use pace::{GateReason, Went};

/// States from which a post can be claimed; written out, so that the partial index serves on both engines.
pub(crate) const READY: &str = "state IN ('SCHEDULED', 'RETRYING') AND NOT waits";

/// A condition for heads whose host is none of those in a JSON parameter.
pub(super) fn not_among(engine: DatabaseBackend, hosts: &str) -> String {
    let unpacked = match engine {
        DatabaseBackend::Sqlite => format!("value FROM json_each({hosts})"),
        _ => format!("json_array_elements_text({hosts}::json)"),
    };
    format!(" AND (host IS NULL OR host NOT IN (SELECT {unpacked}))")
}

/// Heads that are mended in one sweep.
const MENDED_AT_ONCE: u64 = 50;

/// What happened to a channel's queue.
#[derive(Debug, Clone, Default)]
pub(super) struct Step {
    /// The post in flight is in flight no more.
    pub(super) freed: bool,
    /// How the platform took it, as far as that says something of the platform.
    pub(super) went: Option<Went>,
    /// Nothing may go out before: the platform asked.
    pub(super) gate: Option<(DateTime<Utc>, GateReason)>,
}

impl Step {
    /// Both happened.
    pub(super) fn merge(&mut self, other: &Self) {
        self.freed |= other.freed;
        self.went = self.went.or(other.went);
        self.gate = [self.gate, other.gate].into_iter().flatten().max_by_key(|(until, _)| *until);
    }
}

/// Brings a channel's head up to date after its posts changed. Every change of a waiting post ends with this.
pub(crate) async fn refresh(
    tx: &DatabaseTransaction,
    office_id: OfficeId,
    channel_id: ChannelId,
) -> Result<()> {
    refresh_all(tx, vec![(office_id, channel_id)]).await
}

/// The same for several channels, in the order of their ids: two changes that touch the same heads do not wait for each
/// other.
pub(crate) async fn refresh_all(
    tx: &DatabaseTransaction,
    channels: Vec<(OfficeId, ChannelId)>,
) -> Result<()> {
    let steps = channels.into_iter().map(|(office, channel)| (office, channel, Step::default())).collect();
    update(tx, None, steps).await
}

/// The same, after posts in flight were settled.
pub(super) async fn settle(
    tx: &DatabaseTransaction,
    limits: &Limits,
    now: DateTime<Utc>,
    steps: Vec<(OfficeId, ChannelId, Step)>,
) -> Result<()> {
    update(tx, Some((limits, now)), steps).await
}

/// Frees heads whose post in flight is not in flight any more, and wakes those that sleep past a ready post. There should
/// be none of either: this is the sweep that makes a mistake elsewhere cost a moment and not a channel.
pub(super) async fn mend(tx: &DatabaseTransaction) -> Result<()> {
    const WRONG: &str = "(sending IS NOT NULL AND NOT EXISTS (SELECT 1 FROM post WHERE post.id = channel_head.sending \
                         AND post.state = 'SENDING')) OR (sending IS NULL AND EXISTS (SELECT 1 FROM post WHERE \
                         post.channel_id = channel_head.channel_id AND post.state IN ('SCHEDULED', 'RETRYING') AND \
                         NOT post.waits AND \
                         (channel_head.next_at IS NULL OR (post.run_at < channel_head.next_at AND \
                         (channel_head.gate_until IS NULL OR channel_head.gate_until < channel_head.next_at)))))";
    let wrong = channel_head::Entity::find()
        .filter(Expr::cust(WRONG))
        .order_by_asc(channel_head::Column::ChannelId)
        .limit(MENDED_AT_ONCE)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await?;
    for head in &wrong {
        tracing::warn!(channel.id = %head.channel_id, "a channel's head was wrong and has been mended");
    }
    let freed = || Step { freed: true, ..Step::default() };
    let steps = wrong.into_iter().map(|head| (head.office_id, head.channel_id, freed())).collect();
    update(tx, None, steps).await
}

async fn update(
    tx: &DatabaseTransaction,
    pace: Option<(&Limits, DateTime<Utc>)>,
    mut steps: Vec<(OfficeId, ChannelId, Step)>,
) -> Result<()> {
    steps.sort_by_key(|(_, channel, _)| *channel);
    steps.dedup_by(|(_, later, step), (_, earlier, kept)| {
        let same = later == earlier;
        if same {
            kept.merge(step);
        }
        same
    });
    if steps.is_empty() {
        return Ok(());
    }
    let ids: Vec<ChannelId> = steps.iter().map(|(_, channel, _)| *channel).collect();
    // The rows are locked by a statement of their own, before the posts are read: a head computed from a snapshot older
    // than somebody's enqueue would put that post to sleep.
    let mut heads = locked(tx, &ids).await?;
    let missing: Vec<_> = steps.iter().filter(|(_, channel, _)| !heads.contains_key(channel)).collect();
    if !missing.is_empty() {
        for (office_id, channel_id, _) in missing {
            create(tx, *office_id, *channel_id).await?;
        }
        heads = locked(tx, &ids).await?;
    }
    let firsts = firsts(tx, &ids).await?;
    let mut changed = Vec::with_capacity(heads.len());
    for (_, channel_id, step) in &steps {
        let Some(mut head) = heads.remove(channel_id) else { continue };
        let before = head.clone();
        pace::apply(&mut head, step, firsts.get(channel_id).copied().flatten(), pace);
        if head != before {
            changed.push(head);
        }
    }
    write(tx, &changed).await
}

fn given(ids: &[ChannelId]) -> Given {
    Given::new(&[("id", Kind::Id)], ids.iter().map(|channel| json!([id(*channel)])).collect())
}

async fn locked(
    tx: &DatabaseTransaction,
    ids: &[ChannelId],
) -> Result<HashMap<ChannelId, channel_head::Model>> {
    const SQL: &str =
        "SELECT head.* FROM {given} JOIN channel_head AS head ON head.channel_id = given.id WHERE TRUE";
    let engine = tx.get_database_backend();
    let lock = if engine == DatabaseBackend::Postgres { " FOR UPDATE OF head" } else { "" };
    let given = given(ids);
    let few = narrowed(engine, "head.channel_id");
    let statement = given.statement(engine, &format!("{SQL}{few} ORDER BY head.channel_id{lock}"), []);
    let rows = channel_head::Entity::find().from_raw_sql(statement).all(tx).await?;
    Ok(rows.into_iter().map(|head| (head.channel_id, head)).collect())
}

#[derive(FromQueryResult)]
struct First {
    channel_id: ChannelId,
    run_at: Option<DateTime<Utc>>,
}

/// When the first ready post of each channel wants to be tried.
async fn firsts(
    tx: &DatabaseTransaction,
    ids: &[ChannelId],
) -> Result<HashMap<ChannelId, Option<DateTime<Utc>>>> {
    const SQL: &str = "SELECT given.id AS channel_id, (SELECT post.run_at FROM post WHERE post.channel_id = given.id AND \
                       post.state IN ('SCHEDULED', 'RETRYING') AND NOT post.waits ORDER BY post.run_at, post.id LIMIT 1) AS run_at \
                       FROM {given}";
    let statement = given(ids).statement(tx.get_database_backend(), SQL, []);
    let rows = First::find_by_statement(statement).all(tx).await?;
    Ok(rows.into_iter().map(|row| (row.channel_id, row.run_at)).collect())
}

async fn create(tx: &DatabaseTransaction, office_id: OfficeId, channel_id: ChannelId) -> Result<()> {
    let channel = read::one::<channel::Entity>(tx, office_id, channel_id).await?;
    let row = channel_head::Model {
        channel_id,
        office_id,
        next_at: None,
        gate_until: None,
        sending: None,
        gate_reason: None,
        failures: 0,
        broken_since: None,
        host: crate::channels::host(&channel.settings),
    };
    let row = channel_head::ActiveModel::from(row).reset_all();
    let conflict = OnConflict::column(channel_head::Column::ChannelId).do_nothing().to_owned();
    channel_head::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
    Ok(())
}

async fn write(tx: &DatabaseTransaction, heads: &[channel_head::Model]) -> Result<()> {
    const COLUMNS: &[(&str, Kind)] = &[
        ("channel_id", Kind::Id),
        ("next_at", Kind::Instant),
        ("gate_until", Kind::Instant),
        ("gate_reason", Kind::Text),
        ("failures", Kind::Number),
        ("broken_since", Kind::Instant),
        ("sending", Kind::Id),
    ];
    const SQL: &str = "UPDATE channel_head SET next_at = given.next_at, gate_until = given.gate_until, \
                       gate_reason = given.gate_reason, failures = given.failures, broken_since = given.broken_since, \
                       sending = given.sending FROM {given} WHERE channel_head.channel_id = given.channel_id";
    let row = |head: &channel_head::Model| -> Value {
        json!([
            id(head.channel_id),
            maybe_instant(head.next_at),
            maybe_instant(head.gate_until),
            head.gate_reason,
            head.failures,
            maybe_instant(head.broken_since),
            head.sending.map(id)
        ])
    };
    if heads.is_empty() {
        return Ok(());
    }
    let (given, engine) = (Given::new(COLUMNS, heads.iter().map(row).collect()), tx.get_database_backend());
    let few = narrowed(engine, "channel_head.channel_id");
    tx.execute_raw(given.statement(engine, &format!("{SQL}{few}"), [])).await?;
    Ok(())
}

/// Gives heads the posts that are in flight now.
pub(super) async fn occupy(tx: &DatabaseTransaction, sending: Vec<Value>) -> Result<()> {
    const COLUMNS: &[(&str, Kind)] = &[("channel_id", Kind::Id), ("sending", Kind::Id)];
    const SQL: &str = "UPDATE channel_head SET sending = given.sending FROM {given} \
                       WHERE channel_head.channel_id = given.channel_id";
    let (given, engine) = (Given::new(COLUMNS, sending), tx.get_database_backend());
    if !given.is_empty() {
        let few = narrowed(engine, "channel_head.channel_id");
        tx.execute_raw(given.statement(engine, &format!("{SQL}{few}"), [])).await?;
    }
    Ok(())
}

/// A channel talks to another host from now on; what the old one had done is forgotten.
pub(crate) async fn reconnect(
    tx: &DatabaseTransaction,
    office_id: OfficeId,
    channel_id: ChannelId,
    host: Option<String>,
) -> Result<()> {
    refresh(tx, office_id, channel_id).await?;
    let Some(head) = channel_head::Entity::find_by_id(channel_id).one(tx).await? else { return Ok(()) };
    let mut edit = channel_head::ActiveModel::from(head);
    edit.host = Set(host);
    edit.failures = Set(0);
    edit.broken_since = Set(None);
    edit.gate_until = Set(None);
    edit.gate_reason = Set(None);
    edit.update(tx).await?;
    refresh(tx, office_id, channel_id).await
}
