//! Which questions of the handbook's checklist a reviewer has ticked.

use sea_orm_migration::{prelude::*, schema::json_binary_null};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter().table("review").add_column(json_binary_null("checked")).take();
        manager.alter_table(add).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("review").drop_column("checked").take()).await
    }
}
