//! An approval that comes after a post's time: the post does not leave at some hour that nobody chose. Whoever approves gives
//! it another time in the same transaction, or it is held until somebody does.

use std::collections::HashMap;

use entity::{ChannelId, draft, post, post::PersonHold, post::PostState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::{When, hold, moved, rivals, store, timing, when_moved};
use crate::{Office, calendar::LocalInstant, change::Change, error::Result, gate::GateKind, queue::heads};

const WHY: &str = "it was approved after its time";

/// Settles the posts of a draft whose newest revision was just approved and whose time has passed: they get the time `at`, or
/// are held. Those of recurrences have an approval and times of their own.
pub(crate) async fn approved_late(
    office: &Office,
    change: &mut Change<'_>,
    draft: &draft::Model,
    at: Option<&When>,
) -> Result<Vec<post::Model>> {
    let waiting = [PostState::Scheduled, PostState::Retrying, PostState::Held, PostState::Missed];
    let late = post::Entity::find()
        .filter(post::Column::OfficeId.eq(draft.office_id))
        .filter(post::Column::DraftId.eq(draft.id))
        .filter(post::Column::RevisionId.eq(draft.revision_id))
        .filter(post::Column::RecurrenceId.is_null())
        .filter(post::Column::State.is_in(waiting))
        .filter(post::Column::DueAt.lt(change.now))
        .order_by_asc(post::Column::Id)
        .lock_exclusive()
        .all(change.tx())
        .await?;
    let (mut settled, mut times) = (Vec::with_capacity(late.len()), HashMap::new());
    for post in late {
        settled.push(match at {
            Some(when) => {
                let time = time(office, change, when, post.channel_id, &mut times).await?;
                moved_to(change, &post, &time).await?
            }
            None => held(change, post).await?,
        });
    }
    let touched = settled.iter().map(|post| (post.office_id, post.channel_id)).collect();
    heads::refresh_all(change.tx(), touched).await?;
    if !settled.is_empty() {
        change.wake_workers();
    }
    Ok(settled)
}

/// The parts of a thread keep one time.
async fn time(
    office: &Office,
    change: &Change<'_>,
    when: &When,
    channel_id: ChannelId,
    known: &mut HashMap<ChannelId, LocalInstant>,
) -> Result<LocalInstant> {
    if let Some(time) = known.get(&channel_id) {
        return Ok(time.clone());
    }
    // Who approves names the time `at`.
    let time = timing::resolve(office, change, when, channel_id).await.map_err(|e| e.in_field("at"))?;
    known.insert(channel_id, time.clone());
    Ok(time)
}

async fn moved_to(change: &mut Change<'_>, post: &post::Model, time: &LocalInstant) -> Result<post::Model> {
    let edit = moved(post, when_moved(post)?, &time.local_time, &time.time_zone, time.instant);
    let post = store(change, post, edit).await.map_err(rivals)?;
    change.note("reschedulePost", "Post", post.id.0, json!({ "state": post.state, "dueAt": post.due_at }));
    Ok(post)
}

/// Holds it, unless it is missed, which waits for a person anyway, or somebody holds it for another reason.
async fn held(change: &mut Change<'_>, post: post::Model) -> Result<post::Model> {
    if post.state == PostState::Missed || post.person_hold.is_some() {
        return Ok(post);
    }
    let own = hold::by(change.tx(), change.requester(), WHY.to_owned(), change.now).await?;
    let edit = hold::held(&post, PersonHold { late_approval: true, ..own })?;
    let post = store(change, &post, edit).await?;
    change.note("holdPost", "Post", post.id.0, json!({ "gates": [GateKind::Hold.code()] }));
    Ok(post)
}
