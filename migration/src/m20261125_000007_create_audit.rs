//! The audit chain, and the client keys of creating mutations.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, string_null, text, timestamp_with_time_zone, uuid, uuid_null},
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX audit_entry_sequence ON audit_entry (office_id, sequence)",
    "CREATE INDEX audit_entry_subject ON audit_entry (subject_id, sequence)",
    "CREATE UNIQUE INDEX client_key_once ON client_key (office_id, actor_id, operation, key)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(audit_head()).await?;
        manager.create_table(audit_entry()).await?;
        manager.create_table(client_key()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["client_key", "audit_entry", "audit_head"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn audit_head() -> TableCreateStatement {
    Table::create()
        .table("audit_head")
        .col(uuid("office_id").primary_key())
        .col(big_integer("sequence"))
        .col(string("hash"))
        .foreign_key(&mut references("office_id", "office"))
        .take()
}

fn audit_entry() -> TableCreateStatement {
    owned("audit_entry")
        .col(big_integer("sequence"))
        .col(timestamp_with_time_zone("at"))
        .col(string("actor_kind"))
        .col(uuid_null("actor_id"))
        .col(string("action"))
        .col(string("subject_kind"))
        .col(uuid("subject_id"))
        .col(text("detail"))
        .col(string_null("request_id"))
        .col(string("previous_hash"))
        .col(string("hash"))
        .take()
}

fn client_key() -> TableCreateStatement {
    owned("client_key")
        .col(uuid("actor_id"))
        .col(string("operation"))
        .col(string("key"))
        .col(string("body_digest"))
        .col(uuid("result_id"))
        .col(timestamp_with_time_zone("created_at"))
        .take()
}
