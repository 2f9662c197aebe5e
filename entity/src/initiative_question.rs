//! What a coordinator asked about a proposed initiative, and the answer.

use sea_orm::entity::prelude::*;

use crate::{InitiativeId, InitiativeQuestionId, MemberId, OfficeId};

/// A question.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "initiative_question")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InitiativeQuestionId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// About which initiative.
    pub initiative_id: InitiativeId,
    /// What is asked.
    #[sea_orm(column_type = "Text")]
    pub question: String,
    /// Which coordinator asked.
    pub asked_by: MemberId,
    /// When.
    pub asked_at: DateTimeUtc,
    /// The answer; null before.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// Who answered; null before.
    pub answered_by: Option<MemberId>,
    /// When; null before.
    pub answered_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
