//! What becomes of a recurrence's posts when its rule or its words change.

use std::collections::HashSet;

use entity::{ChannelId, draft, post, post::PostState, recurrence, revision_target};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::json;

use crate::{
    change::Change,
    error::Result,
    gate::GateKind,
    lifecycle::{Lifecycle as _, PostEvent},
    posts,
    queue::heads,
};

/// Its posts in these states, locked.
async fn locked(
    change: &Change<'_>,
    row: &recurrence::Model,
    states: &[PostState],
) -> Result<Vec<post::Model>> {
    let found = post::Entity::find()
        .filter(post::Column::RecurrenceId.is_not_null())
        .filter(post::Column::RecurrenceId.eq(row.id))
        .filter(post::Column::State.is_in(states.iter().copied()))
        .order_by_asc(post::Column::Id)
        .lock_exclusive()
        .all(change.tx())
        .await?;
    Ok(found)
}

/// Cancels what has not left: all of it, or what was planned later than `beyond`. What is cut off so is free to be made
/// again, should the end be moved back; what somebody cancelled by hand is not.
pub(super) async fn cancel(
    change: &mut Change<'_>,
    row: &recurrence::Model,
    beyond: Option<&str>,
) -> Result<()> {
    let waiting = [PostState::Scheduled, PostState::Retrying, PostState::Held, PostState::Missed];
    let mut touched = Vec::new();
    for post in locked(change, row, &waiting).await? {
        if beyond.is_some_and(|last| post.occurrence.as_str() <= last) {
            continue;
        }
        let mut edit = post::ActiveModel::from(post.clone());
        edit.state = Set(post.state.next(PostEvent::Cancel)?);
        edit.hold = Set(None);
        if beyond.is_some() {
            edit.occurrence = Set(String::new());
        }
        let post = posts::store(change, &post, edit).await?;
        touched.push((post.office_id, post.channel_id));
        change.note("cancelPost", "Post", post.id.0, json!({ "state": post.state, "recurrence": row.id }));
    }
    heads::refresh_all(change.tx(), touched).await
}

/// Gives its waiting posts the words that were just approved. One that was tried keeps its own: nobody can be sure that
/// the platform has not seen them.
pub(super) async fn take_up(
    change: &mut Change<'_>,
    draft: &draft::Model,
    row: &recurrence::Model,
    targets: &[revision_target::Model],
) -> Result<()> {
    let said = said(change, draft).await?;
    let mut touched = Vec::new();
    for post in locked(change, row, &[PostState::Scheduled, PostState::Held, PostState::Missed]).await? {
        let free = !said.contains(&(post.channel_id, post.occurrence.clone()));
        let target = targets.iter().find(|target| free && target.channel_id == post.channel_id);
        let Some(target) = target.filter(|_| post.attempts == 0 && post.revision_id != draft.revision_id)
        else {
            continue;
        };
        let mut edit = post::ActiveModel::from(post.clone());
        edit.revision_id = Set(draft.revision_id);
        edit.digest = Set(target.digest.clone());
        edit.checked_handbook_id = Set(None);
        if held_for_its_words_alone(&post) {
            edit.state = Set(post.state.next(PostEvent::Reopen)?);
            edit.hold = Set(None);
            edit.run_at = Set(post.due_at.max(change.now));
        }
        let post = posts::store(change, &post, edit).await?;
        touched.push((post.office_id, post.channel_id));
        let detail = json!({ "state": post.state, "revision": post.revision_id, "recurrence": row.id });
        change.note("approveRecurrence", "Post", post.id.0, detail);
    }
    heads::refresh_all(change.tx(), touched).await
}

/// Where and at which of their times these words have a post of a recurrence already.
async fn said(change: &Change<'_>, draft: &draft::Model) -> Result<HashSet<(ChannelId, String)>> {
    let found: Vec<(ChannelId, String)> = post::Entity::find()
        .select_only()
        .column(post::Column::ChannelId)
        .column(post::Column::Occurrence)
        .filter(post::Column::DraftId.eq(draft.id))
        .filter(post::Column::RevisionId.eq(draft.revision_id))
        .filter(post::Column::Occurrence.ne(""))
        .filter(Expr::cust(posts::LIVING))
        .into_tuple()
        .all(change.tx())
        .await?;
    Ok(found.into_iter().collect())
}

fn held_for_its_words_alone(post: &post::Model) -> bool {
    let approval = GateKind::Approval.code();
    post.state == PostState::Held
        && post.hold.as_ref().is_some_and(|hold| hold.gates.iter().all(|gate| gate.gate == approval))
}
