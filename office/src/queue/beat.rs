//! Signs of life: each worker says that it looked at the queue, so that readiness can tell a silent one.

use chrono::{DateTime, Utc};
use entity::{WorkerId, worker_beat};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use super::worker;
use crate::{Office, error::Result};

/// Says that the worker looked at the queue.
pub async fn beat(
    office: &Office,
    worker_id: WorkerId,
    host: &str,
    started_at: DateTime<Utc>,
    in_flight: usize,
) -> Result<()> {
    let change = office.begin(&worker(worker_id)).await?;
    let row = worker_beat::Model {
        id: worker_id,
        host: host.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at,
        ticked_at: change.now,
        in_flight: i32::try_from(in_flight).unwrap_or(i32::MAX),
        stopped_at: None,
    };
    let conflict = OnConflict::column(worker_beat::Column::Id)
        .update_columns([worker_beat::Column::TickedAt, worker_beat::Column::InFlight])
        .to_owned();
    worker_beat::Entity::insert(worker_beat::ActiveModel::from(row).reset_all())
        .on_conflict(conflict)
        .exec_without_returning(change.tx())
        .await?;
    change.commit().await
}

/// Whether this worker does what one of them is enough for: of those that lately looked at the queue, the one that started
/// first. Two that both think so for a moment do no harm.
pub async fn leads(office: &Office, worker_id: WorkerId, silent_seconds: i64) -> Result<bool> {
    let since = office.clock.now() - chrono::TimeDelta::seconds(silent_seconds);
    let first: Option<WorkerId> = worker_beat::Entity::find()
        .select_only()
        .column(worker_beat::Column::Id)
        .filter(worker_beat::Column::StoppedAt.is_null())
        .filter(worker_beat::Column::TickedAt.gte(since))
        .order_by_asc(worker_beat::Column::Id)
        .into_tuple()
        .one(office.db.read())
        .await?;
    Ok(first.is_none_or(|first| first >= worker_id))
}

/// Says that the worker drained and stopped, and forgets the signs of life of others that are a week old.
pub async fn stopped(office: &Office, worker_id: WorkerId) -> Result<()> {
    let change = office.begin(&worker(worker_id)).await?;
    if let Some(row) = worker_beat::Entity::find_by_id(worker_id).one(change.tx()).await? {
        let mut edit = worker_beat::ActiveModel::from(row);
        edit.stopped_at = Set(Some(change.now));
        edit.update(change.tx()).await?;
    }
    let week_ago = change.now - chrono::TimeDelta::days(7);
    worker_beat::Entity::delete_many()
        .filter(worker_beat::Column::TickedAt.lt(week_ago))
        .exec(change.tx())
        .await?;
    change.commit().await
}
