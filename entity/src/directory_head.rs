//! Where the directory's changes have got to: one row for the deployment. Who writes a change locks it, so that changes
//! become visible in the order of their sequence.

use sea_orm::entity::prelude::*;

/// The only row's key.
pub const ONLY: i16 = 1;

/// The newest change of the directory.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_head")]
pub struct Model {
    /// Key: always [`ONLY`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    /// Sequence of the newest change; 0 before the first.
    pub sequence: i64,
    /// When anything that the directory shows last changed: no two changes share a second, and it may run ahead of the
    /// clock for that. Null before the first.
    pub changed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
