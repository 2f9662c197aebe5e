//! Rescue: what a worker left behind whose lease has ended, told apart by what it had committed; and what a worker
//! disowns because it knows that it never made the call.

use std::collections::HashMap;

use chrono::TimeDelta;
use entity::{
    AttemptId, PostId, WorkerId, attempt,
    attempt::{AttemptKind, AttemptOutcome},
    post,
    post::PostState,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;

use super::{
    Cause, Lease, SendOutcome, Settlement,
    attempts::{self, End},
    heads::{self, Step},
    settle, worker, write,
};
use crate::{
    Office,
    change::Change,
    error::Result,
    lifecycle::{Lifecycle as _, PostEvent},
};

/// Posts that are rescued in one transaction.
const BATCH: u64 = 200;

/// Rescues posts whose lease has ended; returns how many.
///
/// SENDING with an open attempt: the call may have been made, so UNCONFIRMED. SENDING without one: surely not sent, back
/// to SCHEDULED. UNCONFIRMED: its look-up is due again. The guard is in the statement: a post that somebody settled
/// meanwhile is not touched.
pub async fn rescue(office: &Office, worker_id: WorkerId) -> Result<usize> {
    let mut change = office.begin_by_database_clock(&worker(worker_id)).await?;
    let mut lost = post::Entity::find()
        .filter(Expr::cust("lease_until IS NOT NULL"))
        .filter(post::Column::LeaseUntil.lt(change.now))
        .order_by_asc(post::Column::LeaseUntil)
        .limit(BATCH)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(change.tx())
        .await?;
    let open = open_attempts(&change, &lost).await?;
    let cause = Cause {
        code: "LEASE_LOST".to_owned(),
        detail: "the worker that held it died or lost its lease".to_owned(),
        http_status: None,
    };
    let (mut ends, mut steps) = (Vec::new(), Vec::new());
    for post in &mut lost {
        let tries = open.get(&post.id).map(Vec::as_slice).unwrap_or_default();
        let ended = |(id, _): &(AttemptId, AttemptKind)| (*id, End::cause(AttemptOutcome::Abandoned, &cause));
        ends.extend(tries.iter().map(ended));
        if post.state == PostState::Sending {
            steps.push((post.office_id, post.channel_id, Step { freed: true, ..Step::default() }));
        }
        let sent = tries.iter().any(|(_, kind)| *kind == AttemptKind::Publish);
        give_up(office, &mut change, post, sent, &cause)?;
    }
    write::posts(&change, &mut lost).await?;
    attempts::end(&change, &ends).await?;
    heads::settle(change.tx(), &office.limits, change.now, steps).await?;
    if !lost.is_empty() {
        change.wake_own_worker();
    }
    change.commit().await?;
    Ok(lost.len())
}

fn give_up(
    office: &Office,
    change: &mut Change<'_>,
    post: &mut post::Model,
    sent: bool,
    cause: &Cause,
) -> Result<()> {
    post.lease_until = None;
    post.worker_id = None;
    match (post.state, sent) {
        (PostState::Sending, true) => {
            settle::because(post, cause);
            // The lease outlives the longest call, but a frozen worker's request may still be on its way.
            post.run_at = change.now + TimeDelta::seconds(office.limits.look_up_after_seconds);
            post.look_ups = 0;
            post.state = post.state.next(PostEvent::LoseSight)?;
        }
        (PostState::Sending, false) => post.state = post.state.next(PostEvent::Release)?,
        _ => {}
    }
    let detail = json!({ "state": post.state, "fence": post.fence });
    change.note_in(post.office_id, "rescuePost", "Post", post.id.0, detail);
    Ok(())
}

/// The open attempts of the posts' last claims.
async fn open_attempts(
    change: &Change<'_>,
    posts: &[post::Model],
) -> Result<HashMap<PostId, Vec<(AttemptId, AttemptKind)>>> {
    let mut open: HashMap<PostId, Vec<(AttemptId, AttemptKind)>> = HashMap::new();
    if posts.is_empty() {
        return Ok(open);
    }
    let rows = attempt::Entity::find()
        .filter(attempt::Column::PostId.is_in(posts.iter().map(|post| post.id)))
        .filter(Expr::cust("outcome = 'OPEN'"))
        .all(change.tx())
        .await?;
    let fences: HashMap<PostId, i64> = posts.iter().map(|post| (post.id, post.fence)).collect();
    for row in rows.into_iter().filter(|row| fences.get(&row.post_id) == Some(&row.fence)) {
        open.entry(row.post_id).or_default().push((row.id, row.kind));
    }
    Ok(open)
}

/// Mends heads that are wrong: there should be none.
pub async fn mend(office: &Office, worker_id: WorkerId) -> Result<()> {
    let change = office.begin(&worker(worker_id)).await?;
    heads::mend(change.tx()).await?;
    change.commit().await
}

/// Settles what the database says that this worker holds and that never came to it: the claim was committed and its answer
/// was lost, so the call was surely not made. `received`: the claims that came to it and are not settled. To be called
/// only between two claims.
pub async fn disown(office: &Office, worker_id: WorkerId, received: &[(PostId, i64)]) -> Result<usize> {
    let held = post::Entity::find()
        .filter(Expr::cust("lease_until IS NOT NULL"))
        .filter(post::Column::WorkerId.eq(worker_id))
        .filter(post::Column::State.eq(PostState::Sending))
        .all(office.db.read())
        .await?;
    let strays: Vec<post::Model> =
        held.into_iter().filter(|post| !received.contains(&(post.id, post.fence))).collect();
    if strays.is_empty() {
        return Ok(0);
    }
    let open = attempt::Entity::find()
        .filter(attempt::Column::PostId.is_in(strays.iter().map(|post| post.id)))
        .filter(Expr::cust("outcome = 'OPEN'"))
        .all(office.db.read())
        .await?;
    let cause = Cause {
        code: "NEVER_CALLED".to_owned(),
        detail: "the worker lost the database while it took the post: it made no call".to_owned(),
        http_status: None,
    };
    let settlement = |post: &post::Model| {
        let open = open.iter().find(|row| row.post_id == post.id && row.fence == post.fence)?;
        let lease = Lease::of(post, worker_id, post.lease_until?);
        let outcome = SendOutcome::NotSent(cause.clone(), None);
        Some(Settlement { lease, attempt_id: open.id, outcome, wait: None })
    };
    let settlements: Vec<Settlement> = strays.iter().filter_map(settlement).collect();
    settle(office, worker_id, &settlements).await?;
    Ok(settlements.len())
}
