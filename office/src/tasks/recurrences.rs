//! Recurrences that wait for approval by somebody like the requester.

use entity::{DraftId, draft::DraftState, recurrence, recurrence::RecurrenceState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Facts, For, Found, TaskKind, initiatives};
use crate::{drafts, error::Result};

/// Proposed recurrences of approved drafts, of which the requester neither made the one nor wrote the other.
pub(super) async fn to_approve(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let rows = recurrence::Entity::find()
        .filter(recurrence::Column::OfficeId.eq(who.office_id))
        .filter(recurrence::Column::State.eq(RecurrenceState::Proposed))
        .filter(recurrence::Column::CreatedBy.ne(who.member_id))
        .filter(recurrence::Column::DraftId.in_subquery(initiatives::drafts_of_open(who)))
        .order_by_asc(recurrence::Column::UpdatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<DraftId> = rows.iter().map(|row| row.draft_id).collect();
    let uuids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let approved = initiatives::titles(who, &uuids, &[DraftState::Approved]).await?;
    let written = drafts::writers_of(db, who.office_id, &ids).await?;
    let task = |row: recurrence::Model| {
        Some(Found {
            kind: TaskKind::ApproveRecurrence,
            subject_kind: "Recurrence",
            subject_id: row.id.0,
            title: approved
                .get(&row.draft_id)
                .filter(|_| !written.contains(&(row.draft_id, who.member_id)))?
                .clone(),
            since: row.updated_at,
            facts: Facts::default(),
        })
    };
    Ok(rows.into_iter().filter_map(task).collect())
}
