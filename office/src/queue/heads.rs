//! Channel heads: one small row a channel, so that finding the next post costs the same however long the queue is, one
//! post of a channel is in flight at a time, and a platform's wish to wait holds its channel alone.

use chrono::{DateTime, Utc};
use entity::{ChannelId, OfficeId, channel_head, post};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::error::Result;

/// States from which a post can be claimed; written out, so that the partial index serves on both engines.
pub(super) const READY: &str = "state IN ('SCHEDULED', 'RETRYING')";

/// Brings a channel's head up to date after its posts changed. Every change of a waiting post ends with this.
pub(crate) async fn refresh(
    tx: &DatabaseTransaction,
    office_id: OfficeId,
    channel_id: ChannelId,
) -> Result<()> {
    update(tx, office_id, channel_id, |_| {}).await
}

/// The same, after the post in flight was settled. `gate_until`: the platform asked to wait.
pub(super) async fn release(
    tx: &DatabaseTransaction,
    office_id: OfficeId,
    channel_id: ChannelId,
    gate_until: Option<DateTime<Utc>>,
) -> Result<()> {
    update(tx, office_id, channel_id, |head| {
        head.sending = Set(None);
        if gate_until.is_some() {
            head.gate_until = Set(gate_until);
        }
    })
    .await
}

async fn update(
    tx: &DatabaseTransaction,
    office_id: OfficeId,
    channel_id: ChannelId,
    edit: impl FnOnce(&mut channel_head::ActiveModel),
) -> Result<()> {
    // The row is locked by a statement of its own, before the posts are read: a head computed from a snapshot older than
    // somebody's enqueue would put that post to sleep.
    let head = if let Some(head) = locked(tx, channel_id).await? {
        head
    } else {
        let row =
            channel_head::Model { channel_id, office_id, next_at: None, gate_until: None, sending: None };
        let row = channel_head::ActiveModel::from(row).reset_all();
        let conflict = OnConflict::column(channel_head::Column::ChannelId).do_nothing().to_owned();
        channel_head::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
        locked(tx, channel_id)
            .await?
            .ok_or_else(|| crate::Fault::Internal("a channel head vanished".to_owned()))?
    };
    let mut head = channel_head::ActiveModel::from(head);
    edit(&mut head);
    let first: Option<DateTime<Utc>> = post::Entity::find()
        .select_only()
        .column(post::Column::RunAt)
        .filter(post::Column::ChannelId.eq(channel_id))
        .filter(Expr::cust(READY))
        .order_by_asc(post::Column::RunAt)
        .order_by_asc(post::Column::Id)
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?;
    let gate = *head.gate_until.as_ref();
    head.next_at = Set(first.map(|run_at| gate.map_or(run_at, |gate| gate.max(run_at))));
    head.update(tx).await?;
    Ok(())
}

async fn locked(tx: &DatabaseTransaction, channel_id: ChannelId) -> Result<Option<channel_head::Model>> {
    Ok(channel_head::Entity::find_by_id(channel_id).lock_exclusive().one(tx).await?)
}
