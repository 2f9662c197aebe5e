//! Claiming: no more than can be sent now, channels first, each post under a lease and a new fence.

use entity::{ChannelId, PostId, WorkerId, channel_head, post, post::PostState};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;

use super::{Lease, heads, retry::backoff, worker};
use crate::{
    Office,
    change::Change,
    error::Result,
    lifecycle::{Lifecycle as _, PostEvent},
    posts,
};

/// Takes up to `free` posts that are due, at most one a channel.
pub async fn claim(office: &Office, worker_id: WorkerId, free: u64) -> Result<Vec<Lease>> {
    let mut change = office.begin(&worker(worker_id)).await?;
    let due = channel_head::Entity::find()
        .filter(Expr::cust("sending IS NULL"))
        .filter(channel_head::Column::NextAt.lte(change.now))
        .order_by_asc(channel_head::Column::NextAt)
        .order_by_asc(channel_head::Column::ChannelId)
        .limit(free)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(change.tx())
        .await?;
    let mut leases = Vec::with_capacity(due.len());
    for head in due {
        if let Some(post) = first_ready(&change, head.channel_id).await? {
            leases.push(take(office, &mut change, worker_id, head, post).await?);
        } else {
            heads::refresh(change.tx(), head.office_id, head.channel_id).await?;
        }
    }
    change.commit().await?;
    Ok(leases)
}

async fn first_ready(change: &Change<'_>, channel_id: ChannelId) -> Result<Option<post::Model>> {
    let first = post::Entity::find()
        .filter(post::Column::ChannelId.eq(channel_id))
        .filter(Expr::cust(heads::READY))
        .filter(post::Column::RunAt.lte(change.now))
        .order_by_asc(post::Column::RunAt)
        .order_by_asc(post::Column::Id)
        .limit(1)
        // Somebody who cancels or moves a post locks it before the head, which this claim holds: waiting for them would be
        // a deadlock. Their change refreshes the head.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    Ok(first.one(change.tx()).await?)
}

async fn take(
    office: &Office,
    change: &mut Change<'_>,
    worker_id: WorkerId,
    head: channel_head::Model,
    post: post::Model,
) -> Result<Lease> {
    let until = office.lease_end(change.now);
    let fence = post.fence + 1;
    let mut edit = post::ActiveModel::from(post.clone());
    edit.state = Set(post.state.next(PostEvent::Claim)?);
    edit.worker_id = Set(Some(worker_id));
    edit.fence = Set(fence);
    edit.lease_until = Set(Some(until));
    posts::store(change, &post, edit).await?;
    let mut head = channel_head::ActiveModel::from(head);
    head.sending = Set(Some(post.id));
    head.update(change.tx()).await?;
    change.note_in(post.office_id, "claimPost", "Post", post.id.0, json!({ "fence": fence }));
    Ok(Lease { post_id: post.id, office_id: post.office_id, worker_id, fence, until })
}

/// Gives a claimed post back before any call was made.
pub async fn give_back(office: &Office, lease: &Lease) -> Result<()> {
    let mut change = office.begin(&worker(lease.worker_id)).await?;
    if let Some(post) = held(&change, lease, PostState::Sending).await? {
        let mut edit = post::ActiveModel::from(post.clone());
        edit.state = Set(post.state.next(PostEvent::Release)?);
        // What failed just now fails again at once: others go first.
        edit.run_at = Set(change.now + backoff(&office.limits, post.id, 1, None));
        edit.lease_until = Set(None);
        edit.worker_id = Set(None);
        posts::store(&change, &post, edit).await?;
        heads::release(change.tx(), post.office_id, post.channel_id, None).await?;
        change.note_in(post.office_id, "givePostBack", "Post", post.id.0, json!({ "fence": lease.fence }));
        change.wake_workers();
    }
    change.commit().await
}

/// Lengthens the leases of a worker's posts: one statement, however many they are.
pub async fn renew(office: &Office, worker_id: WorkerId, ids: &[PostId]) -> Result<u64> {
    if ids.is_empty() {
        return Ok(0);
    }
    let change = office.begin(&worker(worker_id)).await?;
    let renewed = post::Entity::update_many()
        .col_expr(post::Column::LeaseUntil, Expr::value(Some(office.lease_end(change.now))))
        .filter(post::Column::WorkerId.eq(worker_id))
        .filter(post::Column::Id.is_in(ids.to_vec()))
        .filter(post::Column::LeaseUntil.gt(change.now))
        .exec(change.tx())
        .await?;
    change.commit().await?;
    Ok(renewed.rows_affected)
}

/// The post, if the lease still holds it in this state.
pub(super) async fn held(
    change: &Change<'_>,
    lease: &Lease,
    state: PostState,
) -> Result<Option<post::Model>> {
    let held = post::Entity::find_by_id(lease.post_id)
        .filter(post::Column::OfficeId.eq(lease.office_id))
        .filter(post::Column::Fence.eq(lease.fence))
        .filter(post::Column::WorkerId.eq(lease.worker_id))
        .filter(post::Column::State.eq(state))
        .lock_exclusive();
    Ok(held.one(change.tx()).await?)
}
