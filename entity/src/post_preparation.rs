//! What a platform keeps of a post that is not out yet: uploads that it is at work on, or has in part.

use sea_orm::entity::prelude::*;

use crate::{OfficeId, PostId};

/// What a try left for the next one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post_preparation")]
pub struct Model {
    /// Key: one row a post.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: PostId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The post's digest when it was handed over: for other words it is of no use.
    pub digest: String,
    /// What the connector wants to be given back, sealed by the master key with the post's id as context: the address of an
    /// upload is its own permission.
    pub sealed: Vec<u8>,
    /// When the first try that left something ended.
    pub since: DateTimeUtc,
    /// Tries that ended so, one after another.
    pub rounds: i32,
}

impl ActiveModelBehavior for ActiveModel {}
