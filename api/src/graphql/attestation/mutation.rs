//! Answering a rule's question.

use async_graphql::{Context, ID, InputObject, Object};
use office::{attestations, policy::op, read};

use super::{Attestation, AttestationKind};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, draft::Draft, id, scalars::Date},
};

/// An answer to a question of `Draft.questions`.
#[derive(Debug, InputObject)]
pub(crate) struct AttestInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The draft, whose newest revision is answered for.
    draft_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Which question.
    kind: AttestationKind,
    /// The answer.
    answer: String,
    /// Whom it names: required where the question's `needsPerson` is true.
    person: Option<String>,
    /// The day that it names, not in the future: required where `needsDay` is true.
    given_on: Option<Date>,
}

payloads! {
    /// What `attest` answers.
    AttestPayload {
        /// The answer.
        attestation: Attestation,
        /// The draft as it is now.
        draft: Draft,
    }
}

/// Mutations of attestations.
#[derive(Debug, Default)]
pub(crate) struct AttestationMutation;

#[Object]
impl AttestationMutation {
    /// Answers a rule's question for a draft's newest revision, on your word: it is kept with the revision, and an edit voids
    /// it. Each question is answered once a revision. For those who wrote part of the draft, and coordinators. User errors:
    /// `REQUIRED` (`answer`, `person`, `givenOn`), `TOO_LONG`, `INVALID`, `TAKEN` (answered already), `NOT_RESPONSIBLE`,
    /// `CONFLICT`, `ILLEGAL_STATE` (withdrawn), `NOT_FOUND`, `KEY_REUSED`.
    async fn attest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AttestInput,
    ) -> Field<AttestPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Attest>()?;
            let office = ctx.office()?;
            let outcome = async {
                let answer = attestations::Attest {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    expected_version: input.expected_version,
                    kind: input.kind.into(),
                    answer: input.answer,
                    person: input.person,
                    given_on: input.given_on.map(|day| day.0),
                };
                let row = attestations::attest(office, &permit, answer).await?;
                let db = office.db().read();
                let draft = read::one::<entity::draft::Entity>(db, row.office_id, row.draft_id).await?;
                Ok((row, draft))
            };
            payload(Box::pin(outcome).await, |(row, draft)| AttestPayload::done(row.into(), draft.into()))
        })
        .await
    }
}
