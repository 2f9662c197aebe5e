//! The handbook version under which a waiting post was last checked, and how those of another one are found.

use sea_orm_migration::{prelude::*, schema::uuid_null};

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// A statement that `SQLite` and `PostgreSQL` read alike.
const INDEX: &str = "CREATE INDEX post_checked ON post (office_id, checked_handbook_id, id) \
                     WHERE state IN ('SCHEDULED', 'RETRYING', 'HELD')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = uuid_null("checked_handbook_id");
        manager.alter_table(Table::alter().table("post").add_column(column).take()).await?;
        execute(manager, &[INDEX]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, &["DROP INDEX post_checked"]).await?;
        manager.alter_table(Table::alter().table("post").drop_column("checked_handbook_id").take()).await
    }
}
