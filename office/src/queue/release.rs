//! What time and people's acts do to waiting posts: held ones whose gates are open again are released, and those that
//! became too late are MISSED and ask. Resuming floods nothing.

use entity::{WorkerId, post, post::PostState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;

use super::{heads, worker};
use crate::{
    Office, Requester,
    error::Result,
    gate,
    lifecycle::{Lifecycle as _, PostEvent},
    posts,
};

/// Posts that are looked at in one transaction.
const BATCH: u64 = 50;

/// Makes posts MISSED that are later than they are wanted; returns how many.
pub async fn expire(office: &Office, worker_id: WorkerId) -> Result<usize> {
    let mut change = office.begin(&worker(worker_id)).await?;
    let late = post::Entity::find()
        .filter(Expr::cust("state IN ('SCHEDULED', 'RETRYING', 'HELD')"))
        .filter(post::Column::MissedAfter.lt(change.now))
        .order_by_asc(post::Column::MissedAfter)
        .limit(BATCH)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(change.tx())
        .await?;
    let count = late.len();
    let mut touched = Vec::with_capacity(count);
    for post in late {
        let mut edit = post::ActiveModel::from(post.clone());
        edit.state = Set(post.state.next(PostEvent::Miss)?);
        let post = posts::store(&change, &post, edit).await?;
        touched.push((post.office_id, post.channel_id));
        change.note_in(
            post.office_id,
            "missPost",
            "Post",
            post.id.0,
            json!({ "missedAfter": post.missed_after }),
        );
    }
    heads::refresh_all(change.tx(), touched).await?;
    change.commit().await?;
    Ok(count)
}

/// Releases held posts whose gates are all open, and brings the stored reasons of the others up to date. Walks the held
/// posts by id from `after`; returns the last id that it looked at, or none at the end.
pub async fn release_held(
    office: &Office,
    worker_id: WorkerId,
    after: Option<entity::PostId>,
) -> Result<Option<entity::PostId>> {
    let mut select =
        post::Entity::find().filter(Expr::cust("state = 'HELD'")).order_by_asc(post::Column::Id).limit(BATCH);
    if let Some(after) = after {
        select = select.filter(post::Column::Id.gt(after));
    }
    let held = select.all(office.db.read()).await?;
    let last = held.last().map(|post| post.id);
    for post in held {
        let id = post.id;
        if let Err(error) = release_one(office, &worker(worker_id), post).await {
            // One that cannot be judged must not keep the others from it.
            tracing::error!(post.id = %id, %error, "a held post could not be looked at");
        }
    }
    Ok(last)
}

/// Releases a held post if its gates are all open, and brings its reasons up to date if they are not; tells whether it was
/// released.
pub(super) async fn release_one(office: &Office, requester: &Requester, seen: post::Model) -> Result<bool> {
    let facts = gate::load(office, office.db.read(), seen.clone()).await?;
    let gates = gate::evaluate(&facts, office.clock.now());
    let shut = gate::shut(&gates);
    if !shut.is_empty() && seen.hold.as_ref().is_some_and(|hold| hold.gates == shut) {
        return Ok(false);
    }
    let mut change = office.begin(requester).await?;
    let post = post::Entity::find_by_id(seen.id)
        .filter(post::Column::Version.eq(seen.version))
        .filter(post::Column::State.eq(PostState::Held))
        .lock_exclusive()
        .one(change.tx())
        .await?;
    let Some(post) = post else { return Ok(false) };
    let mut edit = post::ActiveModel::from(post.clone());
    edit.checked_handbook_id = Set(Some(facts.handbook.id));
    if shut.is_empty() {
        edit.state = Set(post.state.next(PostEvent::Reopen)?);
        edit.hold = Set(None);
        edit.run_at = Set(post.due_at.max(change.now));
        change.wake_workers();
    } else {
        let since = post.hold.as_ref().map_or(change.now, |hold| hold.since);
        edit.hold = Set(Some(post::Hold { since, gates: shut.clone() }));
    }
    let post = posts::store(&change, &post, edit).await?;
    heads::refresh(change.tx(), post.office_id, post.channel_id).await?;
    let codes: Vec<_> = shut.iter().map(|gate| gate.gate.as_str()).collect();
    change.note_in(
        post.office_id,
        "reviewHold",
        "Post",
        post.id.0,
        json!({ "state": post.state, "gates": codes }),
    );
    change.commit().await?;
    Ok(shut.is_empty())
}
