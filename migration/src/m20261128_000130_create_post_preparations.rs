//! What platforms keep of posts that are not out yet, from one try to the next: a row a post, and only while there is
//! something to keep.

use sea_orm_migration::{
    prelude::*,
    schema::{binary, integer, string, timestamp_with_time_zone, uuid},
};

use crate::table::references;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("post_preparation")
            .col(uuid("post_id").primary_key())
            .col(uuid("office_id"))
            .col(string("digest"))
            .col(binary("sealed"))
            .col(timestamp_with_time_zone("since"))
            .col(integer("rounds"))
            .foreign_key(&mut references("post_id", "post"))
            .foreign_key(&mut references("office_id", "office"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("post_preparation").take()).await
    }
}
