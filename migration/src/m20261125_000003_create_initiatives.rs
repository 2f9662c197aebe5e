//! Initiatives and their communications plans.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, date, date_null, integer, json_binary, string, string_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX initiative_name ON initiative (office_id, name)",
    "CREATE INDEX initiative_state ON initiative (office_id, state, id)",
    "CREATE INDEX initiative_updated ON initiative (office_id, updated_at, id)",
    "CREATE UNIQUE INDEX plan_number ON plan (initiative_id, number)",
    "CREATE UNIQUE INDEX plan_approved ON plan (initiative_id) WHERE state = 'APPROVED'",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(initiative()).await?;
        manager.create_table(plan()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["plan", "initiative"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn initiative() -> TableCreateStatement {
    owned("initiative")
        .col(string("name"))
        .col(text("purpose"))
        .col(text("audience"))
        .col(text("run_by"))
        .col(text("staffing"))
        .col(text("successor"))
        .col(date("starts_on"))
        .col(date_null("ends_on"))
        .col(string_null("hashtag"))
        .col(string("state"))
        .col(uuid("manager_id"))
        .col(uuid("proposed_by"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("decision_reason"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut references("manager_id", "member"))
        .foreign_key(&mut references("proposed_by", "member"))
        .foreign_key(&mut references("decided_by", "member"))
        .take()
}

fn plan() -> TableCreateStatement {
    owned("plan")
        .col(uuid("initiative_id"))
        .col(integer("number"))
        .col(json_binary("audiences"))
        .col(json_binary("stakeholders"))
        .col(json_binary("key_messages"))
        .col(json_binary("shareable"))
        .col(json_binary("not_shareable"))
        .col(json_binary("goals"))
        .col(string("state"))
        .col(uuid("written_by"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut references("initiative_id", "initiative"))
        .foreign_key(&mut references("written_by", "member"))
        .foreign_key(&mut references("decided_by", "member"))
        .take()
}
