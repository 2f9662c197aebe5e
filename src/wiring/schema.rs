//! Bringing the schema up to date, by one process at a time, of which no moment leaves half of anything behind. Knows not what the
//! migrations do.

use std::time::Duration;

use anyhow::{Context as _, bail};
use migration::{Migrator, MigratorTrait as _};
use office::Database;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait as _,
};

use super::database::{postgres_options, sqlite_options};
use crate::config::Settings;

/// What excludes two processes that migrate one PostgreSQL database: any number that nobody else locks.
const LOCK: i64 = 0x4d41_5354;

const FAILED: &str =
    "the database could not be brought up to date: nothing was changed by the migration that failed";

const BUSY: &str =
    "another process has been bringing the database up to date for too long (database.migration_seconds)";

/// Brings the schema up to date; several processes may try at once: the first does it, the others wait. How many migrations
/// ran.
pub(crate) async fn update(settings: &Settings, db: &Database) -> anyhow::Result<usize> {
    if pending(db.read()).await?.is_empty() {
        return Ok(0);
    }
    // A connection of its own: what the others may take for a statement is no measure for a table of a million rows.
    let patience = Duration::from_secs(settings.database.migration_seconds);
    let options = match db.engine() {
        DatabaseBackend::Postgres => postgres_options(settings, 2),
        _ => sqlite_options(settings, (1, true), patience),
    };
    let own = sea_orm::Database::connect(options).await.context(FAILED)?;
    let ran = match db.engine() {
        DatabaseBackend::Postgres => on_postgres(&own, patience).await,
        _ => on_sqlite(&own).await,
    };
    own.close().await?;
    ran
}

/// All in one transaction: on SQLite sea-orm gives a migration none, and one that was killed in the middle would be in the way
/// of every later start.
async fn on_sqlite(db: &DatabaseConnection) -> anyhow::Result<usize> {
    let at_once = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let change = db.begin_with_options(at_once).await.context(BUSY)?;
    let names = pending(&change).await?;
    Migrator::up(&change, None).await.context(FAILED)?;
    change.commit().await?;
    Ok(names.len())
}

/// Each in a transaction of its own, so that a long row of them holds no table from the first to the last.
async fn on_postgres(db: &DatabaseConnection, patience: Duration) -> anyhow::Result<usize> {
    let lock = db.begin().await?;
    // The transaction of the lock is idle while the migrations run, whatever the server usually makes of that.
    let keep = format!(
        "SET LOCAL lock_timeout = '{}s'; SET LOCAL idle_in_transaction_session_timeout = 0",
        patience.as_secs()
    );
    lock.execute_unprepared(&keep).await?;
    let statement = "SELECT pg_advisory_xact_lock($1)";
    let statement = Statement::from_sql_and_values(DatabaseBackend::Postgres, statement, [LOCK.into()]);
    lock.execute_raw(statement).await.context(BUSY)?;
    let names = pending(db).await?;
    Migrator::up(db, None).await.context(FAILED)?;
    lock.commit().await?;
    Ok(names.len())
}

/// Names of the migrations that are still to run. A database that knows more than this program is refused.
pub(crate) async fn pending(db: &impl ConnectionTrait) -> anyhow::Result<Vec<String>> {
    match Migrator::get_pending_migrations_read_only(db).await {
        Ok(pending) => Ok(pending.iter().map(|migration| migration.name().to_owned()).collect()),
        Err(DbErr::Custom(text)) if text.contains("is missing") => {
            bail!(
                "this database was made by a newer Masthead than {}: install that",
                env!("CARGO_PKG_VERSION")
            )
        }
        Err(error) => Err(error).context("the database does not say which migrations ran"),
    }
}
