//! Client keys of creating mutations, so that a repeat gives the first result.

use sea_orm::entity::prelude::*;

use crate::{ClientKeyId, OfficeId};

/// A remembered client key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_key")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClientKeyId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Whose key.
    pub actor_id: Uuid,
    /// Of which mutation.
    pub operation: String,
    /// The key.
    pub key: String,
    /// SHA-256, hex, of the input: the same key with another input is refused.
    pub body_digest: String,
    /// What the first call made.
    pub result_id: Uuid,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
