//! How an office's queue stands: how much waits in each state, how late the oldest is, and whether workers look at it. Only
//! reads, each of them bounded.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{OfficeId, post, post::PostState, worker_beat};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{PostFilter, select};
use crate::{
    Office,
    error::Result,
    paging::{COUNT_CAP, count_up_to},
    policy::{Permit, op},
};

/// States in which somebody or something still has to act.
const OPEN: [PostState; 6] = [
    PostState::Scheduled,
    PostState::Sending,
    PostState::Retrying,
    PostState::Unconfirmed,
    PostState::Held,
    PostState::Missed,
];
/// Workers that are told of, at most.
const WORKERS_AT_MOST: u64 = 100;
/// A worker that has not looked at the queue for so long is not told of any more: it died.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(1);

/// How many posts are in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateCount {
    /// The state.
    pub state: PostState,
    /// How many; none for more than 10,000.
    pub posts: Option<u64>,
}

/// How an office's queue stands.
#[derive(Debug, Clone)]
pub struct QueueStatus {
    /// The states that are not over, each with its posts.
    pub states: Vec<StateCount>,
    /// When the oldest post was due that ought to be leaving now; none when nothing is late.
    pub oldest_due_at: Option<DateTime<Utc>>,
    /// When the oldest post was due whose outcome is not known; none when there is none.
    pub oldest_unconfirmed_due_at: Option<DateTime<Utc>>,
    /// The deployment's workers that did not stop, the one first that looked at the queue last. They serve every office.
    pub workers: Vec<worker_beat::Model>,
}

/// Asks how an office's queue stands.
pub async fn queue_status(office: &Office, permit: &Permit<op::QueueStatus>) -> Result<QueueStatus> {
    let (db, office_id, now) = (office.db.read(), permit.office_id(), office.clock.now());
    let mut states = Vec::with_capacity(OPEN.len());
    for state in OPEN {
        let filter = PostFilter { states: vec![state], ..PostFilter::default() };
        let posts = count_up_to(db, select(office_id, &filter), COUNT_CAP).await?;
        states.push(StateCount { state, posts });
    }
    let mut oldest_due_at = None;
    for state in [PostState::Scheduled, PostState::Retrying] {
        let due = oldest(office, office_id, state).filter(post::Column::RunAt.lte(now));
        let found: Option<DateTime<Utc>> = due.into_tuple().one(db).await?;
        oldest_due_at = [oldest_due_at, found].into_iter().flatten().min();
    }
    let unconfirmed = oldest(office, office_id, PostState::Unconfirmed);
    let workers = worker_beat::Entity::find()
        .filter(Expr::cust("stopped_at IS NULL"))
        .filter(worker_beat::Column::TickedAt.gt(now - FORGOTTEN_AFTER))
        .order_by_desc(worker_beat::Column::TickedAt)
        .limit(WORKERS_AT_MOST)
        .all(db)
        .await?;
    Ok(QueueStatus {
        states,
        oldest_due_at,
        oldest_unconfirmed_due_at: unconfirmed.into_tuple().one(db).await?,
        workers,
    })
}

/// The due time of the oldest post in a state.
fn oldest(office: &Office, office_id: OfficeId, state: PostState) -> sea_orm::Select<post::Entity> {
    let filter =
        PostFilter { states: vec![state], due_before: Some(office.clock.now()), ..PostFilter::default() };
    select(office_id, &filter)
        .select_only()
        .column(post::Column::DueAt)
        .order_by_asc(post::Column::DueAt)
        .order_by_asc(post::Column::Id)
        .limit(1)
}
