//! Recurrences: an approved draft repeated on some of its channels by a rule.
//!
//! The same words may go out again and again because another person approved just that: the rule and the words. Each time
//! is a post of its own, made some weeks ahead, that can be seen, moved and cancelled like any other; one that was is not
//! made again, because a post keeps which of the rule's times it is. Knows how a recurrence lives; which times a rule names
//! is `calendar`'s, what happens to its posts is `posts`' and `queue`'s.

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, DraftId, MemberId, OfficeId, RecurrenceId, draft, draft::DraftState, post, post::PostState,
    recurrence, recurrence::RecurrenceState,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Office,
    calendar::{LocalInstant, Rule},
    change::Change,
    error::{RefusalCode, Result, refuse},
    lifecycle::{Lifecycle as _, RecurrenceEvent},
    paging::{Direction, OrderBy, Page, PageRequest, page},
    policy::{Permit, op},
    read,
    rows::{locked, same_version},
};

mod approve;
mod create;
mod extend;
mod of_ending;
mod waiting;

pub use approve::{ApproveRecurrence, approve};
pub use create::{CreateRecurrence, Ends, create};
pub use extend::{extend, next_due};
pub(crate) use of_ending::{end_of_channel, end_of_initiative};

/// Recurrences of one draft that are voided at once; nobody may make more.
const OF_ONE_DRAFT: u64 = 50;
/// Waiting posts of all recurrences of a page that are read, at most.
const WAITING_AT_MOST: u64 = 10_000;

/// The rule of a stored recurrence.
pub(crate) fn rule(row: &recurrence::Model) -> Rule<'_> {
    Rule {
        repeats: &row.repeats,
        starts_on: row.starts_on,
        until: row.until,
        times: row.times,
        local_time: &row.local_time,
        time_zone: &row.time_zone,
    }
}

/// The next times that the rule names, at most `most` of them: whether or not their posts were moved, cancelled or are made
/// already. None once it ended.
pub fn upcoming(row: &recurrence::Model, now: DateTime<Utc>, most: usize) -> Result<Vec<LocalInstant>> {
    if row.state == RecurrenceState::Ended {
        return Ok(Vec::new());
    }
    Ok(rule(row).after(now)?.take(most).collect())
}

/// Changes when a recurrence ends. An earlier end cancels the posts beyond it; a later one asks for approval again, and what
/// was approved before goes on meanwhile.
pub async fn update(
    office: &Office,
    permit: &Permit<op::UpdateRecurrence>,
    id: RecurrenceId,
    expected_version: i64,
    ends: Ends,
) -> Result<recurrence::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let (draft, before) = current(&change, id).await?;
    same_version("recurrence", expected_version, before.version)?;
    if before.state == RecurrenceState::Ended {
        return refuse(RefusalCode::IllegalState, "recurrenceId", "this recurrence has ended");
    }
    let (until, times) = ends.columns();
    let wanted = recurrence::Model { until, times, ..before.clone() };
    let last = create::fitting_end(office, &wanted, change.now)?;
    let former = rule(&before).last()?;
    let later = former.as_ref().is_none_or(|former| former.instant < last.instant);
    let mut edit = recurrence::ActiveModel::from(before.clone());
    edit.until = Set(until);
    edit.times = Set(times);
    if later && before.state == RecurrenceState::Active {
        edit.state = Set(before.state.next(RecurrenceEvent::Void)?);
        edit.extend_at = Set(None);
    } else if before.state == RecurrenceState::Active {
        // When it is over may be sooner now: looked at anew, at once.
        edit.extend_at = Set(Some(change.now));
    }
    let row = store(&change, &before, edit).await?;
    waiting::cancel(&mut change, &row, Some(&last.local_time)).await?;
    let detail = json!({ "draft": draft.id, "until": until, "times": times, "state": row.state });
    change.note("updateRecurrence", "Recurrence", id.0, detail);
    change.wake_workers();
    change.commit().await?;
    Ok(row)
}

/// Ends a recurrence. Those of its posts that have not left are cancelled.
pub async fn end(
    office: &Office,
    permit: &Permit<op::EndRecurrence>,
    id: RecurrenceId,
    expected_version: i64,
) -> Result<recurrence::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let (draft, before) = current(&change, id).await?;
    same_version("recurrence", expected_version, before.version)?;
    let by = permit.requester().member_id();
    let row = finish(&change, &before, RecurrenceEvent::End, by).await?;
    waiting::cancel(&mut change, &row, None).await?;
    change.note("endRecurrence", "Recurrence", id.0, json!({ "draft": draft.id, "state": row.state }));
    change.commit().await?;
    Ok(row)
}

