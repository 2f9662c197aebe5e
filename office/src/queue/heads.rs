//! Channel heads: one small row a channel, so that finding the next post costs the same however long the queue is, one
//! post of a channel is in flight at a time, and a platform's wish to wait holds its channel alone.

use chrono::{DateTime, Utc};
use entity::{ChannelId, OfficeId, channel_head, post};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};

use crate::error::Result;

/// States from which a post can be claimed; written out, so that the partial index serves on both engines.
pub(crate) const READY: &str = "state IN ('SCHEDULED', 'RETRYING')";

/// Heads that are mended in one sweep.
const MENDED_AT_ONCE: u64 = 50;

/// Brings a channel's head up to date after its posts changed. Every change of a waiting post ends with this.
pub(crate) async fn refresh(
    tx: &DatabaseTransaction,
    office_id: OfficeId,
    channel_id: ChannelId,
) -> Result<()> {
    update(tx, office_id, channel_id, |_| {}).await
}

/// The same for several channels, in the order of their ids: two changes that touch the same heads do not wait for each
/// other.
pub(crate) async fn refresh_all(
    tx: &DatabaseTransaction,
    mut channels: Vec<(OfficeId, ChannelId)>,
) -> Result<()> {
    channels.sort_unstable_by_key(|(_, channel)| *channel);
    channels.dedup();
    for (office_id, channel_id) in channels {
        refresh(tx, office_id, channel_id).await?;
    }
    Ok(())
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

/// Frees heads whose post in flight is not in flight any more, and wakes those that sleep past a ready post. There should
/// be none of either: this is the sweep that makes a mistake elsewhere cost a moment and not a channel.
pub(super) async fn mend(tx: &DatabaseTransaction) -> Result<()> {
    const WRONG: &str = "(sending IS NOT NULL AND NOT EXISTS (SELECT 1 FROM post WHERE post.id = channel_head.sending \
                         AND post.state = 'SENDING')) OR (sending IS NULL AND EXISTS (SELECT 1 FROM post WHERE \
                         post.channel_id = channel_head.channel_id AND post.state IN ('SCHEDULED', 'RETRYING') AND \
                         (channel_head.next_at IS NULL OR (post.run_at < channel_head.next_at AND \
                         (channel_head.gate_until IS NULL OR channel_head.gate_until < channel_head.next_at)))))";
    let wrong = channel_head::Entity::find()
        .filter(Expr::cust(WRONG))
        .order_by_asc(channel_head::Column::ChannelId)
        .limit(MENDED_AT_ONCE)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await?;
    for head in wrong {
        tracing::warn!(channel.id = %head.channel_id, "a channel's head was wrong and has been mended");
        release(tx, head.office_id, head.channel_id, None).await?;
    }
    Ok(())
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
