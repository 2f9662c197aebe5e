//! Posts that follow another post, and the rules under which a post's words alone were clear. What waits for
//! another post is not ready, so the index of ready posts leaves it out.

use sea_orm_migration::{
    prelude::*,
    schema::{boolean, string_null, uuid_null},
};

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const UP: &[&str] = &[
    "DROP INDEX post_ready",
    "CREATE INDEX post_ready ON post (channel_id, run_at, id) WHERE state IN ('SCHEDULED', 'RETRYING') AND NOT waits",
    "CREATE INDEX post_follows ON post (follows_post_id) WHERE follows_post_id IS NOT NULL",
];

const DOWN: &[&str] = &[
    "DROP INDEX post_follows",
    "DROP INDEX post_ready",
    "CREATE INDEX post_ready ON post (channel_id, run_at, id) WHERE state IN ('SCHEDULED', 'RETRYING')",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            string_null("cleared_under"),
            uuid_null("follows_post_id"),
            boolean("waits").default(false).take(),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("post").add_column(column).take()).await?;
        }
        execute(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, DOWN).await?;
        for column in ["waits", "follows_post_id", "cleared_under"] {
            manager.alter_table(Table::alter().table("post").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
