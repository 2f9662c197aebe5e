//! Immutable revisions of drafts.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{ConversationId, DraftId, KeyMessageId, MemberId, OfficeId, RevisionId};

/// In which capacity the author speaks.
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
pub enum Capacity {
    /// For the office.
    Official,
    /// As a person: needs its label.
    PersonalOpinion,
}

/// A source, and who permitted its use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// What it is.
    pub description: String,
    /// Who permitted its use; null when none is needed.
    pub permission_by: Option<String>,
    /// When.
    pub permitted_on: Option<Date>,
}

/// The sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Sources(pub Vec<Source>);

/// One immutable revision: exactly what may be approved.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RevisionId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whose revision.
    pub draft_id: DraftId,
    /// From 1, without gaps.
    pub number: i32,
    /// Title as of this revision.
    pub title: String,
    /// Text for every channel without a variant.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// A link that goes with it.
    #[sea_orm(column_type = "Text", nullable)]
    pub link: Option<String>,
    /// The address of a post of others that it passes on, or quotes below its words; null for what has to do with none.
    #[sea_orm(column_type = "Text", nullable)]
    pub amplifies: Option<String>,
    /// What the public said that it answers; null for what answers nothing.
    pub answers: Option<ConversationId>,
    /// The platform's own name for that, which is what is sent; null where `answers` is.
    #[sea_orm(column_type = "Text", nullable)]
    pub answers_remote_id: Option<String>,
    /// In which capacity the author speaks; null while undeclared, which blocks.
    pub capacity: Option<Capacity>,
    /// The key message of the plan that it serves.
    #[sea_orm(column_type = "Text", nullable)]
    pub key_message: Option<String>,
    /// Which of the plan's key messages that is; null where the words are none of them.
    pub key_message_id: Option<KeyMessageId>,
    /// Sources, and who permitted their use.
    #[sea_orm(column_type = "Json")]
    pub sources: Sources,
    /// Whether its author is not sure that it may go out.
    pub in_doubt: bool,
    /// Who wrote this revision; null when an integration did.
    pub author_id: Option<MemberId>,
    /// SHA-256, hex, of exactly what will be sent on all its channels.
    pub digest: String,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it passes on a post of others and says nothing: with words it is a post of its own, which quotes.
    pub fn passes_on(&self) -> bool {
        self.amplifies.is_some() && self.text.trim().is_empty()
    }
}
