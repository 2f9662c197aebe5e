//! Posts as people handle them: scheduling approved drafts, moving, cancelling, and deciding what no platform can tell.
//! What workers do with them is `queue`.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{PostId, draft, post, post::PostState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use serde_json::json;

use crate::{
    Office,
    change::Change,
    conversations::answering,
    error::{Fault, OfficeError, Refusal, RefusalCode, Result, refuse},
    fields,
    lifecycle::{Lifecycle as _, PostEvent},
    policy::{Permit, op},
    queue::{followers, heads},
    recurrences,
    rows::locked,
};

mod again;
pub mod bulk;
mod hold;
mod late;
mod list;
mod next_act;
mod outcome;
mod overview;
mod schedule;
mod show;
mod status;
mod timing;
mod unsettled;

pub use again::{look_up, retry};
pub use hold::{Released, hold, release};
pub(crate) use late::approved_late;
pub(crate) use list::select;
pub use list::{PostFilter, count, list};
pub use next_act::{Act, NextAct, next_act, next_try};
pub use outcome::{Outcome, OutcomeEvidence, OutcomeKind, outcome};
pub use overview::{CALENDAR_DAYS, CALENDAR_POSTS, calendar};
pub use schedule::{SchedulePost, Scheduled, schedule};
pub(crate) use schedule::{allowance, new_post, targets};
pub use show::{Names, Shown, names, show};
pub use status::{QueueStatus, StateCount, queue_status};
pub(crate) use timing::resolve_when;
pub use timing::{When, next_free_slot, next_free_slots};
pub(crate) use unsettled::{Ending, cancel_waiting, unsettled, unsettled_of};

/// States in which the words are, or may still become, public; written out, as the index that keeps them from going out
/// twice has them.
pub(crate) const LIVING: &str =
    "state <> 'CANCELLED' AND state <> 'MISSED' AND state <> 'REJECTED' AND state <> 'WITHDRAWN'";

/// Moves a post that has not left: to another time, with the same words.
pub async fn reschedule(
    office: &Office,
    permit: &Permit<op::ReschedulePost>,
    id: PostId,
    expected_version: i64,
    when: &When,
) -> Result<(post::Model, crate::calendar::LocalInstant)> {
    let mut change = office.begin(permit.requester()).await?;
    let post = current(&change, id, expected_version).await?;
    let state = when_moved(&post)?;
    let time = timing::resolve(office, &change, when, post.channel_id).await?;
    let edit = moved(&post, state, &time.local_time, &time.time_zone, time.instant);
    let post = store(&change, &post, edit).await.map_err(rivals)?;
    heads::refresh(change.tx(), post.office_id, post.channel_id).await?;
    change.note("reschedulePost", "Post", id.0, json!({ "state": post.state, "dueAt": post.due_at }));
    change.wake_workers();
    change.commit().await?;
    Ok((post, time))
}

/// The state of a post once it has another time. That is not a release: what a person holds stays held.
fn when_moved(post: &post::Model) -> Result<PostState, Refusal> {
    let state = post.state.next(PostEvent::Reschedule)?;
    if kept_by(post).is_some() { state.next(PostEvent::Hold) } else { Ok(state) }
}

/// The person's hold that another time does not end: one for an approval that came too late is settled by it.
fn kept_by(post: &post::Model) -> Option<&post::PersonHold> {
    post.person_hold.as_ref().filter(|hold| !hold.late_approval)
}

/// The edit that gives a post another time.
fn moved(
    post: &post::Model,
    state: PostState,
    local_time: &str,
    time_zone: &str,
    due_at: DateTime<Utc>,
) -> post::ActiveModel {
    let allowance = post.missed_after - post.due_at;
    let mut edit = post::ActiveModel::from(post.clone());
    edit.state = Set(state);
    edit.local_time = Set(local_time.to_owned());
    edit.time_zone = Set(time_zone.to_owned());
    edit.due_at = Set(due_at);
    edit.run_at = Set(due_at);
    edit.missed_after = Set(due_at + allowance);
    edit.hold = Set(kept_by(post).map(|own| hold::with(None, own)));
    edit.person_hold = Set(kept_by(post).cloned());
    // Whatever held it is looked at anew, before its time comes.
    edit.checked_handbook_id = Set(None);
    edit
}

/// Gives a post up. One that is leaving this moment cannot be cancelled any more, and says so.
pub async fn cancel(
    office: &Office,
    permit: &Permit<op::CancelPost>,
    id: PostId,
    expected_version: i64,
) -> Result<post::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let post = current(&change, id, expected_version).await?;
    if post.state == PostState::Unconfirmed {
        let message = "it may be out already: it is being looked up, and when no platform can tell, resolvePost decides";
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    let edit = given_up(&post, post.state.next(PostEvent::Cancel)?);
    let post = store(&change, &post, edit).await?;
    settled(&mut change, &post).await?;
    change.note("cancelPost", "Post", id.0, json!({ "state": post.state }));
    change.commit().await?;
    Ok(post)
}

/// Lets what follows a post, and what it answers, know how it ended, and brings the heads up to date.
async fn settled(change: &mut Change<'_>, post: &post::Model) -> Result<()> {
    answering::answered(change, std::slice::from_ref(post)).await?;
    let mut touched = followers::follow(change, std::slice::from_ref(post)).await?;
    touched.push((post.office_id, post.channel_id));
    heads::refresh_all(change.tx(), touched).await
}

