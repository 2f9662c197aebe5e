//! What an author says of a picture: whether people can be recognised in it, and whether it is of a document.

use sea_orm_migration::{prelude::*, schema::boolean_null};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Added one at a time: `SQLite` takes one in a statement.
const COLUMNS: &[&str] = &["shows_people", "document"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let add = Table::alter().table("revision_media").add_column(boolean_null(*column)).take();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            manager.alter_table(Table::alter().table("revision_media").drop_column(*column).take()).await?;
        }
        Ok(())
    }
}
