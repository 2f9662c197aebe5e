//! What is handed over when somebody leaves a channel, and the reviews of channels.

use sea_orm_migration::{
    prelude::*,
    schema::{json_binary, string, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid},
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX channel_handover_open ON channel_handover (channel_id, member_id) WHERE closed_at IS NULL",
    "CREATE INDEX channel_handover_waiting ON channel_handover (office_id, opened_at, id) WHERE closed_at IS NULL",
    "CREATE INDEX channel_handover_of ON channel_handover (channel_id, id)",
    "CREATE INDEX channel_review_of ON channel_review (channel_id, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let handover = owned("channel_handover")
            .col(uuid("channel_id"))
            .col(uuid("member_id"))
            .col(json_binary("items"))
            .col(timestamp_with_time_zone("opened_at"))
            .col(timestamp_with_time_zone_null("closed_at"))
            .foreign_key(&mut references("channel_id", "channel"))
            .foreign_key(&mut references("member_id", "member"))
            .take();
        manager.create_table(handover).await?;
        let review = owned("channel_review")
            .col(uuid("channel_id"))
            .col(uuid("reviewed_by"))
            .col(text("findings"))
            .col(string("verdict"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("channel_id", "channel"))
            .foreign_key(&mut references("reviewed_by", "member"))
            .take();
        manager.create_table(review).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["channel_review", "channel_handover"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}
