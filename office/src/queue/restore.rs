//! The queue of an office that was brought in from an archive. Where it came from it may still run: nothing that waits may
//! leave before a person says so, and nobody knows what became of what was leaving.

use entity::{
    attempt,
    attempt::AttemptOutcome,
    channel, pause, post,
    post::{Hold, PostState},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::{
    Cause,
    attempts::{self, End},
    heads, settle, write,
};
use crate::{
    change::Change,
    error::Result,
    gate,
    lifecycle::{Lifecycle as _, PostEvent},
};

/// The cause of what a restored post became.
pub(crate) const RESTORED: &str = "RESTORED";

/// Rows that are changed in one statement.
const BATCH: u64 = 200;

/// What became of an office's posts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    /// Waited, and are held by the pause.
    pub held: usize,
    /// Were leaving, or it was not known whether they had left: a person decides about each.
    pub unconfirmed: usize,
}

/// Brings the posts of the change's office to rest under a pause of all of it, and works out its channels' heads.
pub(crate) async fn restore(change: &mut Change<'_>, pause: &pause::Model) -> Result<Restored> {
    let mut restored = Restored::default();
    let cause = Cause {
        code: RESTORED.to_owned(),
        detail: "the office was restored from an archive while this was under way".to_owned(),
        http_status: None,
    };
    loop {
        let mut posts = moving(change).limit(BATCH).all(change.tx()).await?;
        if posts.is_empty() {
            break;
        }
        for post in &mut posts {
            rest(change, post, pause, &cause)?;
            match post.state {
                PostState::Held => restored.held += 1,
                _ => restored.unconfirmed += 1,
            }
        }
        write::posts(change, &mut posts).await?;
    }
    end_attempts(change, &cause).await?;
    let channels = channel::Entity::find()
        .select_only()
        .column(channel::Column::Id)
        .filter(channel::Column::OfficeId.eq(change.office_id()))
        .into_tuple()
        .all(change.tx())
        .await?;
    let channels = channels.into_iter().map(|id| (change.office_id(), id)).collect();
    heads::refresh_all(change.tx(), channels).await?;
    Ok(restored)
}

/// Posts that something would happen to by itself.
fn moving(change: &Change<'_>) -> sea_orm::Select<post::Entity> {
    let asked = Condition::all().add(post::Column::State.eq(PostState::Unconfirmed)).add(
        Condition::any()
            .add(post::Column::PersonDecides.eq(false))
            .add(post::Column::LeaseUntil.is_not_null()),
    );
    let waits = post::Column::State.is_in([PostState::Scheduled, PostState::Retrying, PostState::Sending]);
    post::Entity::find()
        .filter(post::Column::OfficeId.eq(change.office_id()))
        .filter(Condition::any().add(waits).add(asked))
        .order_by_asc(post::Column::Id)
}

fn rest(change: &mut Change<'_>, post: &mut post::Model, pause: &pause::Model, cause: &Cause) -> Result<()> {
    post.lease_until = None;
    post.worker_id = None;
    match post.state {
        PostState::Scheduled | PostState::Retrying => {
            post.state = post.state.next(PostEvent::Hold)?;
            post.hold = Some(Hold { since: change.now, gates: gate::shut(&[gate::paused(pause)]) });
            // The gate of its order says when it may go on.
            post.waits = false;
        }
        PostState::Sending => {
            post.state = post.state.next(PostEvent::LoseSight)?;
            settle::because(post, cause);
            post.person_decides = true;
        }
        _ => post.person_decides = true,
    }
    let detail = json!({ "state": post.state, "personDecides": post.person_decides });
    change.note("restorePost", "Post", post.id.0, detail);
    Ok(())
}

async fn end_attempts(change: &Change<'_>, cause: &Cause) -> Result<()> {
    loop {
        let open = attempt::Entity::find()
            .filter(attempt::Column::OfficeId.eq(change.office_id()))
            .filter(attempt::Column::Outcome.eq(AttemptOutcome::Open))
            .order_by_asc(attempt::Column::Id)
            .limit(BATCH)
            .all(change.tx())
            .await?;
        if open.is_empty() {
            return Ok(());
        }
        let end = |row: &attempt::Model| (row.id, End::cause(AttemptOutcome::Abandoned, cause));
        attempts::end(change, &open.iter().map(end).collect::<Vec<_>>()).await?;
    }
}
