//! Bulk acts: what was done to many posts at once, so that a repeat of the call gives the first answer.

use sea_orm_migration::{
    prelude::*,
    schema::{json_binary, string, timestamp_with_time_zone},
};

use crate::table::owned;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("bulk_act")
            .col(string("kind"))
            .col(json_binary("outcomes"))
            .col(timestamp_with_time_zone("created_at"))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("bulk_act").take()).await
    }
}
