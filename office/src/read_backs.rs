//! Reading back: posts that are out are fetched again now and then, and compared with what was approved. What is not as it was
//! sent, or gone, and not by us, is DRIFTED.
//!
//! Knows when to read and what becomes of the answer. Does not know how a platform is read, nor how its texts are compared.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    OfficeId, PostId, ReadBackId, WorkerId, channel, post, post::PostState, read_back,
    read_back::StandingKind,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, Statement,
    sea_query::{LockBehavior, LockType},
};
use serde_json::json;

use crate::{
    Actor, Office, Requester, amplify,
    change::Change,
    checks,
    compose::Composed,
    error::{RefusalCode, Result, refuse},
    lifecycle::{Lifecycle as _, PostEvent},
    policy::{Permit, op},
    queue::{Cause, backoff},
    read,
    rows::locked,
};

/// Posts that one sweep takes up.
const TAKEN_UP: i64 = 200;

/// A post to be read back now, by whoever holds this.
#[derive(Debug)]
pub struct Reading {
    /// The reading, as it was claimed.
    pub read_back: read_back::Model,
    /// The post.
    pub post: post::Model,
    /// Where it is out.
    pub channel: channel::Model,
    /// What was sent; none where the channel changed since, so that nothing can be compared.
    pub composed: Option<Composed>,
}

