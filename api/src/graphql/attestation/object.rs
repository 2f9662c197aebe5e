//! Questions and answers, as clients see them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::attestation;
use office::attestations;

use crate::{
    error::Field,
    graphql::{
        draft::{Draft, Revision},
        id,
        member::Member,
        relations,
        review::Review,
        scalars::{Date, DateTime},
    },
};

/// A question that rules ask of people. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guidelines::AttestationKind")]
pub(crate) enum AttestationKind {
    /// Who of the project team released this document, and when?
    DocumentRelease,
    /// Who said it, and when did they agree to be quoted?
    QuotePermission,
    /// Who agreed that this internal remark may be told, and when?
    InternalPermission,
    /// Which record holds the consent of the people in the picture?
    ImageConsent,
    /// Who advised, and what did they say? An answered `seekAdvice` answers it too.
    Advice,
    /// Who is ready to speak to journalists about it?
    MediaReady,
    /// Is it known that it stays public, whatever is deleted later?
    Permanence,
}

/// A person's answer to a rule's question, for exactly one revision.
#[derive(Debug, Clone)]
pub(crate) struct Attestation(pub(crate) Arc<attestation::Model>);

impl From<attestation::Model> for Attestation {
    fn from(row: attestation::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A person's answer to a rule's question, for exactly one revision: an edit voids it.
#[Object]
impl Attestation {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The draft.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        relations::draft(ctx, self.0.draft_id).await
    }
    /// The revision that it was given for; it may not be the newest any more.
    async fn revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.revision_id).await
    }
    /// Which question.
    async fn kind(&self) -> AttestationKind {
        attestations::kind(self.0.kind).into()
    }
    /// The answer.
    async fn answer(&self) -> &str {
        &self.0.answer
    }
    /// Whom it names; null when nobody.
    async fn person(&self) -> Option<&str> {
        self.0.person.as_deref()
    }
    /// The day that it names; null when none.
    async fn given_on(&self) -> Option<Date> {
        self.0.given_on.map(Date::from)
    }
    /// Digest of exactly what it was given for, in hexadecimal digits.
    async fn digest(&self) -> &str {
        &self.0.digest
    }
    /// Who answered.
    async fn answered_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.member_id)).await
    }
    /// When.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A question that a revision's findings ask, or that was answered for it.
#[derive(Debug, Clone)]
pub(crate) struct Question(pub(crate) attestations::Question);

/// A question that a revision's findings ask, or that was answered for it.
#[Object]
impl Question {
    /// Which: give it to `attest`.
    async fn kind(&self) -> AttestationKind {
        self.0.kind.into()
    }
    /// The question, as a person is asked it.
    async fn question(&self) -> &str {
        self.0.kind.question()
    }
    /// Whether the answer must name a person.
    async fn needs_person(&self) -> bool {
        attestations::names_person(self.0.kind)
    }
    /// Whether the answer must name a day.
    async fn needs_day(&self) -> bool {
        attestations::names_day(self.0.kind)
    }
    /// Whether it still has to be answered.
    async fn open(&self) -> bool {
        self.0.attestation.is_none() && self.0.advice.is_none()
    }
    /// `key` of each finding that an answer settles; empty once it is answered.
    async fn findings(&self) -> &[String] {
        &self.0.findings
    }
    /// The answer; null while it is open, and when an adviser gave it.
    async fn attestation(&self) -> Option<Attestation> {
        self.0.attestation.clone().map(Attestation::from)
    }
    /// The advice that answers it; null for other questions, and while nobody has advised.
    async fn advice(&self) -> Option<Review> {
        self.0.advice.clone().map(Review::from)
    }
}
