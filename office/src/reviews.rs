//! Reviews: one person's decision on one revision, bound to the digest of exactly what will be sent.

use std::collections::BTreeSet;

use entity::{
    DraftId, MemberId, draft,
    draft::DraftState,
    member::Roles,
    post, review,
    review::{Checked, Decision},
    revision,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::Serialize;
use serde_json::json;

use crate::{
    Actor, Office, Requester,
    change::Change,
    client_keys::Call,
    drafts,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields, handbooks,
    lifecycle::{DraftEvent, Lifecycle as _},
    policy::{self, Permit, op},
    posts::{self, When},
    read,
    rows::locked,
};

mod redirect;

pub use redirect::ask_another;
pub(crate) use redirect::{HELD_FOR_ADVICE, require_answered, unanswered};
mod advice;
mod approval;
mod policies;
mod steps;

pub use advice::{SeekAdvice, give_advice, seek_advice};
pub(crate) use approval::require_complete;
pub use approval::{Standing, of_drafts};
pub use policies::{InForce, SetReviewPolicy, end, list, people, set, undoable};
pub(crate) use policies::{in_force, named_in};
pub(crate) use steps::progress;
pub use steps::{Approval, Approver, Ground, Named, Progress};

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

/// A decision, and what it did to posts whose time had passed.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// The decision.
    pub review: review::Model,
    /// The posts for which the approval came too late, as they are now: at their new time, held, or missed.
    pub late: Vec<post::Model>,
}

/// Approves a draft's newest revision, or sends it back. Nobody judges their own words.
pub async fn review(
    office: &Office,
    permit: &Permit<op::ReviewDraft>,
    input: ReviewDraft,
) -> Result<review::Model> {
    Ok(review_at(office, permit, input, None).await?.review)
}

/// The same, with another time for the posts for which an approval comes too late.
pub async fn review_at(
    office: &Office,
    permit: &Permit<op::ReviewDraft>,
    input: ReviewDraft,
    at: Option<&When>,
) -> Result<Reviewed> {
    let call = call(&input, at)?;
    may_judge(office, permit.requester()).await?;
    if at.is_some() {
        permit.requester().permit::<op::ReschedulePost>()?;
    }
    handbooks::require_acknowledged(office, permit.requester()).await?;
    let comment = fields::optional_paragraph(&office.limits, "comment", input.comment.as_deref())?;
    let (event, decision) = input.judgement.means();
    if decision == Decision::ChangesRequested && comment.is_none() {
        return refuse(RefusalCode::Required, "comment", "say what should change");
    }
    if decision == Decision::ChangesRequested && at.is_some() {
        let message =
            "another time goes with an approval: leave it out, posts of a draft that is sent back are held";
        return refuse(RefusalCode::Invalid, "at", message);
    }
    let checked = ticked(office, permit.office_id(), input.checked.as_deref()).await?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        let review = read::one::<review::Entity>(change.tx(), permit.office_id(), id).await?;
        return Ok(Reviewed { review, late: Vec::new() });
    }
    let reviewer = reviewer(&change)?;
    let (draft, revision) = judged(&change, reviewer, &input).await?;
    let standing = approval::of_draft(change.tx(), draft.office_id, draft.id).await?;
    let next = next(draft.state, event, &standing)?;
    allowed(&change, reviewer, decision, &standing)?;
    let said = Said { decision, comment, checked, adviser_id: None };
    let review = insert(&change, &draft, &revision, reviewer, said).await?;
    let complete = standing.with(review.clone()).approval.complete();
    let mut edit = draft::ActiveModel::from(draft.clone());
    if complete || decision == Decision::ChangesRequested {
        edit.state = Set(next);
    }
    let draft = drafts::touch(&change, &draft, edit).await?;
    let detail =
        json!({ "decision": decision, "digest": review.digest, "review": review.id, "state": draft.state });
    change.note("reviewDraft", "Draft", draft.id.0, detail);
    let mut late = Vec::new();
    if decision == Decision::ChangesRequested {
        posts::hold_stale(&mut change, &draft).await?;
    } else if complete {
        late = posts::approved_late(office, &mut change, &draft, at).await?;
        change.move_gates();
    }
    call.remember(&change, review.id.0).await?;
    change.commit().await?;
    Ok(Reviewed { review, late })
}

