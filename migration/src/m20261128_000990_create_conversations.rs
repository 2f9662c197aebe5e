//! What the public says to channels, how posts do there, and when both are asked next.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, integer, string, string_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX conversation_once ON conversation (channel_id, remote_id)",
    "CREATE INDEX conversation_due ON conversation (office_id, due_at, id)",
    "CREATE INDEX conversation_open ON conversation (channel_id, due_at, id) WHERE outcome IS NULL",
    "CREATE INDEX conversation_owner ON conversation (owner_id, due_at, id) WHERE outcome IS NULL",
    "CREATE UNIQUE INDEX round_once ON channel_round (channel_id, kind)",
    "CREATE INDEX round_due ON channel_round (kind, due_at, id)",
    "CREATE UNIQUE INDEX figures_once ON post_figures (post_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conversation = owned("conversation")
            .col(uuid("channel_id"))
            .col(text("remote_id"))
            .col(string("kind"))
            .col(text_null("url"))
            .col(uuid_null("post_id"))
            .col(timestamp_with_time_zone("said_at"))
            .col(timestamp_with_time_zone("due_at"))
            .col(uuid_null("owner_id"))
            .col(string_null("outcome"))
            .col(text_null("note"))
            .col(uuid_null("settled_by"))
            .col(timestamp_with_time_zone_null("settled_at"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("channel_id", "channel"))
            .foreign_key(&mut references("post_id", "post"))
            .foreign_key(&mut references("owner_id", "member"))
            .foreign_key(&mut references("settled_by", "member"))
            .take();
        manager.create_table(conversation).await?;
        let round = owned("channel_round")
            .col(uuid("channel_id"))
            .col(string("kind"))
            .col(text_null("cursor"))
            .col(timestamp_with_time_zone("due_at"))
            .col(timestamp_with_time_zone_null("lease_until"))
            .col(big_integer("fence").default(0))
            .col(integer("failures").default(0))
            .col(text_null("cause"))
            .col(timestamp_with_time_zone_null("read_at"))
            .foreign_key(&mut references("channel_id", "channel"))
            .take();
        manager.create_table(round).await?;
        let figures = owned("post_figures")
            .col(uuid("post_id"))
            .col(big_integer_null("impressions"))
            .col(big_integer_null("likes"))
            .col(big_integer_null("shares"))
            .col(big_integer_null("replies"))
            .col(big_integer_null("clicks"))
            .col(timestamp_with_time_zone("read_at"))
            .foreign_key(&mut references("post_id", "post"))
            .take();
        manager.create_table(figures).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("post_figures").take()).await?;
        manager.drop_table(Table::drop().table("channel_round").take()).await?;
        manager.drop_table(Table::drop().table("conversation").take()).await
    }
}
