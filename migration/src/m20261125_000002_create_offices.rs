//! Offices, the people and machines in them, and the handbook they work under.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, json_binary, string, string_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Each is a statement that `SQLite` and `PostgreSQL` read alike.
const INDEXES: &[&str] = &[
    "CREATE UNIQUE INDEX office_slug ON office (slug)",
    "CREATE UNIQUE INDEX member_email ON member (office_id, email)",
    "CREATE INDEX member_name ON member (office_id, name, id)",
    "CREATE INDEX session_family ON session (family)",
    "CREATE INDEX session_member ON session (member_id)",
    "CREATE INDEX integration_office ON integration (office_id, id)",
    "CREATE UNIQUE INDEX handbook_number ON handbook (office_id, number)",
    "CREATE UNIQUE INDEX handbook_active ON handbook (office_id) WHERE state = 'ACTIVE'",
    "CREATE UNIQUE INDEX acknowledgement_once ON acknowledgement (member_id, handbook_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(office()).await?;
        manager.create_table(member()).await?;
        manager.create_table(integration()).await?;
        manager.create_table(session()).await?;
        manager.create_table(handbook()).await?;
        manager.create_table(acknowledgement()).await?;
        execute(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["acknowledgement", "handbook", "session", "integration", "member", "office"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn office() -> TableCreateStatement {
    Table::create()
        .table("office")
        .col(uuid("id").primary_key())
        .col(string("slug"))
        .col(string("name"))
        .col(string("time_zone"))
        .col(string("language"))
        .col(integer("publish_late_minutes"))
        .col(boolean("duty_public"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .take()
}

fn member() -> TableCreateStatement {
    owned("member")
        .col(string("email"))
        .col(string("name"))
        .col(json_binary("roles"))
        .col(string_null("password_hash"))
        .col(string("state"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("departed_at"))
        .take()
}

fn integration() -> TableCreateStatement {
    owned("integration")
        .col(string("name"))
        .col(json_binary("scopes"))
        .col(string("token_hash").unique_key())
        .col(string("token_hint"))
        .col(uuid_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(&mut references("created_by", "member"))
        .take()
}

fn session() -> TableCreateStatement {
    owned("session")
        .col(uuid("member_id"))
        .col(uuid("family"))
        .col(string("token_hash").unique_key())
        .col(timestamp_with_time_zone("issued_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("replaced_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(&mut references("member_id", "member"))
        .take()
}

fn handbook() -> TableCreateStatement {
    owned("handbook")
        .col(integer("number"))
        .col(string("title"))
        .col(json_binary("document"))
        .col(string("digest"))
        .col(string("state"))
        .col(timestamp_with_time_zone_null("activated_at"))
        .col(uuid_null("activated_by"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut references("activated_by", "member"))
        .take()
}

fn acknowledgement() -> TableCreateStatement {
    owned("acknowledgement")
        .col(uuid("member_id"))
        .col(uuid("handbook_id"))
        .col(timestamp_with_time_zone("acknowledged_at"))
        .foreign_key(&mut references("member_id", "member"))
        .foreign_key(&mut references("handbook_id", "handbook"))
        .take()
}
