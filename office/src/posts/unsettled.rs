//! The posts of an initiative, or of a channel, that have not left: what its end must settle.

use std::collections::HashMap;

use entity::{ChannelId, InitiativeId, OfficeId, PostId, post, post::PostState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{given_up, settled, store};
use crate::{
    change::Change,
    error::Result,
    lifecycle::{Lifecycle as _, PostEvent},
    read,
};

/// States in which a post can be cancelled.
const WAITING: [PostState; 4] =
    [PostState::Scheduled, PostState::Retrying, PostState::Held, PostState::Missed];

/// States in which nobody can say yet whether it will be out.
const UNDECIDED: [PostState; 2] = [PostState::Sending, PostState::Unconfirmed];

/// Whose posts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ending {
    /// Of an initiative that closes.
    Initiative(InitiativeId),
    /// Of a channel that retires.
    Channel(ChannelId),
}

impl Ending {
    fn posts(self, change: &Change<'_>) -> Select<post::Entity> {
        let own = match self {
            Self::Initiative(id) => post::Column::InitiativeId.eq(id),
            Self::Channel(id) => post::Column::ChannelId.eq(id),
        };
        post::Entity::find()
            .filter(post::Column::OfficeId.eq(change.office_id()))
            .filter(own)
            .order_by_asc(post::Column::Id)
    }

    fn because(self, state: PostState) -> Value {
        match self {
            Self::Initiative(id) => json!({ "state": state, "initiative": id }),
            Self::Channel(id) => json!({ "state": state, "retired": id }),
        }
    }
}

/// Cancels those that wait, at most as many as one bulk act takes.
pub(crate) async fn cancel_waiting(change: &mut Change<'_>, of: Ending) -> Result<()> {
    let waiting =
        of.posts(change).filter(post::Column::State.is_in(WAITING)).limit(change.limits().bulk_posts);
    for post in waiting.lock_exclusive().all(change.tx()).await? {
        let edit = given_up(&post, post.state.next(PostEvent::Cancel)?);
        let post = store(change, &post, edit).await?;
        settled(change, &post).await?;
        change.note("cancelPost", "Post", post.id.0, of.because(post.state));
    }
    Ok(())
}

/// Those that are not settled, at most `limit`.
pub(crate) async fn unsettled(change: &Change<'_>, of: Ending, limit: u64) -> Result<Vec<PostId>> {
    let states = WAITING.into_iter().chain(UNDECIDED);
    let rows =
        of.posts(change).filter(post::Column::State.is_in(states)).limit(limit).all(change.tx()).await?;
    Ok(rows.into_iter().map(|post| post.id).collect())
}

/// How many posts of each of these initiatives are not settled; none where there is no such post.
pub(crate) async fn unsettled_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    initiatives: &[Uuid],
) -> Result<HashMap<InitiativeId, i64>> {
    let rows: Vec<(InitiativeId, i64)> = post::Entity::find()
        .select_only()
        .column(post::Column::InitiativeId)
        .column_as(post::Column::Id.count(), "waiting")
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(read::among(db.get_database_backend(), post::Column::InitiativeId, initiatives))
        .filter(post::Column::State.is_in(WAITING.into_iter().chain(UNDECIDED)))
        .group_by(post::Column::InitiativeId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
