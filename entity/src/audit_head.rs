//! The end of each office's audit chain.

use sea_orm::entity::prelude::*;

use crate::OfficeId;

/// The newest link of an office's chain.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_head")]
pub struct Model {
    /// Key: one row an office.
    #[sea_orm(primary_key, auto_increment = false)]
    pub office_id: OfficeId,
    /// Number of the newest entry; 0 before the first.
    pub sequence: i64,
    /// Its hash, hex; 64 zeros before the first.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
