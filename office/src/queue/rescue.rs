//! Rescue: what a worker left behind whose lease has ended, told apart by what it had committed.

use entity::{
    WorkerId, attempt,
    attempt::{AttemptKind, AttemptOutcome},
    post,
    post::PostState,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;

use super::{Cause, heads, settle::End, worker};
use crate::{
    Office,
    change::Change,
    error::Result,
    lifecycle::{Lifecycle as _, PostEvent},
    posts,
};

/// Posts that are rescued in one transaction.
const BATCH: u64 = 50;

/// Rescues posts whose lease has ended; returns how many.
///
/// SENDING with an open attempt: the call may have been made, so UNCONFIRMED. SENDING without one: surely not sent, back
/// to SCHEDULED. UNCONFIRMED: its look-up is due again. The guard is in the statement: a post that somebody settled
/// meanwhile is not touched.
pub async fn rescue(office: &Office, worker_id: WorkerId) -> Result<usize> {
    let mut change = office.begin(&worker(worker_id)).await?;
    let lost = post::Entity::find()
        .filter(Expr::cust("lease_until IS NOT NULL"))
        .filter(post::Column::LeaseUntil.lt(change.now))
        .order_by_asc(post::Column::LeaseUntil)
        .limit(BATCH)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(change.tx())
        .await?;
    let count = lost.len();
    let mut lost = lost;
    lost.sort_unstable_by_key(|post| post.channel_id);
    for post in lost {
        rescue_one(&mut change, post).await?;
    }
    heads::mend(change.tx()).await?;
    if count > 0 {
        change.wake_workers();
    }
    change.commit().await?;
    Ok(count)
}

async fn rescue_one(change: &mut Change<'_>, post: post::Model) -> Result<()> {
    let open = attempt::Entity::find()
        .filter(attempt::Column::PostId.eq(post.id))
        .filter(attempt::Column::Fence.eq(post.fence))
        .filter(Expr::cust("outcome = 'OPEN'"))
        .all(change.tx())
        .await?;
    let sent = open.iter().any(|attempt| attempt.kind == AttemptKind::Publish);
    let cause = Cause {
        code: "LEASE_LOST".to_owned(),
        detail: "the worker that held it died or lost its lease".to_owned(),
        http_status: None,
    };
    for attempt in &open {
        End::cause(AttemptOutcome::Abandoned, &cause).write(change, attempt.id).await?;
    }
    let mut edit = post::ActiveModel::from(post.clone());
    edit.lease_until = Set(None);
    edit.worker_id = Set(None);
    let state = match (post.state, sent) {
        (PostState::Sending, true) => {
            super::settle::because(&mut edit, &cause);
            edit.run_at = Set(change.now);
            post.state.next(PostEvent::LoseSight)?
        }
        (PostState::Sending, false) => post.state.next(PostEvent::Release)?,
        (other, _) => other,
    };
    edit.state = Set(state);
    let before = post.state;
    let post = posts::store(change, &post, edit).await?;
    if before == PostState::Sending {
        heads::release(change.tx(), post.office_id, post.channel_id, None).await?;
    }
    change.note_in(
        post.office_id,
        "rescuePost",
        "Post",
        post.id.0,
        json!({ "state": state, "fence": post.fence }),
    );
    Ok(())
}
