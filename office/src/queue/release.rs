//! What time and people's acts do to waiting posts: held ones whose gates are open again are released, and those that
//! became too late are MISSED and ask. Resuming floods nothing.

use std::collections::{BTreeMap, HashMap};

use entity::{HandbookId, OfficeId, PostId, WorkerId, post};
use sea_orm::{
    ColumnTrait, DatabaseBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::json;

use super::{followers, heads, worker, write};
use crate::{
    Office, Requester,
    change::Change,
    database::given::{Given, Kind, id},
    error::Result,
    gate,
    lifecycle::{Lifecycle as _, PostEvent},
};

/// Posts that are looked at in one transaction.
const BATCH: u64 = 100;

/// Makes posts MISSED that are later than they are wanted; returns how many.
pub async fn expire(office: &Office, worker_id: WorkerId) -> Result<usize> {
    let mut change = office.begin_by_database_clock(&worker(worker_id)).await?;
    let mut late = post::Entity::find()
        .filter(Expr::cust("state IN ('SCHEDULED', 'RETRYING', 'HELD')"))
        .filter(post::Column::MissedAfter.lt(change.now))
        .order_by_asc(post::Column::MissedAfter)
        .limit(BATCH)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(change.tx())
        .await?;
    for post in &mut late {
        post.state = post.state.next(PostEvent::Miss)?;
        let detail = json!({ "missedAfter": post.missed_after });
        change.note_in(post.office_id, "missPost", "Post", post.id.0, detail);
    }
    write::posts(&change, &mut late).await?;
    let mut touched = followers::follow(&mut change, &late).await?;
    touched.extend(late.iter().map(|post| (post.office_id, post.channel_id)));
    heads::refresh_all(change.tx(), touched).await?;
    change.commit().await?;
    Ok(late.len())
}

/// Releases held posts whose gates are all open, and brings the stored reasons of the others up to date. Walks the held
/// posts by id from `after`; returns the last id that it looked at, or none at the end.
pub async fn release_held(
    office: &Office,
    worker_id: WorkerId,
    after: Option<PostId>,
) -> Result<Option<PostId>> {
    let mut select =
        post::Entity::find().filter(Expr::cust("state = 'HELD'")).order_by_asc(post::Column::Id).limit(BATCH);
    if let Some(after) = after {
        select = select.filter(post::Column::Id.gt(after));
    }
    let held = select.all(office.db.read()).await?;
    let last = held.last().map(|post| post.id);
    let mut by_office: BTreeMap<OfficeId, Vec<post::Model>> = BTreeMap::new();
    for post in held {
        by_office.entry(post.office_id).or_default().push(post);
    }
    for (office_id, posts) in by_office {
        if let Err(error) = release(office, &worker(worker_id), office_id, posts).await {
            // An office that cannot be judged must not keep the others from it.
            tracing::error!(office.id = %office_id, %error, "held posts could not be looked at");
        }
    }
    Ok(last)
}

/// What a look at a held post comes to.
struct Look {
    version: i64,
    shut: Vec<post::ShutGate>,
    checked_under: HandbookId,
}

/// Releases held posts of one office whose gates are all open, and brings the reasons of the others up to date; tells
/// which were released.
pub(super) async fn release(
    office: &Office,
    requester: &Requester,
    office_id: OfficeId,
    held: Vec<post::Model>,
) -> Result<Vec<PostId>> {
    let facts = gate::load_many(office, office.db.read(), office_id, held).await?;
    let now = office.clock.now();
    let mut looks: HashMap<PostId, Look> = HashMap::new();
    for facts in &facts {
        let shut = gate::shut(&gate::evaluate(facts, now));
        let same = facts.post.hold.as_ref().is_some_and(|hold| hold.gates == shut);
        if shut.is_empty() || !same {
            let look = Look { version: facts.post.version, shut, checked_under: facts.handbook.id };
            looks.insert(facts.post.id, look);
        }
    }
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    let mut change = office.begin_by_database_clock(requester).await?;
    let mut posts = as_seen(&change, &looks).await?;
    let mut released = Vec::new();
    for post in &mut posts {
        let Some(look) = looks.remove(&post.id) else { continue };
        post.checked_handbook_id = Some(look.checked_under);
        let codes: Vec<_> = look.shut.iter().map(|gate| gate.gate.clone()).collect();
        if look.shut.is_empty() {
            post.state = post.state.next(PostEvent::Reopen)?;
            post.hold = None;
            post.run_at = post.due_at.max(change.now);
            released.push(post.id);
        } else {
            let since = post.hold.as_ref().map_or(change.now, |hold| hold.since);
            post.hold = Some(post::Hold { since, gates: look.shut });
        }
        let detail = json!({ "state": post.state, "gates": codes });
        change.note_in(post.office_id, "reviewHold", "Post", post.id.0, detail);
    }
    write::posts(&change, &mut posts).await?;
    let touched = posts.iter().map(|post| (post.office_id, post.channel_id)).collect();
    heads::refresh_all(change.tx(), touched).await?;
    if !released.is_empty() {
        change.wake_workers();
    }
    change.commit().await?;
    Ok(released)
}

/// The posts that are still as they were looked at, locked.
async fn as_seen(change: &Change<'_>, looks: &HashMap<PostId, Look>) -> Result<Vec<post::Model>> {
    const SQL: &str = "SELECT post.* FROM {given} JOIN post ON post.id = given.id \
                       WHERE post.version = given.version AND post.state = 'HELD' ORDER BY post.id";
    let rows = looks.iter().map(|(post, look)| json!([id(*post), look.version])).collect();
    let given = Given::new(&[("id", Kind::Id), ("version", Kind::Number)], rows);
    let lock = if change.engine() == DatabaseBackend::Postgres { " FOR UPDATE OF post" } else { "" };
    let statement = given.statement(change.engine(), &format!("{SQL}{lock}"), []);
    Ok(post::Entity::find().from_raw_sql(statement).all(change.tx()).await?)
}
