//! Trying and asking again at a person's wish. Nothing here goes round the gate, and nothing that may be out is sent: what
//! is not known is looked up.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    PostId, attempt,
    attempt::{AttemptKind, AttemptOutcome},
    channel,
    channel::Platform,
    channel_head, office as office_row, post,
    post::PostState,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::{already_scheduled, current, hold::TOO_LATE, is_taken, store};
use crate::{
    Actor, Office, calendar,
    change::Change,
    error::{Fault, OfficeError, RefusalCode, Result, refuse},
    lifecycle::{Lifecycle as _, PostEvent},
    policy::{Permit, op},
    queue::{RESTORED, heads},
    read,
    rows::locked,
};

/// Tries a post now that is surely not out: one that waits for its next try, or one that the platform refused.
pub async fn retry(
    office: &Office,
    permit: &Permit<op::RetryPost>,
    id: PostId,
    expected_version: i64,
) -> Result<post::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let post = current(&change, id, expected_version).await?;
    let mut edit = post::ActiveModel::from(post.clone());
    match post.state {
        PostState::Retrying if change.now > post.missed_after => {
            return refuse(RefusalCode::IllegalState, "postId", TOO_LATE);
        }
        PostState::Retrying => {
            let soonest = soonest(&change, &post).await?;
            if soonest > post.missed_after {
                return refuse(RefusalCode::IllegalState, "postId", ITS_CHANNEL_WAITS);
            }
            edit.run_at = Set(soonest);
        }
        PostState::Rejected => new_try(&change, &post, &mut edit).await?,
        other => return refuse(RefusalCode::IllegalState, "postId", instead(other, post.person_decides)),
    }
    let tried = store(&change, &post, edit).await.map_err(|error| match error {
        OfficeError::Fault(Fault::Database(error)) if is_taken(&error) => already_scheduled(),
        other => other,
    })?;
    heads::refresh(change.tx(), tried.office_id, tried.channel_id).await?;
    change.note("retryPost", "Post", id.0, json!({ "state": tried.state, "from": post.state }));
    change.wake_workers();
    change.commit().await?;
    Ok(tried)
}

/// What is said of a post whose channel waits longer than the post is wanted.
const ITS_CHANNEL_WAITS: &str = "its channel waits longer than the post is wanted (Channel.queue): give it another time \
                                 (reschedulePost), or cancel it";

/// Now, or when the platform lets the channel go on.
async fn soonest(change: &Change<'_>, post: &post::Model) -> Result<DateTime<Utc>> {
    let head = channel_head::Entity::find_by_id(post.channel_id).one(change.tx()).await?;
    Ok(head.and_then(|head| head.gate_until).map_or(change.now, |until| until.max(change.now)))
}

/// A refused post is a wish anew, for this moment: its lateness counts from here. It keeps its key, so that a platform that
/// has it after all, against its own word, answers with the first.
async fn new_try(change: &Change<'_>, post: &post::Model, edit: &mut post::ActiveModel) -> Result<()> {
    if matches!(change.requester().actor, Actor::Operator) {
        let message = "the platform refused it: whether the same words are tried again is for the office's people \
                       (retryPost)";
        return refuse(RefusalCode::NotResponsible, "postId", message);
    }
    let own = office_row::Entity::find_by_id(post.office_id).one(change.tx()).await?;
    let own = own.ok_or_else(|| Fault::Internal("the requester's office is gone".to_owned()))?;
    let time = calendar::local(change.now, &own.time_zone)?;
    let allowance = post.missed_after - post.due_at;
    edit.state = Set(post.state.next(PostEvent::TryAgain)?);
    edit.local_time = Set(time.local_time);
    edit.time_zone = Set(time.time_zone);
    edit.due_at = Set(change.now);
    edit.run_at = Set(soonest(change, post).await?);
    edit.missed_after = Set(change.now + allowance);
    edit.cause_code = Set(None);
    edit.cause_detail = Set(None);
    // What the rules say of it is looked at anew.
    edit.checked_handbook_id = Set(None);
    Ok(())
}

/// What to do with a post that cannot be tried now.
fn instead(state: PostState, person_decides: bool) -> &'static str {
    match state {
        PostState::Scheduled => {
            "it waits for its time, and was not tried since: give it another time (reschedulePost)"
        }
        PostState::Held => {
            "a gate is shut: explain says which and what opens it; releasePost looks again at once"
        }
        PostState::Missed => TOO_LATE,
        PostState::Unconfirmed if person_decides => {
            "it may be out, and the platform cannot tell: a coordinator looks there and says so (resolvePost)"
        }
        PostState::Unconfirmed => {
            "it may be out: it is being looked up, and never sent on a guess; lookUpPost asks at once"
        }
        PostState::Cancelled => "it was given up: schedule its draft again (schedulePost)",
        PostState::Sending => "it is leaving this moment: look again in a few seconds",
        PostState::Published | PostState::Corrected | PostState::Drifted => "it is out",
        PostState::Withdrawn => "it was out, and was taken back: schedule another draft",
        PostState::Retrying | PostState::Rejected => "it can be tried again",
    }
}

/// Asks the platform now whether an unconfirmed post is out; also when the last look-ups could not tell. Never before a lost
/// request must have ended: until then the answer would prove nothing.
pub async fn look_up(office: &Office, permit: &Permit<op::LookUpPost>, id: PostId) -> Result<post::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let post = locked::<post::Entity>(&change, id).await?;
    if post.state != PostState::Unconfirmed {
        let message = format!("it is {}: only an UNCONFIRMED post is looked up", post.state.code());
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    if post.lease_until.is_some() {
        let message = "the platform is being asked at this moment: look again in a few seconds";
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    let channel = read::one::<channel::Entity>(change.tx(), post.office_id, post.channel_id).await?;
    if post.cause_code.as_deref() == Some(RESTORED) && channel.platform == Platform::Feed {
        let message = "it may be out on the feed of another deployment, which this one cannot ask: look at the page there, \
                       and say what you found (resolvePost)";
        return refuse(RefusalCode::IllegalState, "postId", message);
    }
    let safe = safe_to_ask(office, &change, &post).await?;
    let mut edit = post::ActiveModel::from(post.clone());
    edit.run_at = Set(safe.max(change.now));
    edit.person_decides = Set(false);
    if post.person_decides {
        edit.look_ups = Set(0);
    }
    let post = store(&change, &post, edit).await?;
    change.note("lookUpPost", "Post", id.0, json!({ "state": post.state, "at": post.run_at }));
    change.wake_workers();
    change.commit().await?;
    Ok(post)
}

/// From when on the platform's answer proves something of the last try.
async fn safe_to_ask(office: &Office, change: &Change<'_>, post: &post::Model) -> Result<DateTime<Utc>> {
    let last = attempt::Entity::find()
        .filter(attempt::Column::PostId.eq(post.id))
        .filter(attempt::Column::Kind.eq(AttemptKind::Publish))
        .order_by_desc(attempt::Column::Number)
        .one(change.tx())
        .await?;
    let after = TimeDelta::seconds(office.limits.look_up_after_seconds);
    Ok(match last {
        // Its lease had ended before anybody took it over: no call lasts that long.
        Some(last) if last.outcome == AttemptOutcome::Abandoned => last.ended_at.unwrap_or(change.now),
        Some(last) => last.ended_at.unwrap_or(last.started_at) + after,
        None => change.now,
    })
}