/// A repeat names the same time too; one that names none has the digest that it always had.
fn call(input: &ReviewDraft, at: Option<&When>) -> Result<Call> {
    let key = input.client_key.as_deref();
    match at {
        None => Call::new::<op::ReviewDraft>(key, input),
        Some(when) => Call::new::<op::ReviewDraft>(key, &(input, format!("{when:?}"))),
    }
}

/// Who may judge anything at all: project managers and coordinators, and whom a review policy in force names.
async fn may_judge(office: &Office, requester: &Requester) -> Result<()> {
    let Actor::Member { id, roles } = &requester.actor else {
        return Err(OfficeError::Forbidden("only a member can do this".to_owned()));
    };
    if usually(roles) || InForce::load(office.db.read(), requester.office_id).await?.involves(*id, roles) {
        return Ok(());
    }
    let message =
        "reviewDraft needs one of the roles PROJECT_MANAGER, COORDINATOR, or a review policy that names you";
    Err(OfficeError::Forbidden(message.to_owned()))
}

/// Whether these roles judge where no policy says otherwise.
pub fn usually(roles: &Roles) -> bool {
    steps::USUAL.iter().any(|role| roles.contains(*role))
}

/// The draft, locked, with the revision that the reviewer saw.
async fn judged(
    change: &Change<'_>,
    reviewer: MemberId,
    input: &ReviewDraft,
) -> Result<(draft::Model, revision::Model)> {
    let draft = locked::<draft::Entity>(change, input.draft_id).await?;
    policy::not_own_words(reviewer, &drafts::writers(change.tx(), draft.office_id, draft.id).await?)?;
    let revision = read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?;
    if revision.digest != input.digest {
        let message =
            "this is not the newest revision any more: read the draft again and judge what it says now";
        return refuse(RefusalCode::Conflict, "digest", message);
    }
    Ok((draft, revision))
}

/// Where the decision leads once it suffices. What was approved under other policies may be approved further: it stays
/// approved, and its gate stays shut until nothing is missing.
fn next(state: DraftState, event: DraftEvent, standing: &Standing) -> Result<DraftState> {
    if event == DraftEvent::Approve && state == DraftState::Approved && !standing.approval.complete() {
        return Ok(state);
    }
    Ok(state.next(event)?)
}

/// Refuses an approval that no step waits for, and changes requested by somebody who has no part in it.
fn allowed(change: &Change<'_>, reviewer: MemberId, decision: Decision, standing: &Standing) -> Result<()> {
    let roles = roles(change);
    if decision == Decision::Approved {
        return standing.require(reviewer, &roles, change.now);
    }
    if usually(&roles) || standing.approval.names(reviewer, &roles) {
        return Ok(());
    }
    let message =
        "only a project manager, a coordinator or whom a review policy of this draft names may send it back";
    refuse(RefusalCode::NotResponsible, "draftId", message)
}

/// The roles of who asks.
fn roles(change: &Change<'_>) -> Roles {
    match &change.requester().actor {
        Actor::Member { roles, .. } => roles.clone(),
        Actor::Integration { .. } | Actor::Operator | Actor::Worker(_) => Roles::default(),
    }
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
        reviewer_roles: Some(roles(change)),
        decision: said.decision,
        digest: revision.digest.clone(),
        comment: said.comment,
        checked: said.checked,
        adviser_id: said.adviser_id,
        answer: None,
        answered_at: None,
        answered_by: None,
        created_at: change.now,
    };
    Ok(review::ActiveModel::from(row).reset_all().insert(change.tx()).await?)
}
