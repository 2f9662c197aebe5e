//! Duties to blog; and what was said for an initiative, by channel and by time, in the order of its publication.

use sea_orm_migration::{
    prelude::*,
    schema::{
        date, integer, string, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
        uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX blogging_duty_standing ON blogging_duty (initiative_id) WHERE ended_at IS NULL",
    "CREATE INDEX blogging_duty_office ON blogging_duty (office_id, id) WHERE ended_at IS NULL",
    "CREATE INDEX blogging_duty_initiative ON blogging_duty (initiative_id, id)",
    "DROP INDEX post_told_for",
    "CREATE INDEX post_told_for ON post (initiative_id, channel_id, published_at, id) WHERE published_at IS NOT NULL",
    "CREATE INDEX post_said ON post (initiative_id, published_at, id) WHERE published_at IS NOT NULL",
];

/// The index as it was.
const FORMER: &[&str] = &[
    "DROP INDEX post_said",
    "DROP INDEX post_told_for",
    "CREATE INDEX post_told_for ON post (initiative_id, channel_id) WHERE published_at IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("blogging_duty")
            .col(uuid("initiative_id"))
            .col(uuid("channel_id"))
            .col(integer("every"))
            .col(string("unit"))
            .col(date("starts_on"))
            .col(integer("grace_days"))
            .col(uuid("created_by"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(uuid_null("ended_by"))
            .col(text_null("ended_reason"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("initiative_id", "initiative"))
            .foreign_key(&mut references("channel_id", "channel"))
            .foreign_key(&mut references("created_by", "member"))
            .foreign_key(&mut references("ended_by", "member"))
            .take();
        manager.create_table(table).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, FORMER).await?;
        manager.drop_table(Table::drop().table("blogging_duty").take()).await
    }
}
