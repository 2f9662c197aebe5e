//! The recurrences of one initiative or channel: its end ends them, or they would go on to make posts.

use entity::{ChannelId, InitiativeId, channel, draft, recurrence, recurrence::RecurrenceState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _};
use serde_json::json;
use uuid::Uuid;

use super::{finish, waiting};
use crate::{
    change::Change,
    error::{RefusalCode, Result, refuse},
    lifecycle::{Lifecycle as _, RecurrenceEvent},
    read,
    rows::json_holds,
};

/// Ends those that are not over, with their posts that have not left.
pub(crate) async fn end_of_initiative(change: &mut Change<'_>, id: InitiativeId) -> Result<()> {
    let drafts = draft::Entity::find()
        .select_only()
        .column(draft::Column::Id)
        .filter(draft::Column::OfficeId.eq(change.office_id()))
        .filter(draft::Column::InitiativeId.eq(id))
        .into_query();
    let rows = recurrence::Entity::find()
        .filter(recurrence::Column::OfficeId.eq(change.office_id()))
        .filter(recurrence::Column::DraftId.in_subquery(drafts))
        .filter(recurrence::Column::State.ne(RecurrenceState::Ended))
        .order_by_asc(recurrence::Column::Id)
        .limit(change.limits().bulk_posts)
        .lock_exclusive()
        .all(change.tx())
        .await?;
    let by = change.requester().member_id();
    for before in rows {
        let row = finish(change, &before, RecurrenceEvent::End, by).await?;
        waiting::cancel(change, &row, None).await?;
        let detail = json!({ "draft": row.draft_id, "state": row.state, "initiative": id });
        change.note("endRecurrence", "Recurrence", row.id.0, detail);
    }
    Ok(())
}

/// Ends those that go to this channel and to no other that is open. Their posts are whose channel closes to settle.
pub(crate) async fn end_of_channel(change: &mut Change<'_>, id: ChannelId) -> Result<()> {
    let rows = recurrence::Entity::find()
        .filter(recurrence::Column::OfficeId.eq(change.office_id()))
        .filter(json_holds(recurrence::Column::Channels, &id.0.to_string()))
        .filter(recurrence::Column::State.ne(RecurrenceState::Ended))
        .order_by_asc(recurrence::Column::Id)
        .limit(change.limits().bulk_posts)
        .lock_exclusive()
        .all(change.tx())
        .await?;
    let by = change.requester().member_id();
    for before in rows {
        let others: Vec<ChannelId> =
            before.channels.0.iter().copied().filter(|channel| *channel != id).collect();
        if closed(change, &others).await?.len() < others.len() {
            continue;
        }
        let row = finish(change, &before, RecurrenceEvent::End, by).await?;
        let detail = json!({ "draft": row.draft_id, "state": row.state, "channel": id });
        change.note("endRecurrence", "Recurrence", row.id.0, detail);
    }
    Ok(())
}

/// Those of the channels to which nothing goes any more.
async fn closed(change: &Change<'_>, ids: &[ChannelId]) -> Result<Vec<ChannelId>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = read::many::<channel::Entity>(change.tx(), change.office_id(), &ids).await?;
    Ok(rows.into_iter().filter(|row| row.state.is_terminal()).map(|row| row.id).collect())
}

/// Refuses to repeat anything on a channel that is closed.
pub(super) async fn all_open(change: &Change<'_>, ids: &[ChannelId]) -> Result<()> {
    if closed(change, ids).await?.is_empty() {
        return Ok(());
    }
    let message =
        "one of these channels is closed, and nothing goes there: name the others alone in `channelIds`";
    refuse(RefusalCode::IllegalState, "channelIds", message)
}