/// The approval of a draft's words is gone, and with it that of repeating them. Called with the draft's row locked, before
/// its posts are held.
pub(crate) async fn void(change: &mut Change<'_>, draft: &draft::Model) -> Result<()> {
    let rows = recurrence::Entity::find()
        .filter(recurrence::Column::OfficeId.eq(draft.office_id))
        .filter(recurrence::Column::DraftId.eq(draft.id))
        .filter(recurrence::Column::State.ne(RecurrenceState::Ended))
        .order_by_asc(recurrence::Column::Id)
        .limit(OF_ONE_DRAFT)
        .lock_exclusive()
        .all(change.tx())
        .await?;
    for before in rows {
        let row = if draft.state == DraftState::Withdrawn {
            let by = change.requester().member_id();
            finish(change, &before, RecurrenceEvent::End, by).await?
        } else if before.revision_id.is_some() {
            unapproved(change, &before).await?
        } else {
            continue;
        };
        let detail = json!({ "draft": draft.id, "state": row.state });
        change.note_in(row.office_id, "voidRecurrence", "Recurrence", row.id.0, detail);
    }
    Ok(())
}

/// Takes the approval of a recurrence away.
async fn unapproved(change: &Change<'_>, before: &recurrence::Model) -> Result<recurrence::Model> {
    let mut edit = recurrence::ActiveModel::from(before.clone());
    if before.state == RecurrenceState::Active {
        edit.state = Set(before.state.next(RecurrenceEvent::Void)?);
    }
    edit.revision_id = Set(None);
    edit.approved_by = Set(None);
    edit.approved_at = Set(None);
    edit.extend_at = Set(None);
    store(change, before, edit).await
}

async fn finish(
    change: &Change<'_>,
    before: &recurrence::Model,
    event: RecurrenceEvent,
    by: Option<MemberId>,
) -> Result<recurrence::Model> {
    let mut edit = recurrence::ActiveModel::from(before.clone());
    edit.state = Set(before.state.next(event)?);
    edit.extend_at = Set(None);
    edit.ended_at = Set(Some(change.now));
    edit.ended_by = Set(by);
    store(change, before, edit).await
}

/// A recurrence and its draft, locked in this order by everybody: the draft first.
async fn current(change: &Change<'_>, id: RecurrenceId) -> Result<(draft::Model, recurrence::Model)> {
    let seen = read::one::<recurrence::Entity>(change.tx(), change.office_id(), id).await?;
    let draft = locked::<draft::Entity>(change, seen.draft_id).await?;
    Ok((draft, locked::<recurrence::Entity>(change, id).await?))
}

/// Stores a changed recurrence under the next version.
async fn store(
    change: &Change<'_>,
    before: &recurrence::Model,
    mut edit: recurrence::ActiveModel,
) -> Result<recurrence::Model> {
    edit.version = Set(before.version + 1);
    edit.updated_at = Set(change.now);
    Ok(edit.update(change.tx()).await?)
}

/// Which recurrences a list shows.
#[derive(Debug, Clone, Default)]
pub struct RecurrenceFilter {
    /// In one of these states; empty: in any.
    pub states: Vec<RecurrenceState>,
    /// Of this draft.
    pub draft_id: Option<DraftId>,
}

/// A page of recurrences, newest first.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Recurrences>,
    filter: &RecurrenceFilter,
    request: &PageRequest,
) -> Result<Page<recurrence::Model>> {
    let mut select = recurrence::Entity::find().filter(recurrence::Column::OfficeId.eq(permit.office_id()));
    if !filter.states.is_empty() {
        select = select.filter(recurrence::Column::State.is_in(filter.states.clone()));
    }
    if let Some(id) = filter.draft_id {
        select = select.filter(recurrence::Column::DraftId.eq(id));
    }
    let order = OrderBy {
        column: recurrence::Column::CreatedAt,
        id: recurrence::Column::Id,
        direction: Direction::Descending,
    };
    page(office.db.read(), select, order, request).await
}

/// The posts of these recurrences that have not left, earliest due first.
pub async fn waiting_posts(
    office: &Office,
    office_id: OfficeId,
    recurrences: &[Uuid],
) -> Result<Vec<post::Model>> {
    let waiting = [
        PostState::Scheduled,
        PostState::Retrying,
        PostState::Held,
        PostState::Missed,
        PostState::Sending,
        PostState::Unconfirmed,
    ];
    let rows = post::Entity::find()
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::RecurrenceId.is_not_null())
        .filter(post::Column::RecurrenceId.is_in(recurrences.iter().copied()))
        .filter(post::Column::State.is_in(waiting))
        .order_by_asc(post::Column::DueAt)
        .order_by_asc(post::Column::Id)
        .limit(WAITING_AT_MOST)
        .all(office.db.read())
        .await?;
    Ok(rows)
}

/// The channels of a recurrence, in the order in which heads are locked.
fn channels(row: &recurrence::Model) -> Vec<ChannelId> {
    let mut channels = row.channels.0.clone();
    channels.sort_unstable();
    channels
}
