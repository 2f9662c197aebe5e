//! Who proposed a handbook version, why, and upon which one.

use sea_orm_migration::{
    prelude::*,
    schema::{text_null, uuid_null},
};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `SQLite` adds one column a statement.
        for column in [uuid_null("proposed_by"), text_null("note"), uuid_null("based_on")] {
            manager.alter_table(Table::alter().table("handbook").add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["based_on", "note", "proposed_by"] {
            manager.alter_table(Table::alter().table("handbook").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
