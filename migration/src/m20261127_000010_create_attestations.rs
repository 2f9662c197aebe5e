//! Answers that people give to the questions of guideline rules, each for exactly one revision.

use sea_orm_migration::{
    prelude::*,
    schema::{date_null, string, string_null, text, timestamp_with_time_zone, uuid},
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &["CREATE UNIQUE INDEX attestation_once ON attestation (revision_id, kind)"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = owned("attestation")
            .col(uuid("draft_id"))
            .col(uuid("revision_id"))
            .col(string("kind"))
            .col(text("answer"))
            .col(string_null("person"))
            .col(date_null("given_on"))
            .col(string("digest"))
            .col(uuid("member_id"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut references("draft_id", "draft"))
            .foreign_key(&mut references("revision_id", "revision"))
            .foreign_key(&mut references("member_id", "member"))
            .take();
        manager.create_table(table).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("attestation").take()).await
    }
}
