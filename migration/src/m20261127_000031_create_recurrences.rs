//! Posts that repeat, by a rule that another person approved.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, date, date_null, integer, integer_null, json_binary, string, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE INDEX recurrence_extend ON recurrence (extend_at, id) WHERE state = 'ACTIVE'",
    "CREATE INDEX recurrence_draft ON recurrence (draft_id, id)",
    "CREATE INDEX recurrence_order ON recurrence (office_id, created_at, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("recurrence")
            .col(uuid("draft_id"))
            .col(json_binary("channels"))
            .col(json_binary("repeats"))
            .col(date("starts_on"))
            .col(date_null("until"))
            .col(integer_null("times"))
            .col(string("local_time"))
            .col(string("time_zone"))
            .col(integer("publish_late_minutes"))
            .col(string("state"))
            .col(uuid_null("revision_id"))
            .col(uuid_null("approved_by"))
            .col(timestamp_with_time_zone_null("approved_at"))
            .col(timestamp_with_time_zone_null("extend_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(uuid_null("ended_by"))
            .col(uuid("created_by"))
            .col(big_integer("version"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .foreign_key(&mut references("draft_id", "draft"))
            .foreign_key(&mut references("revision_id", "revision"))
            .foreign_key(&mut references("approved_by", "member"))
            .foreign_key(&mut references("ended_by", "member"))
            .foreign_key(&mut references("created_by", "member"))
            .take();
        manager.create_table(table).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("recurrence").take()).await
    }
}
