//! The tables that a queue changes all day are swept early and often on `PostgreSQL`, so that dead rows do not pile up in
//! front of a claim. `SQLite` has no dead rows.

use sea_orm_migration::{prelude::*, sea_orm};

use crate::table::execute;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE post SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0)",
    "ALTER TABLE channel_head SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0)",
    "ALTER TABLE attempt SET (fillfactor = 90)",
    "ALTER TABLE audit_head SET (fillfactor = 20, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0)",
];

const DOWN: &[&str] = &[
    "ALTER TABLE post RESET (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, autovacuum_vacuum_cost_delay)",
    "ALTER TABLE channel_head RESET (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, autovacuum_vacuum_cost_delay)",
    "ALTER TABLE attempt RESET (fillfactor)",
    "ALTER TABLE audit_head RESET (fillfactor, autovacuum_vacuum_threshold, autovacuum_vacuum_cost_delay)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, DOWN).await
    }
}

async fn on_postgres(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    if manager.get_database_backend() == sea_orm::DatabaseBackend::Postgres {
        execute(manager, statements).await?;
    }
    Ok(())
}
