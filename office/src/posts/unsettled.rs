//! The posts of one initiative that have not left: what closing it must settle.

use entity::{InitiativeId, PostId, post, post::PostState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde_json::json;

use super::{given_up, settled, store};
use crate::{
    change::Change,
    error::Result,
    lifecycle::{Lifecycle as _, PostEvent},
};

/// States in which a post can be cancelled.
const WAITING: [PostState; 4] =
    [PostState::Scheduled, PostState::Retrying, PostState::Held, PostState::Missed];

/// States in which nobody can say yet whether it will be out.
const UNDECIDED: [PostState; 2] = [PostState::Sending, PostState::Unconfirmed];

fn of(change: &Change<'_>, id: InitiativeId) -> Select<post::Entity> {
    post::Entity::find()
        .filter(post::Column::OfficeId.eq(change.office_id()))
        .filter(post::Column::InitiativeId.eq(id))
        .order_by_asc(post::Column::Id)
}

/// Cancels those that wait, at most as many as one bulk act takes.
pub(crate) async fn cancel_of_initiative(change: &mut Change<'_>, id: InitiativeId) -> Result<()> {
    let waiting = of(change, id).filter(post::Column::State.is_in(WAITING)).limit(change.limits().bulk_posts);
    for post in waiting.lock_exclusive().all(change.tx()).await? {
        let edit = given_up(&post, post.state.next(PostEvent::Cancel)?);
        let post = store(change, &post, edit).await?;
        settled(change, &post).await?;
        change.note("cancelPost", "Post", post.id.0, json!({ "state": post.state, "initiative": id }));
    }
    Ok(())
}

/// Those that are not settled, at most `limit`.
pub(crate) async fn unsettled_of_initiative(
    change: &Change<'_>,
    id: InitiativeId,
    limit: u64,
) -> Result<Vec<PostId>> {
    let states = WAITING.into_iter().chain(UNDECIDED);
    let rows = of(change, id).filter(post::Column::State.is_in(states)).limit(limit).all(change.tx()).await?;
    Ok(rows.into_iter().map(|post| post.id).collect())
}
