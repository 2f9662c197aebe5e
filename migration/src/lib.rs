//! Written migrations, one change a file, never edited once released.
//!
//! They import no entity: an entity's meaning may change later, a migration's may not. They run on `SQLite` and
//! `PostgreSQL` alike.

use sea_orm_migration::prelude::*;

pub use sea_orm_migration::MigratorTrait;

mod m20261125_000001_create_deployment;
mod m20261125_000002_create_offices;
mod m20261125_000003_create_initiatives;
mod m20261125_000004_create_channels;
mod m20261125_000005_create_drafts;
mod m20261125_000006_create_posts;
mod m20261125_000007_create_audit;
mod table;

/// Runs the migrations.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261125_000001_create_deployment::Migration),
            Box::new(m20261125_000002_create_offices::Migration),
            Box::new(m20261125_000003_create_initiatives::Migration),
            Box::new(m20261125_000004_create_channels::Migration),
            Box::new(m20261125_000005_create_drafts::Migration),
            Box::new(m20261125_000006_create_posts::Migration),
            Box::new(m20261125_000007_create_audit::Migration),
        ]
    }
}
