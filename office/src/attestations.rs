//! Attestations: what people answer to the questions of guideline rules, each for exactly one revision.
//!
//! Knows who may answer and what an answer must name. Which question a rule asks, and what the answer settles, is
//! `guidelines`; an answer is never given twice, and a new revision has none.

use chrono::{NaiveDate, TimeDelta};
use entity::{DraftId, attestation, draft, draft::DraftState, review, revision};
use guidelines::AttestationKind;
use sea_orm::ActiveModelTrait;
use serde::Serialize;
use serde_json::json;

use crate::{
    Office,
    change::Change,
    checks::{self, Judged, WholeRevision, stored_kind},
    client_keys::Call,
    drafts,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields,
    policy::{self, Permit, op},
    read,
    rows::taken,
};

/// The farthest that a day can be ahead of UTC's somewhere on Earth.
const AHEAD_HOURS: i64 = 14;

/// An answer.
#[derive(Debug, Clone, Serialize)]
pub struct Attest {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The draft, whose newest revision is answered for.
    pub draft_id: DraftId,
    /// The version that was read; another means that somebody changed it meanwhile.
    pub expected_version: i64,
    /// Which question.
    pub kind: AttestationKind,
    /// The answer.
    pub answer: String,
    /// Whom it names; needed where [`names_person`].
    pub person: Option<String>,
    /// The day that it names; needed where [`names_day`].
    pub given_on: Option<NaiveDate>,
}

/// A question that is open or answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Which.
    pub kind: AttestationKind,
    /// The keys of the findings that an answer would settle; empty when it was answered.
    pub findings: Vec<String>,
    /// The answer; none while it is open, or when an adviser gave it.
    pub attestation: Option<attestation::Model>,
    /// The advice that answers it.
    pub advice: Option<review::Model>,
}

/// The engine's word for a stored question.
pub fn kind(kind: attestation::AttestationKind) -> AttestationKind {
    checks::kind(kind)
}

/// Whether the answer to a question names a person.
pub const fn names_person(kind: AttestationKind) -> bool {
    !matches!(kind, AttestationKind::ImageConsent | AttestationKind::Permanence)
}

/// Whether the answer to a question names a day.
pub const fn names_day(kind: AttestationKind) -> bool {
    matches!(
        kind,
        AttestationKind::DocumentRelease
            | AttestationKind::QuotePermission
            | AttestationKind::InternalPermission
    )
}

/// Answers a question for a draft's newest revision.
pub async fn attest(
    office: &Office,
    permit: &Permit<op::Attest>,
    input: Attest,
) -> Result<attestation::Model> {
    let call = Call::new::<op::Attest>(input.client_key.as_deref(), &input)?;
    let answer = fields::paragraph(&office.limits, "answer", &input.answer)?;
    let person = fields::optional_line(&office.limits, "person", input.person.as_deref())?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<attestation::Entity>(change.tx(), permit.office_id(), id).await;
    }
    complete(&change, &input, person.is_some())?;
    let draft = drafts::current(&change, input.draft_id, input.expected_version).await?;
    let member_id = answers_for(&change, &draft).await?;
    let revision = read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?;
    let row = attestation::Model {
        id: change.id(),
        office_id: draft.office_id,
        draft_id: draft.id,
        revision_id: revision.id,
        kind: stored_kind(input.kind),
        answer,
        person,
        given_on: input.given_on,
        digest: revision.digest,
        member_id,
        created_at: change.now,
    };
    let written = attestation::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "kind", "this question was answered for this revision already")?;
    let draft = drafts::touch(&change, &draft, draft::ActiveModel::from(draft.clone())).await?;
    let detail = json!({ "attestation": row.id, "kind": row.kind, "digest": row.digest });
    change.note("attest", "Draft", draft.id.0, detail);
    change.move_gates();
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// Refuses an answer that does not name what the question asks for.
fn complete(change: &Change<'_>, input: &Attest, has_person: bool) -> Result<()> {
    if names_person(input.kind) && !has_person {
        return refuse(RefusalCode::Required, "person", "this question asks who: name the person");
    }
    let Some(day) = input.given_on else {
        if names_day(input.kind) {
            return refuse(RefusalCode::Required, "givenOn", "this question asks when: name the day");
        }
        return Ok(());
    };
    if day > (change.now + TimeDelta::hours(AHEAD_HOURS)).date_naive() {
        return refuse(RefusalCode::Invalid, "givenOn", "this day has not come yet");
    }
    Ok(())
}

/// The member who answers: one who wrote part of the draft, or a coordinator.
async fn answers_for(change: &Change<'_>, draft: &draft::Model) -> Result<entity::MemberId> {
    let Some(member_id) = change.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can do this".to_owned()));
    };
    if draft.state == DraftState::Withdrawn {
        return refuse(RefusalCode::IllegalState, "draftId", "this draft was withdrawn");
    }
    let writers = drafts::writers(change.tx(), draft.office_id, draft.id).await?;
    if writers.contains(&member_id) || policy::coordinates(change.requester()) {
        return Ok(member_id);
    }
    let message = "only somebody who wrote part of the draft, or a coordinator, may answer";
    refuse(RefusalCode::NotResponsible, "draftId", message)
}

/// The questions of a revision: those that its findings ask, and those that were answered.
pub fn questions(whole: &WholeRevision, found: &[Judged]) -> Vec<Question> {
    let question = |kind: AttestationKind| {
        let asks = |judged: &&Judged| judged.finding.asks == Some(kind);
        let answers =
            |row: &&attestation::Model| checks::kind(row.kind) == kind && row.digest == whole.revision.digest;
        let question = Question {
            kind,
            findings: found.iter().filter(asks).map(|judged| judged.key.clone()).collect(),
            attestation: whole.around.attestations.iter().find(answers).cloned(),
            advice: whole.advice().filter(|_| kind == AttestationKind::Advice).cloned(),
        };
        let told =
            !question.findings.is_empty() || question.attestation.is_some() || question.advice.is_some();
        told.then_some(question)
    };
    AttestationKind::ALL.into_iter().filter_map(question).collect()
}
