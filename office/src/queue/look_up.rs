//! Looking up posts whose outcome is not known, before anything else may happen to them (invariant 2).

use chrono::DateTime;
use entity::{
    AttemptId, WorkerId,
    attempt::{AttemptKind, AttemptOutcome},
    channel, post,
    post::PostState,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;

use super::{
    Lease, LookUpOutcome, Ready, Settled,
    begin::{first_sent_at, insert},
    claim::held,
    heads,
    retry::backoff,
    settle::{End, because, published},
    worker,
};
use crate::{
    Office, checks,
    error::{Fault, Result},
    lifecycle::{Lifecycle as _, PostEvent},
    posts, read,
};

/// Takes up to `free` unconfirmed posts whose look-up is due.
pub async fn claim_look_ups(office: &Office, worker_id: WorkerId, free: u64) -> Result<Vec<Lease>> {
    let change = office.begin(&worker(worker_id)).await?;
    let due = post::Entity::find()
        .filter(Expr::cust("state = 'UNCONFIRMED' AND NOT person_decides"))
        .filter(post::Column::RunAt.lte(change.now))
        .filter(Expr::cust("lease_until IS NULL"))
        .order_by_asc(post::Column::RunAt)
        .limit(free)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(change.tx())
        .await?;
    let until = office.lease_end(change.now);
    let mut leases = Vec::with_capacity(due.len());
    for post in due {
        let fence = post.fence + 1;
        let mut edit = post::ActiveModel::from(post.clone());
        if post.look_ups >= office.limits.look_ups_at_most {
            // Look-ups that never come to an end are one more way of not being able to tell.
            edit.person_decides = Set(true);
            posts::store(&change, &post, edit).await?;
            continue;
        }
        edit.fence = Set(fence);
        edit.worker_id = Set(Some(worker_id));
        edit.lease_until = Set(Some(until));
        edit.look_ups = Set(post.look_ups + 1);
        posts::store(&change, &post, edit).await?;
        leases.push(Lease { post_id: post.id, office_id: post.office_id, worker_id, fence, until });
    }
    change.commit().await?;
    Ok(leases)
}

/// Commits the attempt to look up, and gives what was sent; none when the lease was lost.
pub async fn begin_look_up(office: &Office, lease: &Lease) -> Result<Option<Ready>> {
    let change = office.begin(&worker(lease.worker_id)).await?;
    let Some(post) = held(&change, lease, PostState::Unconfirmed).await? else { return Ok(None) };
    let revision = checks::load(office, change.tx(), post.office_id, post.revision_id).await?;
    let channel = read::one::<channel::Entity>(change.tx(), post.office_id, post.channel_id).await?;
    let target =
        revision.targets.iter().map(|(target, _)| target).find(|target| target.channel_id == post.channel_id);
    let target = target.ok_or_else(|| Fault::Internal("a sent post has lost its target".to_owned()))?;
    let composed = revision.composed(target, &channel);
    let first_sent_at: Option<DateTime<_>> = first_sent_at(&change, &post).await?;
    let attempt = insert(&change, &post, lease, AttemptKind::LookUp).await?;
    change.commit().await?;
    Ok(Some(Ready { attempt_id: attempt.id, post, channel, composed, first_sent_at }))
}

/// Writes what came of a look-up.
pub async fn settle_look_up(
    office: &Office,
    lease: &Lease,
    attempt_id: AttemptId,
    outcome: &LookUpOutcome,
) -> Result<Settled> {
    let mut change = office.begin(&worker(lease.worker_id)).await?;
    let Some(post) = held(&change, lease, PostState::Unconfirmed).await? else {
        return Ok(Settled::LostLease);
    };
    let mut edit = post::ActiveModel::from(post.clone());
    edit.lease_until = Set(None);
    edit.worker_id = Set(None);
    let mut state = PostState::Unconfirmed;
    let end = match outcome {
        LookUpOutcome::Found(proof) => {
            state = post.state.next(PostEvent::Confirm)?;
            published(&mut edit, proof, change.now);
            End::proof(AttemptOutcome::Found, proof)
        }
        LookUpOutcome::Absent => {
            state = post.state.next(PostEvent::FindAbsent)?;
            edit.run_at = Set(change.now + backoff(&office.limits, post.id, post.attempts, None));
            edit.look_ups = Set(0);
            End::of(AttemptOutcome::Absent)
        }
        LookUpOutcome::CannotTell(cause) => {
            because(&mut edit, cause);
            edit.person_decides = Set(true);
            End::cause(AttemptOutcome::CannotTell, cause)
        }
        LookUpOutcome::Unreachable(cause, wish) => {
            because(&mut edit, cause);
            if post.look_ups >= office.limits.look_ups_at_most {
                edit.person_decides = Set(true);
            }
            let again = change.now + backoff(&office.limits, post.id, post.look_ups, *wish);
            edit.run_at = Set(again);
            End { retry_at: Some(again), ..End::cause(AttemptOutcome::Unreachable, cause) }
        }
    };
    edit.state = Set(state);
    let post = posts::store(&change, &post, edit).await?;
    end.write(&change, attempt_id).await?;
    heads::refresh(change.tx(), post.office_id, post.channel_id).await?;
    let detail = json!({ "state": state, "outcome": end.outcome, "personDecides": post.person_decides });
    change.note_in(post.office_id, "lookUpPost", "Post", post.id.0, detail);
    change.wake_workers();
    change.commit().await?;
    Ok(Settled::State(state))
}
