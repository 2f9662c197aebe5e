//! What the public said that a draft answers: which draft is to, what its revisions say of it, and which post did.

use sea_orm_migration::{
    prelude::*,
    schema::{text_null, uuid_null},
};

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Most posts answer nothing.
const INDEX: &str = "CREATE INDEX post_answers ON post (answers) WHERE answers IS NOT NULL";

fn columns() -> [(&'static str, ColumnDef); 5] {
    [
        ("revision", uuid_null("answers")),
        ("revision", text_null("answers_remote_id")),
        ("post", uuid_null("answers")),
        ("conversation", uuid_null("draft_id")),
        ("conversation", uuid_null("answer_id")),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        execute(manager, &[INDEX]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, &["DROP INDEX post_answers"]).await?;
        for (table, column) in columns() {
            let name = column.get_column_name();
            manager.alter_table(Table::alter().table(table).drop_column(name).take()).await?;
        }
        Ok(())
    }
}
