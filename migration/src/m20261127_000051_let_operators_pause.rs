//! Who paused may be nobody of the office: the operator at the command line stops publishing too.

use sea_orm_migration::{
    prelude::*,
    schema::{
        json_binary, string, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
    sea_orm::DatabaseBackend,
};

use crate::table::{execute, owned, references};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: &str = "id, office_id, scope, channel_id, initiative_id, reason, starts_at, ends_at, exempt, paused_by, \
                       resumed_at, resumed_by, created_at";
const INDEXES: &[&str] = &[
    "CREATE INDEX pause_current ON pause (office_id, id) WHERE resumed_at IS NULL",
    "CREATE INDEX pause_office ON pause (office_id, id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            return execute(manager, &["ALTER TABLE pause ALTER COLUMN paused_by DROP NOT NULL"]).await;
        }
        build_again(manager, uuid_null("paused_by")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            return execute(manager, &["ALTER TABLE pause ALTER COLUMN paused_by SET NOT NULL"]).await;
        }
        build_again(manager, uuid("paused_by")).await
    }
}

/// `SQLite` changes no column of a table that is there: the table is made again beside it and takes its name.
async fn build_again(manager: &SchemaManager<'_>, paused_by: ColumnDef) -> Result<(), DbErr> {
    let table = owned("pause_again")
        .col(string("scope"))
        .col(uuid_null("channel_id"))
        .col(uuid_null("initiative_id"))
        .col(text("reason"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone_null("ends_at"))
        .col(json_binary("exempt"))
        .col(paused_by)
        .col(timestamp_with_time_zone_null("resumed_at"))
        .col(uuid_null("resumed_by"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(&mut references("channel_id", "channel"))
        .foreign_key(&mut references("initiative_id", "initiative"))
        .foreign_key(&mut references("paused_by", "member"))
        .foreign_key(&mut references("resumed_by", "member"))
        .take();
    manager.create_table(table).await?;
    let copy = format!("INSERT INTO pause_again ({COLUMNS}) SELECT {COLUMNS} FROM pause");
    execute(manager, &[&copy, "DROP TABLE pause", "ALTER TABLE pause_again RENAME TO pause"]).await?;
    execute(manager, INDEXES).await
}
