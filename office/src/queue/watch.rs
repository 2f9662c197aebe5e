//! Watching the queue: when the next post is due, how deep it is, whether workers look at it. Reads only.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, OfficeId, channel_head, post, post::PostState, worker_beat};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::Expr,
};

use super::{Room, heads};
use crate::{
    Database, Office,
    error::{Fault, Result},
};

/// When something of the queue falls due, by the database's clock; each none while nothing of its kind waits.
#[derive(Debug, Clone, Copy)]
pub struct Agenda {
    /// What time it is by that clock.
    pub now: DateTime<Utc>,
    /// The next post.
    pub post: Option<DateTime<Utc>>,
    /// The next look-up of a post whose outcome is not known.
    pub look_up: Option<DateTime<Utc>>,
    /// The end of a lease: whose worker may have died.
    pub lease: Option<DateTime<Utc>>,
    /// The end of a post's allowance: later it is not wanted any more.
    pub missed: Option<DateTime<Utc>>,
}

impl Agenda {
    /// How long there is nothing to do, if anything is to come at all.
    pub fn rest(&self) -> Option<TimeDelta> {
        let next = [self.post, self.look_up, self.lease, self.missed].into_iter().flatten().min()?;
        Some(next - self.now)
    }

    /// Whether something that was to happen at `at` is due.
    pub fn is_due(&self, at: Option<DateTime<Utc>>) -> bool {
        at.is_some_and(|at| at <= self.now)
    }
}

/// Asks the database when something falls due for a worker with this room: one statement, each part of it the first entry
/// of an index, but for the heads of hosts that are full.
pub async fn agenda(office: &Office, room: &Room) -> Result<Agenda> {
    const SQL: &str = "SELECT \
        (SELECT next_at FROM channel_head WHERE sending IS NULL AND next_at IS NOT NULL{hosts} ORDER BY next_at, channel_id LIMIT 1) AS post, \
        (SELECT run_at FROM post WHERE state = 'UNCONFIRMED' AND NOT person_decides AND lease_until IS NULL ORDER BY run_at, id LIMIT 1) AS look_up, \
        (SELECT lease_until FROM post WHERE lease_until IS NOT NULL ORDER BY lease_until LIMIT 1) AS lease, \
        (SELECT missed_after FROM post WHERE state IN ('SCHEDULED', 'RETRYING', 'HELD') ORDER BY missed_after LIMIT 1) AS missed";
    let db = office.db.read();
    let now = Database::now(db, office.clock.as_ref()).await?;
    let (engine, full) = (db.get_database_backend(), room.full_hosts());
    let (hosts, values): (_, Vec<sea_orm::Value>) = if full.is_empty() {
        (String::new(), Vec::new())
    } else {
        (heads::not_among(engine, "$1"), vec![serde_json::json!(full).to_string().into()])
    };
    let statement = Statement::from_sql_and_values(engine, SQL.replace("{hosts}", &hosts), values);
    let row = db.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| Fault::Internal("the agenda has no row".to_owned()))?;
    Ok(Agenda {
        now,
        post: row.try_get("", "post")?,
        look_up: row.try_get("", "look_up")?,
        lease: row.try_get("", "lease")?,
        missed: row.try_get("", "missed")?,
    })
}

/// What readiness depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Readiness {
    /// When any worker last looked at the queue; none while none ever did.
    pub worker_ticked_at: Option<DateTime<Utc>>,
    /// Due time of the oldest post that is due and not taken; none when nothing is due.
    pub oldest_due_at: Option<DateTime<Utc>>,
    /// When the oldest unconfirmed post was last changed; none when there is none.
    pub oldest_unconfirmed_at: Option<DateTime<Utc>>,
}

/// Asks the database what readiness depends on.
pub async fn readiness(office: &Office) -> Result<Readiness> {
    let db = office.db.read();
    let worker_ticked_at: Option<DateTime<Utc>> = worker_beat::Entity::find()
        .select_only()
        .column(worker_beat::Column::TickedAt)
        .filter(worker_beat::Column::StoppedAt.is_null())
        .order_by_desc(worker_beat::Column::TickedAt)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let head: Option<Option<DateTime<Utc>>> = channel_head::Entity::find()
        .select_only()
        .column(channel_head::Column::NextAt)
        .filter(Expr::cust("sending IS NULL"))
        .filter(channel_head::Column::NextAt.lte(office.clock.now()))
        .order_by_asc(channel_head::Column::NextAt)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let unconfirmed: Option<DateTime<Utc>> = post::Entity::find()
        .select_only()
        .column(post::Column::UpdatedAt)
        .filter(Expr::cust("state = 'UNCONFIRMED'"))
        .order_by_asc(post::Column::UpdatedAt)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(Readiness { worker_ticked_at, oldest_due_at: head.flatten(), oldest_unconfirmed_at: unconfirmed })
}

/// The heads of these channels of an office; a channel that never had a post has none.
pub async fn channel_heads(
    office: &Office,
    office_id: OfficeId,
    channels: &[ChannelId],
) -> Result<Vec<channel_head::Model>> {
    let heads = channel_head::Entity::find()
        .filter(channel_head::Column::OfficeId.eq(office_id))
        .filter(channel_head::Column::ChannelId.is_in(channels.iter().copied()));
    Ok(heads.all(office.db.read()).await?)
}

/// How many posts are in a state.
#[derive(Debug, Clone, Copy)]
pub struct Depth {
    /// The state.
    pub state: PostState,
    /// How many.
    pub posts: i64,
}

/// How many posts of the deployment are in each state that is not over.
pub async fn depths(office: &Office) -> Result<Vec<Depth>> {
    let counted: Vec<(PostState, i64)> = post::Entity::find()
        .select_only()
        .column(post::Column::State)
        .column_as(post::Column::Id.count(), "posts")
        .filter(Expr::cust("state IN ('SCHEDULED', 'SENDING', 'RETRYING', 'UNCONFIRMED', 'HELD', 'MISSED')"))
        .group_by(post::Column::State)
        .into_tuple()
        .all(office.db.read())
        .await?;
    Ok(counted.into_iter().map(|(state, posts)| Depth { state, posts }).collect())
}
