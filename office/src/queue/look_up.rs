//! Looking up posts whose outcome is not known, before anything else may happen to them (invariant 2).

use entity::{
    AttemptId, WorkerId,
    attempt::{AttemptKind, AttemptOutcome},
    channel, post,
    post::PostState,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;

use super::{
    Lease, LookUpOutcome, Ready, Settled,
    attempts::{self, Begin, End},
    followers, heads,
    retry::backoff,
    settle::{because, published},
    worker, write,
};
use crate::{
    Office,
    change::Change,
    checks,
    conversations::answering,
    error::{Fault, Result},
    lifecycle::{Lifecycle as _, PostEvent},
    read,
};

/// Takes up to `free` unconfirmed posts whose look-up is due.
pub async fn claim_look_ups(office: &Office, worker_id: WorkerId, free: u64) -> Result<Vec<Lease>> {
    let change = office.begin_by_database_clock(&worker(worker_id)).await?;
    let mut due = post::Entity::find()
        .filter(Expr::cust("state = 'UNCONFIRMED' AND NOT person_decides"))
        .filter(post::Column::RunAt.lte(change.now))
        .filter(Expr::cust("lease_until IS NULL"))
        .order_by_asc(post::Column::RunAt)
        .limit(free)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(change.tx())
        .await?;
    let until = office.lease_end(change.now);
    for post in &mut due {
        if post.look_ups >= office.limits.look_ups_at_most {
            // Look-ups that never come to an end are one more way of not being able to tell.
            post.person_decides = true;
            continue;
        }
        post.fence += 1;
        post.worker_id = Some(worker_id);
        post.lease_until = Some(until);
        post.look_ups += 1;
    }
    write::posts(&change, &mut due).await?;
    change.commit().await?;
    let taken = due.iter().filter(|post| post.lease_until.is_some());
    Ok(taken.map(|post| Lease::of(post, worker_id, until)).collect())
}

/// Commits the attempt to look up, and gives what was sent; none when the lease was lost.
pub async fn begin_look_up(office: &Office, lease: &Lease) -> Result<Option<Ready>> {
    let change = office.begin_by_database_clock(&worker(lease.worker_id)).await?;
    let Some(post) = held(&change, lease).await? else { return Ok(None) };
    let revision = checks::load(office, change.tx(), post.office_id, post.revision_id).await?;
    let channel = read::one::<channel::Entity>(change.tx(), post.office_id, post.channel_id).await?;
    let target =
        revision.targets.iter().map(|(target, _)| target).find(|target| target.channel_id == post.channel_id);
    let whole = target.map(|target| revision.composed(target, &channel));
    let as_approved = whole.as_ref().is_some_and(|whole| whole.digest() == post.digest);
    let composed = whole.and_then(|whole| whole.part(post.part));
    let composed = composed.ok_or_else(|| Fault::Internal("a sent post has lost its target".to_owned()))?;
    let earlier = attempts::earlier(&change, [&post]).await?.remove(&post.id).unwrap_or_default();
    let begin = Begin { post: &post, lease: *lease, kind: AttemptKind::LookUp, earlier };
    let opened = attempts::open(&change, &[begin]).await?;
    let attempt_id = opened.first().map(|(id, _)| *id);
    let attempt_id = attempt_id.ok_or_else(|| Fault::Internal("a look-up was not written".to_owned()))?;
    change.commit().await?;
    Ok(Some(Ready {
        lease: *lease,
        attempt_id,
        post,
        channel,
        composed,
        as_approved,
        first_sent_at: earlier.first_sent_at,
        last_sent_at: earlier.last_sent_at,
        prepared: None,
    }))
}

/// The post, if the lease still holds it.
async fn held(change: &Change<'_>, lease: &Lease) -> Result<Option<post::Model>> {
    let held = post::Entity::find_by_id(lease.post_id)
        .filter(post::Column::OfficeId.eq(lease.office_id))
        .filter(post::Column::Fence.eq(lease.fence))
        .filter(post::Column::WorkerId.eq(lease.worker_id))
        .filter(post::Column::State.eq(PostState::Unconfirmed))
        .lock_exclusive();
    Ok(held.one(change.tx()).await?)
}

/// Writes what came of a look-up.
pub async fn settle_look_up(
    office: &Office,
    lease: &Lease,
    attempt_id: AttemptId,
    outcome: &LookUpOutcome,
) -> Result<Settled> {
    let mut change = office.begin_by_database_clock(&worker(lease.worker_id)).await?;
    let Some(mut post) = held(&change, lease).await? else {
        return Ok(Settled::LostLease);
    };
    post.lease_until = None;
    post.worker_id = None;
    let end = apply(office, &change, &mut post, outcome)?;
    let (state, person_decides) = (post.state, post.person_decides);
    let detail = json!({ "state": state, "outcome": end.outcome, "personDecides": person_decides });
    change.note_in(post.office_id, "lookUpPost", "Post", post.id.0, detail);
    let mut posts = [post];
    write::posts(&change, &mut posts).await?;
    attempts::end(&change, &[(attempt_id, end)]).await?;
    answering::answered(&mut change, &posts).await?;
    let mut touched = followers::follow(&mut change, &posts).await?;
    touched.extend(posts.iter().map(|post| (post.office_id, post.channel_id)));
    heads::refresh_all(change.tx(), touched).await?;
    change.wake_own_worker();
    change.commit().await?;
    Ok(Settled::State(state))
}

fn apply(
    office: &Office,
    change: &Change<'_>,
    post: &mut post::Model,
    outcome: &LookUpOutcome,
) -> Result<End> {
    Ok(match outcome {
        LookUpOutcome::Found(proof) => {
            post.state = post.state.next(PostEvent::Confirm)?;
            published(post, proof, change.now);
            End::proof(AttemptOutcome::Found, proof)
        }
        LookUpOutcome::Absent => {
            post.state = post.state.next(PostEvent::FindAbsent)?;
            post.run_at = change.now + backoff(&office.limits, post.id.0, post.attempts, None);
            post.look_ups = 0;
            End::of(AttemptOutcome::Absent)
        }
        LookUpOutcome::CannotTell(cause) => {
            because(post, cause);
            post.person_decides = true;
            End::cause(AttemptOutcome::CannotTell, cause)
        }
        LookUpOutcome::Unreachable(cause, wish) => {
            because(post, cause);
            post.person_decides |= post.look_ups >= office.limits.look_ups_at_most;
            let again = change.now + backoff(&office.limits, post.id.0, post.look_ups, *wish);
            post.run_at = again;
            End { retry_at: Some(again), ..End::cause(AttemptOutcome::Unreachable, cause) }
        }
    })
}
