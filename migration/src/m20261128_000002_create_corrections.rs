//! What is done about posts that are out, and how they stood when they were read back.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, json_binary_null, string, string_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX correction_open ON correction (post_id) WHERE state = 'WAITING' OR state = 'HELD'",
    "CREATE INDEX correction_due ON correction (run_at, id) WHERE state = 'WAITING' OR state = 'HELD'",
    "CREATE INDEX correction_post ON correction (post_id, id)",
    "CREATE UNIQUE INDEX read_back_post ON read_back (post_id)",
    "CREATE INDEX read_back_due ON read_back (due_at, id) WHERE due_at IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let correction = owned("correction")
            .col(uuid("post_id"))
            .col(string("kind"))
            .col(string("state"))
            .col(text("reason"))
            .col(uuid_null("revision_id"))
            .col(string_null("digest"))
            .col(uuid("former_revision_id"))
            .col(uuid_null("ordered_by"))
            .col(timestamp_with_time_zone("run_at"))
            .col(timestamp_with_time_zone_null("lease_until"))
            .col(uuid_null("worker_id"))
            .col(big_integer("fence").default(0))
            .col(integer("attempts").default(0))
            .col(json_binary_null("hold"))
            .col(text_null("cause_code"))
            .col(text_null("cause_detail"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .foreign_key(&mut references("post_id", "post"))
            .foreign_key(&mut references("revision_id", "revision"))
            .foreign_key(&mut references("former_revision_id", "revision"))
            .foreign_key(&mut references("ordered_by", "member"))
            .take();
        manager.create_table(correction).await?;
        let read_back = owned("read_back")
            .col(uuid("post_id"))
            .col(timestamp_with_time_zone_null("due_at"))
            .col(timestamp_with_time_zone_null("lease_until"))
            .col(big_integer("fence").default(0))
            .col(integer("looks").default(0))
            .col(integer("failures").default(0))
            .col(string_null("standing"))
            .col(string_null("difference"))
            .col(text_null("cause"))
            .col(timestamp_with_time_zone_null("read_at"))
            .foreign_key(&mut references("post_id", "post"))
            .take();
        manager.create_table(read_back).await?;
        let flag = boolean("reads_back").default(false).take();
        manager.alter_table(Table::alter().table("channel").add_column(flag).take()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("channel").drop_column("reads_back").take()).await?;
        manager.drop_table(Table::drop().table("read_back").take()).await?;
        manager.drop_table(Table::drop().table("correction").take()).await
    }
}
