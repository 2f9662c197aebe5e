//! Advice: in doubt somebody is asked, and the draft waits for the answer.

use entity::{
    DraftId, MemberId, ReviewId, draft, draft::DraftState, member, member::MemberState, review,
    review::Decision, revision,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::Serialize;
use serde_json::json;

use super::{Said, insert, reviewer};
use crate::{
    Office,
    change::Change,
    client_keys::Call,
    drafts,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::{DraftEvent, Lifecycle as _},
    policy::{self, Permit, op},
    read,
    rows::{locked, referenced},
};

/// A question to an adviser.
#[derive(Debug, Clone, Serialize)]
pub struct SeekAdvice {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The draft.
    pub draft_id: DraftId,
    /// Who is asked.
    pub adviser_id: MemberId,
    /// What.
    pub question: String,
}

/// In doubt: asks an adviser and holds the draft until they answer.
pub async fn seek_advice(
    office: &Office,
    permit: &Permit<op::SeekAdvice>,
    input: SeekAdvice,
) -> Result<review::Model> {
    let call = Call::new::<op::SeekAdvice>(input.client_key.as_deref(), &input)?;
    let question = fields::paragraph(&office.limits, "question", &input.question)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<review::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let seeker = reviewer(&change)?;
    let adviser_id = adviser(&change, seeker, input.adviser_id).await?;
    let draft = locked::<draft::Entity>(&change, input.draft_id).await?;
    if draft.state == DraftState::Draft {
        let message = "advice is sought on what is in review: submit the draft first (submitDraft)";
        return refuse(RefusalCode::IllegalState, "draftId", message);
    }
    let revision = read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?;
    let mut edit = draft::ActiveModel::from(draft.clone());
    edit.state = Set(draft.state.next(DraftEvent::SeekAdvice)?);
    let draft = drafts::touch(&change, &draft, edit).await?;
    let said = Said {
        decision: Decision::AdviceSought,
        comment: Some(question),
        checked: None,
        adviser_id: Some(adviser_id),
    };
    let review = insert(&change, &draft, &revision, seeker, said).await?;
    change.note("seekAdvice", "Draft", draft.id.0, json!({ "review": review.id, "adviser": adviser_id }));
    call.remember(&change, review.id.0).await?;
    change.commit().await?;
    Ok(review)
}

/// Standing in for the adviser, nobody answers their own doubt, nor about their own words.
async fn not_of_the_asker(change: &Change<'_>, asked: &review::Model) -> Result<()> {
    let mut words_of = drafts::writers(change.tx(), asked.office_id, asked.draft_id).await?;
    words_of.push(asked.reviewer_id);
    match change.requester().member_id() {
        Some(member) => policy::not_own_words(member, &words_of),
        None => Ok(()),
    }
}

pub(super) async fn adviser(change: &Change<'_>, seeker: MemberId, wanted: MemberId) -> Result<MemberId> {
    let found = read::one::<member::Entity>(change.tx(), change.office_id(), wanted).await;
    let found = referenced(found, "adviserId")?;
    if found.state != MemberState::Active || found.id == seeker {
        return refuse(RefusalCode::Invalid, "adviserId", "ask another member who is still in the office");
    }
    Ok(found.id)
}

/// The adviser's answer: the draft goes back into review.
pub async fn give_advice(
    office: &Office,
    permit: &Permit<op::GiveAdvice>,
    id: ReviewId,
    answer: &str,
) -> Result<review::Model> {
    let answer = fields::paragraph(&office.limits, "answer", answer)?;
    let mut change = office.begin(permit.requester()).await?;
    let asked = locked::<review::Entity>(&change, id).await?;
    if !asked.adviser_id.is_some_and(|id| permit.requester().acts_as(id)) {
        let message = "only the adviser who was asked may answer, or who stands in for them today";
        return refuse(RefusalCode::NotResponsible, "reviewId", message);
    }
    if asked.answered_at.is_some() {
        return refuse(RefusalCode::IllegalState, "reviewId", "this question was answered already");
    }
    if permit.requester().member_id() != asked.adviser_id {
        not_of_the_asker(&change, &asked).await?;
    }
    let mut edit = review::ActiveModel::from(asked.clone());
    edit.answer = Set(Some(answer));
    edit.answered_at = Set(Some(change.now));
    edit.answered_by = Set(permit.requester().member_id());
    let review = edit.update(change.tx()).await?;
    let draft = locked::<draft::Entity>(&change, asked.draft_id).await?;
    // Revised or withdrawn meanwhile: the answer is kept, the draft stays where it is.
    if draft.revision_id == asked.revision_id && draft.state == DraftState::AdviceSought {
        let mut edit = draft::ActiveModel::from(draft.clone());
        edit.state = Set(draft.state.next(DraftEvent::AnswerAdvice)?);
        drafts::touch(&change, &draft, edit).await?;
    }
    change.note("giveAdvice", "Draft", draft.id.0, json!({ "review": review.id }));
    change.commit().await?;
    Ok(review)
}
