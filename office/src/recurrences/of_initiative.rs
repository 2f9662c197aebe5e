//! The recurrences of one initiative: closing it ends them, or they would go on to make posts.

use entity::{InitiativeId, draft, recurrence, recurrence::RecurrenceState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _};
use serde_json::json;

use super::{finish, waiting};
use crate::{change::Change, error::Result, lifecycle::RecurrenceEvent};

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
