//! Reviews: one person's decision on one revision, bound to the digest of exactly what will be sent.

use std::collections::BTreeSet;

use entity::{
    DraftId, MemberId, ReviewId, draft, member,
    member::MemberState,
    review,
    review::{Checked, Decision},
    revision,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::Serialize;
use serde_json::json;

use crate::{
    Office,
    change::Change,
    client_keys::Call,
    drafts,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields, handbooks,
    lifecycle::{DraftEvent, Lifecycle as _},
    policy::{self, Permit, op},
    posts, read,
    rows::{locked, referenced},
};

mod redirect;

pub use redirect::ask_another;
pub(crate) use redirect::unanswered;

/// A reviewer's judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Judgement {
    /// May go out, exactly as it is.
    Approve,
    /// Not like this.
    RequestChanges,
}

impl Judgement {
    fn means(self) -> (DraftEvent, Decision) {
        match self {
            Self::Approve => (DraftEvent::Approve, Decision::Approved),
            Self::RequestChanges => (DraftEvent::RequestChanges, Decision::ChangesRequested),
        }
    }
}

/// A decision on the revision that the reviewer saw.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewDraft {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The draft.
    pub draft_id: DraftId,
    /// Digest of the revision that the reviewer saw: another means that it was changed meanwhile.
    pub digest: String,
    /// The judgement.
    pub judgement: Judgement,
    /// What the reviewer says; needed to send it back.
    pub comment: Option<String>,
    /// Clauses of the handbook's checklist that the reviewer ticked; none when they did not say.
    pub checked: Option<Vec<String>>,
}

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

/// Approves a draft's newest revision, or sends it back. Nobody judges their own words.
pub async fn review(
    office: &Office,
    permit: &Permit<op::ReviewDraft>,
    input: ReviewDraft,
) -> Result<review::Model> {
    let call = Call::new::<op::ReviewDraft>(input.client_key.as_deref(), &input)?;
    handbooks::require_acknowledged(office, permit.requester()).await?;
    let comment = fields::optional_paragraph(&office.limits, "comment", input.comment.as_deref())?;
    let (event, decision) = input.judgement.means();
    if decision == Decision::ChangesRequested && comment.is_none() {
        return refuse(RefusalCode::Required, "comment", "say what should change");
    }
    let checked = ticked(office, permit.office_id(), input.checked.as_deref()).await?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<review::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let reviewer = reviewer(&change)?;
    let draft = locked::<draft::Entity>(&change, input.draft_id).await?;
    policy::not_own_words(reviewer, &drafts::writers(change.tx(), draft.office_id, draft.id).await?)?;
    let revision = read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?;
    if revision.digest != input.digest {
        let message =
            "this is not the newest revision any more: read the draft again and judge what it says now";
        return refuse(RefusalCode::Conflict, "digest", message);
    }
    let mut edit = draft::ActiveModel::from(draft.clone());
    edit.state = Set(draft.state.next(event)?);
    let draft = drafts::touch(&change, &draft, edit).await?;
    let said = Said { decision, comment, checked, adviser_id: None };
    let review = insert(&change, &draft, &revision, reviewer, said).await?;
    change.note(
        "reviewDraft",
        "Draft",
        draft.id.0,
        json!({ "decision": decision, "digest": review.digest, "review": review.id }),
    );
    if decision == Decision::ChangesRequested {
        posts::hold_stale(&mut change, &draft).await?;
    } else {
        change.move_gates();
    }
    call.remember(&change, review.id.0).await?;
    change.commit().await?;
    Ok(review)
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

async fn adviser(change: &Change<'_>, seeker: MemberId, wanted: MemberId) -> Result<MemberId> {
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
    if asked.adviser_id.is_none() || asked.adviser_id != permit.requester().member_id() {
        return refuse(RefusalCode::NotResponsible, "reviewId", "only the adviser who was asked may answer");
    }
    if asked.answered_at.is_some() {
        return refuse(RefusalCode::IllegalState, "reviewId", "this question was answered already");
    }
    let mut edit = review::ActiveModel::from(asked.clone());
    edit.answer = Set(Some(answer));
    edit.answered_at = Set(Some(change.now));
    let review = edit.update(change.tx()).await?;
    let draft = locked::<draft::Entity>(&change, asked.draft_id).await?;
    // Revised or withdrawn meanwhile: the answer is kept, the draft stays where it is.
    if draft.revision_id == asked.revision_id && draft.state == draft::DraftState::AdviceSought {
        let mut edit = draft::ActiveModel::from(draft.clone());
        edit.state = Set(draft.state.next(DraftEvent::AnswerAdvice)?);
        drafts::touch(&change, &draft, edit).await?;
    }
    change.note("giveAdvice", "Draft", draft.id.0, json!({ "review": review.id }));
    change.commit().await?;
    Ok(review)
}

fn reviewer(change: &Change<'_>) -> Result<MemberId> {
    let member = change.requester().member_id();
    member.ok_or_else(|| OfficeError::Forbidden("only a member can do this".to_owned()))
}

/// The ticked clauses, each once: they must be on the checklist of the handbook in force.
async fn ticked(
    office: &Office,
    office_id: entity::OfficeId,
    clauses: Option<&[String]>,
) -> Result<Option<Checked>> {
    let Some(clauses) = clauses else { return Ok(None) };
    fields::at_most(office.limits.list_items, "checked", clauses.len())?;
    let handbook = handbooks::in_force(office, office.db.read(), office_id).await?;
    let asked = |clause: &String| handbook.document.checklist.iter().any(|item| item.clause == *clause);
    if !clauses.iter().all(asked) {
        let message =
            "a ticked clause is not on the checklist of the handbook in force: read the checklist again";
        return refuse(RefusalCode::Invalid, "checked", message);
    }
    Ok(Some(Checked(clauses.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect())))
}

/// What a reviewer or a seeker of advice says.
struct Said {
    decision: Decision,
    comment: Option<String>,
    checked: Option<Checked>,
    adviser_id: Option<MemberId>,
}

async fn insert(
    change: &Change<'_>,
    draft: &draft::Model,
    revision: &revision::Model,
    reviewer_id: MemberId,
    said: Said,
) -> Result<review::Model> {
    let row = review::Model {
        id: change.id(),
        office_id: draft.office_id,
        draft_id: draft.id,
        revision_id: revision.id,
        reviewer_id,
        decision: said.decision,
        digest: revision.digest.clone(),
        comment: said.comment,
        checked: said.checked,
        adviser_id: said.adviser_id,
        answer: None,
        answered_at: None,
        created_at: change.now,
    };
    Ok(review::ActiveModel::from(row).reset_all().insert(change.tx()).await?)
}
