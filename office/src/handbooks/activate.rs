//! A proposal comes into force: one transaction, after which every gate uses it. What waits in the queue is checked again
//! right after, by `queue::recheck`; a post that would leave before that meets the new version at its gate.

use entity::{HandbookId, handbook, handbook::HandbookState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::json;

use super::{document_of, id_in_force, usable};
use crate::{
    Office,
    change::Change,
    error::{RefusalCode, Result, refuse},
    lifecycle::{HandbookEvent, Lifecycle as _},
    pauses,
    policy::{Permit, op},
    queue::{self, Rechecked},
    read,
    rows::locked,
};

/// A version that came into force, and how far the queue was checked again.
#[derive(Debug, Clone)]
pub struct Activated {
    /// The version.
    pub handbook: handbook::Model,
    /// What was checked again before this was answered.
    pub rechecked: Rechecked,
    /// Whether posts are left, for the worker.
    pub more: bool,
}

/// Puts a proposal in force and checks the queue again, as much of it as an answer may wait for.
pub async fn activate(
    office: &Office,
    permit: &Permit<op::ActivateHandbook>,
    id: HandbookId,
    expected_in_force: HandbookId,
) -> Result<Activated> {
    let handbook = bring_into_force(office, permit, id, expected_in_force).await?;
    let again = Box::pin(queue::recheck_at_once(office, permit.requester())).await;
    let (rechecked, more) = again.unwrap_or_else(|error| {
        // It is in force all the same, and the worker finds what is left.
        tracing::error!(handbook.id = %handbook.id, %error, "the queue could not be checked again at once");
        (Rechecked::default(), true)
    });
    Ok(Activated { handbook, rechecked, more })
}

/// The transaction alone: the queue is left to the worker.
pub async fn bring_into_force(
    office: &Office,
    permit: &Permit<op::ActivateHandbook>,
    id: HandbookId,
    expected_in_force: HandbookId,
) -> Result<handbook::Model> {
    let row = read::one::<handbook::Entity>(office.db.read(), permit.office_id(), id).await?;
    row.state.next(HandbookEvent::Activate)?;
    // The program may have changed since it was proposed.
    usable("handbookId", document_of(&row)?).await?;
    let mut change = office.begin(permit.requester()).await?;
    // No post passes its gate while the handbook changes.
    pauses::lock_for_pause(change.tx(), change.office_id()).await?;
    let row = locked::<handbook::Entity>(&change, id).await?;
    let state: HandbookState = row.state.next(HandbookEvent::Activate)?;
    let current = id_in_force(change.tx(), change.office_id()).await?;
    if current != expected_in_force {
        let message = "another version came into force meanwhile: compare this one with it (handbookChanges), then say \
                       that you expect it";
        return refuse(RefusalCode::Conflict, "expectedInForce", message);
    }
    supersede(&mut change, current, id).await?;
    let mut edit = handbook::ActiveModel::from(row);
    edit.state = Set(state);
    edit.activated_at = Set(Some(change.now));
    edit.activated_by = Set(permit.requester().member_id());
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "number": row.number, "supersedes": current });
    change.note("activateHandbook", "Handbook", row.id.0, detail);
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

async fn supersede(change: &mut Change<'_>, id: HandbookId, by: HandbookId) -> Result<()> {
    let row = locked::<handbook::Entity>(change, id).await?;
    let state: HandbookState = row.state.next(HandbookEvent::Supersede)?;
    let mut edit = handbook::ActiveModel::from(row);
    edit.state = Set(state);
    let row = edit.update(change.tx()).await?;
    change.note("supersedeHandbook", "Handbook", row.id.0, json!({ "number": row.number, "by": by }));
    Ok(())
}