/// The edit that gives a post up.
fn given_up(post: &post::Model, state: PostState) -> post::ActiveModel {
    let mut edit = post::ActiveModel::from(post.clone());
    edit.state = Set(state);
    edit.hold = Set(None);
    edit.person_hold = Set(None);
    edit.person_decides = Set(false);
    edit
}

/// What a person found out about a post that the platform cannot tell about.
#[derive(Debug, Clone)]
pub enum Resolution {
    /// It is out, at this address.
    Published {
        /// Its live address.
        url: String,
    },
    /// It is not there: it may be sent again, through the gate.
    NotPublished,
}

/// A person decides about an unconfirmed post. Only one that the platform cannot tell about may be decided.
pub async fn resolve(
    office: &Office,
    permit: &Permit<op::ResolvePost>,
    id: PostId,
    expected_version: i64,
    resolution: &Resolution,
) -> Result<post::Model> {
    let mut change = office.begin(permit.requester()).await?;
    // Somebody who looked before the last look-up answers an older question.
    let post = current(&change, id, expected_version).await?;
    if post.state == PostState::Unconfirmed && !post.person_decides {
        let message = "it is still being looked up: a person decides only when the platform cannot tell";
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    let mut edit = post::ActiveModel::from(post.clone());
    match resolution {
        Resolution::Published { url } => {
            edit.state = Set(post.state.next(PostEvent::Confirm)?);
            edit.remote_url = Set(Some(fields::web_address(&office.limits, "url", url)?));
            edit.published_at = Set(Some(change.now));
        }
        Resolution::NotPublished => {
            edit.state = Set(post.state.next(PostEvent::FindAbsent)?);
            edit.run_at = Set(change.now);
            edit.look_ups = Set(0);
        }
    }
    edit.person_decides = Set(false);
    let post = store(&change, &post, edit).await?;
    settled(&mut change, &post).await?;
    change.note("resolvePost", "Post", id.0, json!({ "state": post.state, "decidedBy": "person" }));
    change.wake_workers();
    change.commit().await?;
    Ok(post)
}

/// Holds the waiting posts of a draft whose approval is gone, at once and visibly; with it goes that of repeating it.
pub(crate) async fn hold_stale(change: &mut Change<'_>, draft: &draft::Model) -> Result<()> {
    recurrences::void(change, draft).await?;
    let waiting = post::Entity::find()
        .filter(post::Column::OfficeId.eq(draft.office_id))
        .filter(post::Column::DraftId.eq(draft.id))
        .filter(post::Column::State.is_in([PostState::Scheduled, PostState::Retrying]))
        .order_by_asc(post::Column::Id)
        .lock_exclusive()
        .all(change.tx())
        .await?;
    let mut touched = Vec::with_capacity(waiting.len());
    for post in waiting {
        let gate = post::ShutGate {
            gate: crate::gate::GateKind::Approval.code().to_owned(),
            clause: None,
            reason: "the draft changed after this was approved".to_owned(),
            opens: "have the newest revision approved by somebody who did not write it, and schedule that"
                .to_owned(),
        };
        let mut edit = post::ActiveModel::from(post.clone());
        edit.state = Set(post.state.next(PostEvent::Hold)?);
        edit.hold = Set(Some(post::Hold { since: change.now, gates: vec![gate] }));
        let held = store(change, &post, edit).await?;
        touched.push((held.office_id, held.channel_id));
        change.note("holdPost", "Post", held.id.0, json!({ "gates": ["APPROVAL"] }));
    }
    heads::refresh_all(change.tx(), touched).await
}

/// Whether a statement failed because the revision has a living post on the channel.
pub(crate) fn is_taken(error: &sea_orm::DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}

/// A post that comes back to life may find its revision scheduled anew.
fn rivals(error: OfficeError) -> OfficeError {
    match error {
        OfficeError::Fault(Fault::Database(error)) if is_taken(&error) => already_scheduled(),
        other => other,
    }
}

/// Posts of the same channel that have a moment for themselves within so much time of this one.
pub(crate) fn near(post: &post::Model, at: DateTime<Utc>, within: TimeDelta) -> Select<post::Entity> {
    post::Entity::find()
        .filter(post::Column::ChannelId.eq(post.channel_id))
        .filter(post::Column::Id.ne(post.id))
        .filter(post::Column::DueAt.gt(at - within))
        .filter(post::Column::DueAt.lt(at + within))
        .filter(post::Column::State.is_in(bulk::TAKES_A_MOMENT))
        .order_by_asc(post::Column::DueAt)
        .order_by_asc(post::Column::Id)
}

/// A revision goes out on a channel once.
pub(crate) fn already_scheduled() -> OfficeError {
    let message = "this revision is scheduled on that channel already: move that post (reschedulePost) or cancel it first";
    Refusal::new(RefusalCode::Taken, "", message).into()
}

async fn current(change: &Change<'_>, id: PostId, expected_version: i64) -> Result<post::Model> {
    let post = locked::<post::Entity>(change, id).await?;
    if post.state == PostState::Sending {
        return refuse(
            RefusalCode::IllegalState,
            "postId",
            "it is leaving this moment: look again in a few seconds",
        );
    }
    if post.version != expected_version {
        let message = format!("somebody changed this post: it is at version {}; read it again", post.version);
        return refuse(RefusalCode::Conflict, "expectedVersion", message);
    }
    Ok(post)
}

/// Stores a changed post under the next version.
pub(crate) async fn store(
    change: &Change<'_>,
    before: &post::Model,
    mut edit: post::ActiveModel,
) -> Result<post::Model> {
    edit.version = Set(before.version + 1);
    edit.updated_at = Set(change.now);
    Ok(edit.update(change.tx()).await?)
}
