//! What was published lately: on a channel, and of an initiative. For what a new text is compared with.

use sea_orm_migration::prelude::*;

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX post_told ON post (channel_id, published_at, id) WHERE published_at IS NOT NULL",
    "CREATE INDEX post_told_for ON post (initiative_id, channel_id) WHERE published_at IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, &["DROP INDEX post_told_for", "DROP INDEX post_told"]).await
    }
}