/// How a post stood.
#[derive(Debug, Clone)]
pub enum Stood {
    /// As it was sent.
    AsSent,
    /// The public reads something else: `WORDS`, `TITLE`, `MEDIA`, `ALT_TEXT`, `CAPTIONS`, `QUOTE` or `NOT_PUBLIC`.
    Changed(&'static str),
    /// It is not there any more.
    Gone,
    /// The platform cannot tell.
    CannotTell(Cause),
    /// The platform did not answer; not before this has passed.
    Unreachable(Cause, Option<TimeDelta>),
}

#[derive(FromQueryResult)]
struct Fresh {
    id: PostId,
    office_id: OfficeId,
    published_at: DateTime<Utc>,
}

/// Takes up what was published since yesterday on channels that can be read back. Sending a post does not pay for it.
pub async fn take_up(office: &Office, worker: WorkerId) -> Result<usize> {
    const SQL: &str = "SELECT post.id, post.office_id, post.published_at FROM channel \
        JOIN post ON post.channel_id = channel.id \
        JOIN revision ON revision.id = post.revision_id \
        AND (revision.amplifies IS NULL OR TRIM(revision.text) <> '') \
        WHERE channel.reads_back AND post.published_at IS NOT NULL AND post.published_at >= $1 \
        AND post.remote_id IS NOT NULL AND post.state IN ('PUBLISHED', 'CORRECTED') \
        AND NOT EXISTS (SELECT 1 FROM read_back WHERE read_back.post_id = post.id) LIMIT $2";
    let since = office.now() - TimeDelta::days(1);
    let db = office.db.read();
    let engine = sea_orm::ConnectionTrait::get_database_backend(db);
    let statement = Statement::from_sql_and_values(engine, SQL, [since.into(), TAKEN_UP.into()]);
    let fresh = Fresh::find_by_statement(statement).all(db).await?;
    let Some(first) = fresh.first() else { return Ok(0) };
    let change = office.begin(&Requester::new(first.office_id, Actor::Worker(worker))).await?;
    for post in &fresh {
        let row = new_row(&change, post.office_id, post.id, next(office, 0, post.published_at));
        // Another worker may have taken it up meanwhile.
        let on_conflict =
            sea_orm::sea_query::OnConflict::column(read_back::Column::PostId).do_nothing().to_owned();
        let insert = read_back::Entity::insert(read_back::ActiveModel::from(row).reset_all());
        insert.on_conflict(on_conflict).exec_without_returning(change.tx()).await?;
    }
    change.commit().await?;
    Ok(fresh.len())
}

fn new_row(
    change: &Change<'_>,
    office_id: OfficeId,
    post_id: PostId,
    due_at: Option<DateTime<Utc>>,
) -> read_back::Model {
    read_back::Model {
        id: change.id::<ReadBackId>(),
        office_id,
        post_id,
        due_at,
        lease_until: None,
        fence: 0,
        looks: 0,
        failures: 0,
        standing: None,
        difference: None,
        cause: None,
        read_at: None,
    }
}

/// When a post that was published then is read after so many readings; none: no more.
fn next(office: &Office, looks: i32, published_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let after = office.limits.read_back_minutes.get(usize::try_from(looks).ok()?)?;
    Some(published_at + TimeDelta::minutes(*after))
}

/// Claims readings of any office that are due, at most `limit`.
pub async fn claim(office: &Office, worker: WorkerId, limit: u64) -> Result<Vec<Reading>> {
    let seen =
        due(office.now()).order_by_asc(read_back::Column::DueAt).limit(limit).all(office.db.read()).await?;
    let mut claimed = Vec::new();
    for row in seen {
        claimed.extend(take(office, worker, &row).await?);
    }
    Ok(claimed)
}

fn due(now: DateTime<Utc>) -> Select<read_back::Entity> {
    let free = Condition::any()
        .add(read_back::Column::LeaseUntil.is_null())
        .add(read_back::Column::LeaseUntil.lte(now));
    read_back::Entity::find().filter(read_back::Column::DueAt.lte(now)).filter(free)
}

async fn take(office: &Office, worker: WorkerId, seen: &read_back::Model) -> Result<Option<Reading>> {
    let requester = Requester::new(seen.office_id, Actor::Worker(worker));
    let change = office.begin_by_database_clock(&requester).await?;
    let still = due(change.now).filter(read_back::Column::Id.eq(seen.id));
    let row = still.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(change.tx()).await?;
    let Some(row) = row else { return Ok(None) };
    let post = read::one::<post::Entity>(change.tx(), row.office_id, row.post_id).await?;
    let channel = read::one::<channel::Entity>(change.tx(), row.office_id, post.channel_id).await?;
    let out = matches!(post.state, PostState::Published | PostState::Corrected | PostState::Drifted);
    let fence = row.fence + 1;
    let mut edit = read_back::ActiveModel::from(row);
    edit.fence = Set(fence);
    if !out || post.remote_id.is_none() {
        edit.due_at = Set(None);
        edit.update(change.tx()).await?;
        change.commit().await?;
        return Ok(None);
    }
    edit.lease_until = Set(Some(office.lease_end(change.now)));
    let read_back = edit.update(change.tx()).await?;
    let revision = checks::load(office, change.tx(), post.office_id, post.revision_id).await?;
    let target =
        revision.targets.iter().map(|(target, _)| target).find(|of| of.channel_id == post.channel_id);
    let composed = target.map(|target| revision.composed(target, &channel));
    let composed = composed.filter(|composed| composed.digest() == post.digest);
    let composed = composed.and_then(|composed| composed.part(post.part));
    change.commit().await?;
    Ok(Some(Reading { read_back, post, channel, composed }))
}

/// Writes how it stood, if the lease still holds and the post was not corrected meanwhile.
pub async fn settle(office: &Office, worker: WorkerId, reading: &Reading, stood: Stood) -> Result<()> {
    let requester = Requester::new(reading.post.office_id, Actor::Worker(worker));
    let mut change = office.begin_by_database_clock(&requester).await?;
    let post = locked::<post::Entity>(&change, reading.post.id).await?;
    let row = locked::<read_back::Entity>(&change, reading.read_back.id).await?;
    if row.fence != reading.read_back.fence {
        return Ok(());
    }
    let corrected = post.digest != reading.post.digest || post.state != reading.post.state;
    let mut edit = read_back::ActiveModel::from(row.clone());
    edit.lease_until = Set(None);
    if corrected {
        edit.update(change.tx()).await?;
        return change.commit().await;
    }
    write(office, &change, &row, &mut edit, &post, &stood);
    edit.update(change.tx()).await?;
    become_of(&mut change, post, &stood).await?;
    change.commit().await
}

fn write(
    office: &Office,
    change: &Change<'_>,
    row: &read_back::Model,
    edit: &mut read_back::ActiveModel,
    post: &post::Model,
    stood: &Stood,
) {
    let (standing, difference, cause) = match stood {
        Stood::AsSent => (StandingKind::AsSent, None, None),
        Stood::Changed(what) => (StandingKind::Changed, Some((*what).to_owned()), None),
        Stood::Gone => (StandingKind::Gone, None, None),
        Stood::CannotTell(cause) => (StandingKind::CannotTell, None, Some(cause)),
        Stood::Unreachable(cause, _) => (StandingKind::Unreachable, None, Some(cause)),
    };
    edit.standing = Set(Some(standing));
    edit.difference = Set(difference);
    edit.cause = Set(cause.map(|cause| format!("{}: {}", cause.code, cause.detail)));
    edit.read_at = Set(Some(change.now));
    if let Stood::Unreachable(_, wish) = stood {
        let failures = row.failures + 1;
        edit.failures = Set(failures);
        edit.due_at = Set(Some(change.now + backoff(&office.limits, row.id.0, failures + 4, *wish)));
    } else {
        // Readings that were missed while nobody was there are not made up for.
        let (mut looks, published) = (row.looks + 1, post.published_at.unwrap_or(change.now));
        while next(office, looks, published).is_some_and(|at| at <= change.now) {
            looks += 1;
        }
        edit.failures = Set(0);
        edit.looks = Set(looks);
        edit.due_at = Set(next(office, looks, published));
    }
}

async fn become_of(change: &mut Change<'_>, post: post::Model, stood: &Stood) -> Result<()> {
    let (event, cause) = match (stood, post.state) {
        (Stood::Changed(what), PostState::Published | PostState::Corrected) => (
            PostEvent::Drift,
            Some(("CHANGED", format!("on the platform it is not what was approved any more: {what}"))),
        ),
        (Stood::Gone, PostState::Published | PostState::Corrected) => {
            (PostEvent::Drift, Some(("GONE", "it is not on the platform any more".to_owned())))
        }
        (Stood::AsSent, PostState::Drifted) => (PostEvent::Restore, None),
        _ => return Ok(()),
    };
    let state = post.state.next(event)?;
    let version = post.version + 1;
    let mut edit = post::ActiveModel::from(post);
    edit.state = Set(state);
    edit.version = Set(version);
    edit.updated_at = Set(change.now);
    let (code, detail) = cause.map(|(code, detail)| (code.to_owned(), detail)).unzip();
    edit.cause_code = Set(code);
    edit.cause_detail = Set(detail);
    let post = edit.update(change.tx()).await?;
    change.note("readBackPost", "Post", post.id.0, json!({ "state": post.state, "cause": post.cause_code }));
    Ok(())
}

/// Has a post that is out read back at once.
pub async fn read_now(office: &Office, permit: &Permit<op::ReadBackPost>, id: PostId) -> Result<post::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let post = locked::<post::Entity>(&change, id).await?;
    if !matches!(post.state, PostState::Published | PostState::Corrected | PostState::Drifted) {
        let message = format!("it is {}: only what is out can be read back", post.state.code());
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    let channel = read::one::<channel::Entity>(change.tx(), post.office_id, post.channel_id).await?;
    let passed_on = amplify::passes_on(change.tx(), post.office_id, post.revision_id).await?;
    if !channel.reads_back || post.remote_id.is_none() || passed_on {
        let message = "what is out there cannot be read back: look at it on the platform";
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    let known = read_back::Entity::find()
        .filter(read_back::Column::OfficeId.eq(post.office_id))
        .filter(read_back::Column::PostId.eq(post.id))
        .lock_exclusive()
        .one(change.tx())
        .await?;
    if let Some(row) = known {
        let mut edit = read_back::ActiveModel::from(row);
        edit.due_at = Set(Some(change.now));
        edit.update(change.tx()).await?;
    } else {
        let row = new_row(&change, post.office_id, post.id, Some(change.now));
        read_back::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    }
    change.note("readBackPost", "Post", post.id.0, json!({ "state": post.state, "asked": true }));
    change.move_gates();
    change.commit().await?;
    Ok(post)
}
