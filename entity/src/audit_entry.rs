//! Who did what to which thing, chained by hash.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AuditEntryId, OfficeId};

/// What acted.
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
pub enum ActorKind {
    /// A member.
    Member,
    /// An integration.
    Integration,
    /// The worker.
    Worker,
    /// The command line.
    Operator,
}

/// An audit entry.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEntryId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// From 1 for each office, without gaps.
    pub sequence: i64,
    /// When.
    pub at: DateTimeUtc,
    /// What acted.
    pub actor_kind: ActorKind,
    /// Which; null for the system and the command line.
    pub actor_id: Option<Uuid>,
    /// What was done: an operation or an event's name.
    pub action: String,
    /// Type of the thing, as in GraphQL.
    pub subject_kind: String,
    /// Which thing.
    pub subject_id: Uuid,
    /// Canonical JSON of what changed; never post text, tokens or addresses.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    /// The request that caused it.
    pub request_id: Option<String>,
    /// Hash of the entry before.
    pub previous_hash: String,
    /// SHA-256, hex, over all of the above.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
