//! Quiet times: days and hours of the day in which nothing goes out.

use sea_orm_migration::{
    prelude::*,
    schema::{
        boolean, date_null, json_binary, string, string_null, text, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX blackout_current ON blackout (office_id, id) WHERE removed_at IS NULL",
    "CREATE INDEX blackout_order ON blackout (office_id, created_at, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("blackout")
            .col(uuid_null("channel_id"))
            .col(date_null("starts_on"))
            .col(date_null("ends_on"))
            .col(boolean("yearly"))
            .col(string_null("from_time"))
            .col(string_null("to_time"))
            .col(string("time_zone"))
            .col(text("reason"))
            .col(json_binary("exempt"))
            .col(uuid("created_by"))
            .col(timestamp_with_time_zone_null("removed_at"))
            .col(uuid_null("removed_by"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("channel_id", "channel"))
            .foreign_key(&mut references("created_by", "member"))
            .foreign_key(&mut references("removed_by", "member"))
            .take();
        manager.create_table(table).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("blackout").take()).await
    }
}
