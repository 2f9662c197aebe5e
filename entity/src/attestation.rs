//! Answers to the questions that guideline rules ask, each for exactly one revision.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AttestationId, DraftId, MemberId, OfficeId, RevisionId};

/// A question that rules ask of people.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AttestationKind {
    /// Who of the project team released this document?
    DocumentRelease,
    /// Who said it, and did they agree to be quoted?
    QuotePermission,
    /// Who agreed that this internal remark may be told?
    InternalPermission,
    /// Do the people in the picture consent?
    ImageConsent,
    /// What did an adviser say?
    Advice,
    /// Who is ready for a journalist's call?
    MediaReady,
    /// Is it known that it stays?
    Permanence,
}

/// An answer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attestation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttestationId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The draft.
    pub draft_id: DraftId,
    /// The revision that it is given for; a later one has to be answered for anew.
    pub revision_id: RevisionId,
    /// Which question.
    pub kind: AttestationKind,
    /// The answer.
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    /// Whom the answer names; null where the question asks for nobody.
    pub person: Option<String>,
    /// The day that the answer names; null where the question asks for none.
    pub given_on: Option<Date>,
    /// Digest of exactly what the answer was given for.
    pub digest: String,
    /// Who answered.
    pub member_id: MemberId,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
