//! Which recurrence made a post, and which of its times it is. The same words go to the same channel once, or once for each
//! planned time.

use sea_orm_migration::{
    prelude::*,
    schema::{string, uuid_null},
};

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Posts that are, or may still become, public.
const LIVING: &str =
    "state <> 'CANCELLED' AND state <> 'MISSED' AND state <> 'REJECTED' AND state <> 'WITHDRAWN'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let recurrence = uuid_null("recurrence_id");
        manager.alter_table(Table::alter().table("post").add_column(recurrence).take()).await?;
        let occurrence = string("occurrence").default("").take();
        manager.alter_table(Table::alter().table("post").add_column(occurrence).take()).await?;
        let once = format!(
            "CREATE UNIQUE INDEX post_once ON post (revision_id, channel_id, occurrence) WHERE {LIVING}"
        );
        let indexes = [
            "DROP INDEX post_once",
            once.as_str(),
            "CREATE UNIQUE INDEX post_occurrence ON post (recurrence_id, channel_id, occurrence) WHERE occurrence <> ''",
            "CREATE INDEX post_recurrence ON post (recurrence_id, due_at, id) WHERE recurrence_id IS NOT NULL",
        ];
        execute(manager, &indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(
            manager,
            &["DROP INDEX post_recurrence", "DROP INDEX post_occurrence", "DROP INDEX post_once"],
        )
        .await?;
        for column in ["occurrence", "recurrence_id"] {
            manager.alter_table(Table::alter().table("post").drop_column(column).take()).await?;
        }
        let once = format!("CREATE UNIQUE INDEX post_once ON post (revision_id, channel_id) WHERE {LIVING}");
        execute(manager, &[once.as_str()]).await
    }
}
