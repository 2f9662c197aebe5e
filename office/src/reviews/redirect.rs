//! Asking somebody else a question that nobody has answered.

use entity::{MemberId, OfficeId, ReviewId, draft, draft::DraftState, initiative, review, review::Decision};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait as _,
    Select,
};
use serde_json::json;

use super::advice::adviser;
use crate::{
    Office,
    error::{RefusalCode, Result, refuse},
    policy::{self, Permit, op},
    read,
    rows::locked,
};

/// Puts an unanswered question to another adviser. Who asked it does so, the initiative's project manager or a coordinator.
pub async fn ask_another(
    office: &Office,
    permit: &Permit<op::AskAnotherAdviser>,
    id: ReviewId,
    adviser_id: MemberId,
) -> Result<review::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let asked = locked::<review::Entity>(&change, id).await?;
    let draft = read::one::<draft::Entity>(change.tx(), asked.office_id, asked.draft_id).await?;
    if change.requester().member_id() != Some(asked.reviewer_id) {
        let initiative =
            read::one::<initiative::Entity>(change.tx(), asked.office_id, draft.initiative_id).await?;
        policy::manages(change.requester(), initiative.manager_id)?;
    }
    let waits = draft.state == DraftState::AdviceSought && draft.revision_id == asked.revision_id;
    if asked.decision != Decision::AdviceSought || asked.answered_at.is_some() || !waits {
        return refuse(RefusalCode::IllegalState, "reviewId", "this is no question that waits for an answer");
    }
    let adviser_id = adviser(&change, asked.reviewer_id, adviser_id).await?;
    let before = asked.adviser_id;
    let mut edit = review::ActiveModel::from(asked);
    edit.adviser_id = Set(Some(adviser_id));
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "review": row.id, "from": before, "adviser": adviser_id });
    change.note("askAnotherAdviser", "Draft", row.draft_id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// Questions that hold a draft until they are answered.
pub(crate) fn unanswered(office_id: OfficeId) -> Select<review::Entity> {
    let held = draft::Entity::find()
        .select_only()
        .column(draft::Column::RevisionId)
        .filter(draft::Column::OfficeId.eq(office_id))
        .filter(draft::Column::State.eq(DraftState::AdviceSought))
        .into_query();
    review::Entity::find()
        .filter(review::Column::OfficeId.eq(office_id))
        .filter(review::Column::Decision.eq(Decision::AdviceSought))
        .filter(review::Column::AnsweredAt.is_null())
        .filter(review::Column::RevisionId.in_subquery(held))
}
