//! Whether a revision's author is not sure that it may go out.

use sea_orm_migration::{prelude::*, schema::boolean};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter().table("revision").add_column(boolean("in_doubt").default(false)).take();
        manager.alter_table(add).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("revision").drop_column("in_doubt").take()).await
    }
}
