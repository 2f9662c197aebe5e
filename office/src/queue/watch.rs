//! Watching the queue: when the next post is due, how deep it is, whether workers look at it. Reads only.

use chrono::{DateTime, Utc};
use entity::{channel_head, post, post::PostState, worker_beat};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::{Office, error::Result};

/// When a worker should look again: the next post or look-up; none while nothing waits.
pub async fn next_due(office: &Office) -> Result<Option<DateTime<Utc>>> {
    let next_post: Option<Option<DateTime<Utc>>> = channel_head::Entity::find()
        .select_only()
        .column(channel_head::Column::NextAt)
        .filter(Expr::cust("sending IS NULL"))
        .filter(channel_head::Column::NextAt.is_not_null())
        .order_by_asc(channel_head::Column::NextAt)
        .limit(1)
        .into_tuple()
        .one(office.db.read())
        .await?;
    let next_look_up: Option<DateTime<Utc>> = post::Entity::find()
        .select_only()
        .column(post::Column::RunAt)
        .filter(Expr::cust("state = 'UNCONFIRMED' AND NOT person_decides"))
        .filter(Expr::cust("lease_until IS NULL"))
        .order_by_asc(post::Column::RunAt)
        .limit(1)
        .into_tuple()
        .one(office.db.read())
        .await?;
    Ok(next_post.flatten().into_iter().chain(next_look_up).min())
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
