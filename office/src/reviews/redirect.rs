//! Asking somebody else a question that nobody has answered.

use entity::{
    MemberId, OfficeId, ReviewId, draft, draft::DraftState, initiative, member, review, review::Decision,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait as _,
    Select,
};
use serde_json::json;

use super::advice::adviser;
use crate::{
    Office,
    change::Change,
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
    let waits = HELD_FOR_ADVICE.contains(&draft.state);
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

/// States of a draft in which a question without an answer holds it: revising it does not answer the question.
pub(crate) const HELD_FOR_ADVICE: [DraftState; 2] = [DraftState::AdviceSought, DraftState::Draft];

/// Questions that hold a draft until they are answered.
pub(crate) fn unanswered(office_id: OfficeId) -> Select<review::Entity> {
    let held = draft::Entity::find()
        .select_only()
        .column(draft::Column::Id)
        .filter(draft::Column::OfficeId.eq(office_id))
        .filter(draft::Column::State.is_in(HELD_FOR_ADVICE))
        .into_query();
    questions(office_id).filter(review::Column::DraftId.in_subquery(held))
}

fn questions(office_id: OfficeId) -> Select<review::Entity> {
    review::Entity::find()
        .filter(review::Column::OfficeId.eq(office_id))
        .filter(review::Column::Decision.eq(Decision::AdviceSought))
        .filter(review::Column::AnsweredAt.is_null())
}

/// Refuses a draft of which somebody was asked something and has not answered: revised or not, it is held until they do.
pub(crate) async fn require_answered(change: &Change<'_>, draft: &draft::Model) -> Result<()> {
    let open =
        questions(draft.office_id).filter(review::Column::DraftId.eq(draft.id)).one(change.tx()).await?;
    let Some(open) = open else { return Ok(()) };
    let name = match open.adviser_id {
        Some(id) => read::one::<member::Entity>(change.tx(), draft.office_id, id).await?.name,
        None => "the adviser".to_owned(),
    };
    let message = format!(
        "{name} was asked about this draft and has not answered: wait for the answer (giveAdvice), or ask somebody else \
         (askAnotherAdviser)"
    );
    refuse(RefusalCode::IllegalState, "draftId", message)
}
