//! Exceptions that a coordinator has made to findings, each to one finding on one revision.

use sea_orm_migration::{
    prelude::*,
    schema::{
        integer, string, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX waiver_once ON waiver (revision_id, finding_key) WHERE revoked_at IS NULL",
    "CREATE INDEX waiver_rule ON waiver (office_id, rule, created_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("waiver")
            .col(uuid("draft_id"))
            .col(uuid("revision_id"))
            .col(string("finding_key"))
            .col(string("rule"))
            .col(integer("rule_version"))
            .col(string("clause"))
            .col(string("target"))
            .col(text("reason"))
            .col(uuid("waived_by"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .col(uuid_null("revoked_by"))
            .foreign_key(&mut references("draft_id", "draft"))
            .foreign_key(&mut references("revision_id", "revision"))
            .foreign_key(&mut references("waived_by", "member"))
            .foreign_key(&mut references("revoked_by", "member"))
            .take();
        manager.create_table(table).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("waiver").take()).await
    }
}
