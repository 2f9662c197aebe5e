//! The post of others that a revision passes on.

use sea_orm_migration::{prelude::*, schema::text_null};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = text_null("amplifies");
        manager.alter_table(Table::alter().table("revision").add_column(column).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("revision").drop_column("amplifies").take()).await
    }
}
