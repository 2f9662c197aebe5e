//! The parts of a thread: of a revision on a channel, and which of them a post is. The same part goes to the same channel
//! once, or once for each planned time.

use sea_orm_migration::{
    prelude::*,
    schema::{integer, json_binary_null},
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
        let parts = json_binary_null("parts");
        manager.alter_table(Table::alter().table("revision_target").add_column(parts).take()).await?;
        let part = integer("part").default(0).take();
        manager.alter_table(Table::alter().table("post").add_column(part).take()).await?;
        once(manager, "revision_id, channel_id, occurrence, part").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        once(manager, "revision_id, channel_id, occurrence").await?;
        manager.alter_table(Table::alter().table("post").drop_column("part").take()).await?;
        manager.alter_table(Table::alter().table("revision_target").drop_column("parts").take()).await
    }
}

/// Makes the index anew over these columns.
async fn once(manager: &SchemaManager<'_>, columns: &str) -> Result<(), DbErr> {
    let once = format!("CREATE UNIQUE INDEX post_once ON post ({columns}) WHERE {LIVING}");
    execute(manager, &["DROP INDEX post_once", once.as_str()]).await
}
