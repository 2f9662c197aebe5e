//! The two pools and the one way to begin a transaction. Knows the engines' differences; nothing else in `office` does,
//! but for the queue's row locks.

use chrono::{DateTime, Utc};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr,
    IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::clock::Clock;

pub(crate) mod given;

/// A connected database: on `SQLite` a pool of one for writing and a pool for reading, on `PostgreSQL` one pool.
#[derive(Debug, Clone)]
pub struct Database {
    write: DatabaseConnection,
    read: DatabaseConnection,
}

impl Database {
    /// From the pools that `src/wiring` opened.
    pub fn new(write: DatabaseConnection, read: DatabaseConnection) -> Self {
        Self { write, read }
    }

    /// For reading outside a transaction.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Which engine.
    pub fn engine(&self) -> DatabaseBackend {
        self.write.get_database_backend()
    }

    /// Begins a transaction that will write. On `SQLite` it takes the write lock at once: a deferred transaction that
    /// reads before it writes fails under contention, whatever the busy time-out.
    pub(crate) async fn write(&self) -> Result<DatabaseTransaction, DbErr> {
        self.write
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await
    }

    /// Begins a part of a transaction that can be undone by itself.
    pub(crate) async fn savepoint(tx: &DatabaseTransaction) -> Result<DatabaseTransaction, DbErr> {
        tx.begin().await
    }

    /// Begins a transaction that sees the database as it is now until its end, and changes nothing. It may take as long as it
    /// takes.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        if self.engine() == DatabaseBackend::Sqlite {
            return self.read.begin().await;
        }
        let options = TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        let tx = self.read.begin_with_options(options).await?;
        Self::unhurried(&tx).await?;
        Ok(tx)
    }

    /// Lets the statements of this transaction take as long as they take: those of commands that read or write all of an
    /// office.
    pub(crate) async fn unhurried(tx: &DatabaseTransaction) -> Result<(), DbErr> {
        if tx.get_database_backend() == DatabaseBackend::Postgres {
            tx.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
        }
        Ok(())
    }

    /// What time it is by the clock that decides leases: the database's own, where several machines share it. A clock that
    /// was handed in to stand still, and the one machine of `SQLite`, are their own.
    pub(crate) async fn now(db: &impl ConnectionTrait, clock: &dyn Clock) -> Result<DateTime<Utc>, DbErr> {
        if !clock.is_ambient() || db.get_database_backend() != DatabaseBackend::Postgres {
            return Ok(clock.now());
        }
        let statement = Statement::from_string(DatabaseBackend::Postgres, "SELECT clock_timestamp() AS now");
        let row = db.query_one_raw(statement).await?;
        row.ok_or_else(|| DbErr::Custom("the database does not say what time it is".to_owned()))?
            .try_get("", "now")
    }

    /// Closes both pools, so that `SQLite` can fold its log away.
    pub async fn close(self) -> Result<(), DbErr> {
        self.read.close().await?;
        self.write.close().await
    }
}
