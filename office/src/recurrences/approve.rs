//! Approving a recurrence: another person agrees that these words go out at all of these times.

use entity::{RecurrenceId, draft, draft::DraftState, recurrence, revision};
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{channels, create, current, extend, store, waiting};
use crate::{
    Office,
    change::Change,
    drafts,
    error::{OfficeError, RefusalCode, Result, refuse},
    handbooks, initiatives,
    lifecycle::{Lifecycle as _, RecurrenceEvent},
    policy::{self, Permit, op},
    posts, read,
    rows::same_version,
};

/// An approval.
#[derive(Debug, Clone)]
pub struct ApproveRecurrence {
    /// Which.
    pub id: RecurrenceId,
    /// The version that was read: another means that its rule changed meanwhile.
    pub expected_version: i64,
    /// Digest of the draft's revision that was read: another means that its words changed meanwhile.
    pub digest: String,
}

/// Approves that the draft's approved words are repeated. Its posts are made, and those that waited for older words take up
/// these. Nobody approves their own words, nor a recurrence that they made.
pub async fn approve(
    office: &Office,
    permit: &Permit<op::ApproveRecurrence>,
    input: ApproveRecurrence,
) -> Result<recurrence::Model> {
    handbooks::require_acknowledged(office, permit.requester()).await?;
    let Some(member) = permit.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can approve a recurrence".to_owned()));
    };
    let mut change = office.begin(permit.requester()).await?;
    let (draft, before) = current(&change, input.id).await?;
    if before.created_by == member {
        let message = "you made this recurrence: another member approves it";
        return refuse(RefusalCode::OwnWords, "recurrenceId", message);
    }
    let words_of = drafts::writers(change.tx(), draft.office_id, draft.id).await?;
    policy::not_own_words(member, &words_of)?;
    same_version("recurrence", input.expected_version, before.version)?;
    let state = before.state.next(RecurrenceEvent::Approve)?;
    let initiative = initiatives::named(change.tx(), draft.office_id, draft.initiative_id).await?;
    initiatives::takes_more(&initiative, "recurrenceId")?;
    of_these_words(&change, &draft, &input.digest).await?;
    let targets = posts::targets(&change, &draft, &channels(&before)).await?;
    create::no_threads(&targets)?;
    create::fitting_end(office, &before, change.now)?;
    let mut edit = recurrence::ActiveModel::from(before.clone());
    edit.state = Set(state);
    edit.revision_id = Set(Some(draft.revision_id));
    edit.approved_by = Set(Some(member));
    edit.approved_at = Set(Some(change.now));
    edit.extend_at = Set(Some(change.now));
    let row = store(&change, &before, edit).await?;
    let detail = json!({ "draft": draft.id, "digest": input.digest, "state": row.state });
    change.note("approveRecurrence", "Recurrence", row.id.0, detail);
    waiting::take_up(&mut change, &draft, &row, &targets).await?;
    let (row, _) = extend::make(office, &mut change, &draft, row).await?;
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

async fn of_these_words(change: &Change<'_>, draft: &draft::Model, digest: &str) -> Result<()> {
    if draft.state != DraftState::Approved {
        let message = format!("its draft is {}: have that approved first", draft.state.code());
        return refuse(RefusalCode::IllegalState, "recurrenceId", message);
    }
    let revision = read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?;
    create::once(&revision, "recurrenceId")?;
    if revision.digest != digest {
        let message =
            "this is not the newest revision any more: read the draft again and judge what it says now";
        return refuse(RefusalCode::Conflict, "digest", message);
    }
    Ok(())
}
