//! Exceptions to findings: a coordinator's, with a reason, to one finding on one revision.

use sea_orm::entity::prelude::*;

use crate::{DraftId, MemberId, OfficeId, RevisionId, WaiverId};

/// An exception.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "waiver")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WaiverId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The draft.
    pub draft_id: DraftId,
    /// The revision that it holds for.
    pub revision_id: RevisionId,
    /// SHA-256, hex, of the finding's key: rule and version, target, place, message.
    pub finding_key: String,
    /// The rule that found it.
    pub rule: String,
    /// The rule's version then.
    pub rule_version: i32,
    /// The clause that the rule served then.
    pub clause: String,
    /// The part of the revision that it is about.
    pub target: String,
    /// Why the exception was made.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// The coordinator who made it.
    pub waived_by: MemberId,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// When it was taken back; null while it stands.
    pub revoked_at: Option<DateTimeUtc>,
    /// Who took it back.
    pub revoked_by: Option<MemberId>,
}

impl ActiveModelBehavior for ActiveModel {}
