//! Making posts ahead: each recurrence says when its next time comes into sight, and until then costs nothing.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, OfficeId, RecurrenceId, WorkerId, channel, channel::ChannelState, draft, draft::DraftState,
    initiative, pause, pause::PauseScope, post, recurrence, recurrence::RecurrenceState, revision_target,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, IntoActiveModel as _, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SimpleExpr},
};
use serde_json::json;
use uuid::Uuid;

use super::{channels, current, finish, rule, unapproved};
use crate::{
    Actor, Office, Requester, calendar::LocalInstant, change::Change, error::Result,
    lifecycle::RecurrenceEvent, posts, queue::heads, read,
};

/// Recurrences that one call extends, at most.
const BATCH: u64 = 20;
/// Posts in one statement: a statement takes so many values and no more.
const ROWS_AT_ONCE: usize = 200;
/// How long a recurrence rests whose channels or initiative are over.
const REST: TimeDelta = TimeDelta::days(1);

/// Makes the posts of recurrences whose next times have come into sight, and ends those whose last time has passed. Returns
/// how many posts were made. Costs one statement when there is nothing to do; several workers may call it at once.
pub async fn extend(office: &Office, worker_id: WorkerId) -> Result<usize> {
    let now = office.clock.now();
    let due: Vec<(RecurrenceId, OfficeId)> = recurrence::Entity::find()
        .select_only()
        .column(recurrence::Column::Id)
        .column(recurrence::Column::OfficeId)
        .filter(Expr::cust("state = 'ACTIVE'"))
        .filter(recurrence::Column::ExtendAt.lte(now))
        .filter(not_paused(now))
        .order_by_asc(recurrence::Column::ExtendAt)
        .order_by_asc(recurrence::Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(office.db.read())
        .await?;
    let mut made = 0;
    for (id, office_id) in due {
        match extend_one(office, Requester::new(office_id, Actor::Worker(worker_id)), id).await {
            Ok(count) => made += count,
            // One that cannot be extended must not keep the others from it.
            Err(error) => tracing::error!(recurrence.id = %id, %error, "a recurrence could not be extended"),
        }
    }
    Ok(made)
}

async fn extend_one(office: &Office, worker: Requester, id: RecurrenceId) -> Result<usize> {
    let mut change = office.begin(&worker).await?;
    let (draft, row) = current(&change, id).await?;
    if row.state != RecurrenceState::Active || row.extend_at.is_none_or(|at| at > change.now) {
        // Another worker was here.
        return Ok(0);
    }
    if draft.state != DraftState::Approved || row.revision_id != Some(draft.revision_id) {
        let row = unapproved(&change, &row).await?;
        change.note(
            "voidRecurrence",
            "Recurrence",
            row.id.0,
            json!({ "draft": draft.id, "state": row.state }),
        );
        change.commit().await?;
        return Ok(0);
    }
    let (_, made) = make(office, &mut change, &draft, row).await?;
    change.wake_workers();
    change.commit().await?;
    Ok(made)
}

/// Makes the posts of an approved recurrence that are in sight and do not exist yet, and says when to look again. What is
/// past is past: nothing is made up for. Its draft's row is locked, by everybody who makes posts of it: that and one look
/// at what exists are why no time is made twice, and the unique index is what would refuse it.
pub(super) async fn make(
    office: &Office,
    change: &mut Change<'_>,
    draft: &draft::Model,
    row: recurrence::Model,
) -> Result<(recurrence::Model, usize)> {
    let sight = TimeDelta::days(office.limits.recurrence_ahead_days);
    let most = office.limits.recurrence_posts_ahead;
    let mut ahead = rule(&row).after(change.now)?.peekable();
    let mut times = Vec::new();
    while times.len() < most {
        match ahead.next_if(|time| time.instant <= change.now + sight) {
            Some(time) => times.push(time),
            None => break,
        }
    }
    let Some(last) = times.last().or(ahead.peek()).map(|time| time.instant) else {
        let row = finish(change, &row, RecurrenceEvent::RunOut, None).await?;
        change.note(
            "endRecurrence",
            "Recurrence",
            row.id.0,
            json!({ "draft": draft.id, "state": row.state }),
        );
        return Ok((row, 0));
    };
    let living = living_channels(change, draft, &row).await?;
    let made = make_posts(change, draft, &row, &living, &times).await?;
    let look_again = match ahead.peek() {
        _ if living.is_empty() => change.now + REST,
        // As many as may be made ahead: the next comes when the first of them has gone.
        Some(_) if times.len() == most => times.first().map_or(last, |first| first.instant),
        Some(next) => next.instant - sight,
        None => last,
    };
    let mut edit = row.into_active_model();
    edit.extend_at = Set(Some(look_again));
    Ok((edit.update(change.tx()).await?, made))
}

/// Its channels that may still post one day; none when its initiative is over.
async fn living_channels(
    change: &Change<'_>,
    draft: &draft::Model,
    row: &recurrence::Model,
) -> Result<Vec<ChannelId>> {
    let initiative =
        read::one::<initiative::Entity>(change.tx(), draft.office_id, draft.initiative_id).await?;
    if initiative.state.ends() {
        return Ok(Vec::new());
    }
    let wanted = channels(row);
    let ids: Vec<Uuid> = wanted.iter().map(|id| id.0).collect();
    let found = read::many::<channel::Entity>(change.tx(), draft.office_id, &ids).await?;
    let lives = |id: &ChannelId| {
        let mut own = found.iter().filter(|channel| channel.id == *id);
        own.any(|channel| !matches!(channel.state, ChannelState::Retired | ChannelState::Declined))
    };
    Ok(wanted.into_iter().filter(lives).collect())
}

async fn make_posts(
    change: &mut Change<'_>,
    draft: &draft::Model,
    row: &recurrence::Model,
    living: &[ChannelId],
    times: &[LocalInstant],
) -> Result<usize> {
    let taken = taken(change, draft, row, times).await?;
    let targets = posts::targets(change, draft, &channels(row)).await?;
    let mut targets: Vec<&revision_target::Model> =
        targets.iter().filter(|target| living.contains(&target.channel_id)).collect();
    targets.sort_unstable_by_key(|target| target.channel_id);
    let allowance = TimeDelta::minutes(row.publish_late_minutes.into());
    let mut new = Vec::new();
    for target in targets {
        for time in times {
            if !taken.contains(&(target.channel_id, time.local_time.clone())) {
                let post = posts::new_post(change, change.id(), draft, target, time, allowance);
                let (recurrence_id, occurrence) = (Some(row.id), time.local_time.clone());
                let created_by = Some(row.created_by);
                new.push(post::Model { recurrence_id, occurrence, created_by, ..post });
            }
        }
    }
    for rows in new.chunks(ROWS_AT_ONCE) {
        let rows = rows.iter().map(|row| row.clone().into_active_model().reset_all());
        post::Entity::insert_many(rows).exec_without_returning(change.tx()).await?;
    }
    heads::refresh_all(change.tx(), new.iter().map(|post| (post.office_id, post.channel_id)).collect())
        .await?;
    for post in &new {
        let detail = json!({ "draft": draft.id, "channel": post.channel_id, "dueAt": post.due_at, "recurrence": row.id });
        change.note("schedulePost", "Post", post.id.0, detail);
    }
    Ok(new.len())
}

/// The times of these that have their post already, moved and cancelled ones among them; and those at which another
/// recurrence says the same words there.
async fn taken(
    change: &Change<'_>,
    draft: &draft::Model,
    row: &recurrence::Model,
    times: &[LocalInstant],
) -> Result<HashSet<(ChannelId, String)>> {
    let (Some(first), Some(last)) = (times.first(), times.last()) else { return Ok(HashSet::new()) };
    let own = post::Column::RecurrenceId.eq(row.id);
    let same_words = post::Column::RevisionId.eq(draft.revision_id);
    let living = Expr::cust(posts::LIVING);
    let exists = Condition::any().add(own).add(Condition::all().add(same_words).add(living));
    let found: Vec<(ChannelId, String)> = post::Entity::find()
        .select_only()
        .column(post::Column::ChannelId)
        .column(post::Column::Occurrence)
        .filter(post::Column::DraftId.eq(draft.id))
        .filter(post::Column::Occurrence.between(first.local_time.as_str(), last.local_time.as_str()))
        .filter(exists)
        .into_tuple()
        .all(change.tx())
        .await?;
    Ok(found.into_iter().collect())
}

/// Nothing is made ahead in an office that is paused as a whole and without an end: nobody knows what will be wanted when a
/// person lifts that, which wakes the workers.
fn not_paused(now: DateTime<Utc>) -> SimpleExpr {
    let owner = Expr::col((pause::Entity, pause::Column::OfficeId));
    let standing = pause::Entity::find()
        .select_only()
        .column(pause::Column::Id)
        .filter(owner.equals((recurrence::Entity, recurrence::Column::OfficeId)))
        .filter(Expr::cust("resumed_at IS NULL"))
        .filter(pause::Column::Scope.eq(PauseScope::Office))
        .filter(pause::Column::EndsAt.is_null())
        .filter(pause::Column::StartsAt.lte(now));
    Expr::exists(standing.into_query()).not()
}

/// When recurrences are to be extended next; none while none is. For workers that sleep until something is due.
pub async fn next_due(office: &Office) -> Result<Option<DateTime<Utc>>> {
    let next: Option<Option<DateTime<Utc>>> = recurrence::Entity::find()
        .select_only()
        .column(recurrence::Column::ExtendAt)
        .filter(Expr::cust("state = 'ACTIVE'"))
        .filter(recurrence::Column::ExtendAt.is_not_null())
        .filter(not_paused(office.clock.now()))
        .order_by_asc(recurrence::Column::ExtendAt)
        .limit(1)
        .into_tuple()
        .one(office.db.read())
        .await?;
    Ok(next.flatten())
}
