//! The three tables of the deployment itself: signing keys, set-up links, signs of life.

use sea_orm_migration::{
    prelude::*,
    schema::{blob, integer, string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid},
};

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(signing_key()).await?;
        manager.create_table(setup_link()).await?;
        manager.create_table(worker_beat()).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["worker_beat", "setup_link", "signing_key"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn signing_key() -> TableCreateStatement {
    Table::create()
        .table("signing_key")
        .col(uuid("id").primary_key())
        .col(string("kid").unique_key())
        .col(blob("private_sealed"))
        .col(blob("public"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("retired_at"))
        .take()
}

fn setup_link() -> TableCreateStatement {
    Table::create()
        .table("setup_link")
        .col(uuid("id").primary_key())
        .col(string("token_hash").unique_key())
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .take()
}

fn worker_beat() -> TableCreateStatement {
    Table::create()
        .table("worker_beat")
        .col(uuid("id").primary_key())
        .col(string("host"))
        .col(string("version"))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone("ticked_at"))
        .col(integer("in_flight"))
        .col(timestamp_with_time_zone_null("stopped_at"))
        .take()
}
