//! Connecting: SQLite in the data folder with one connection that writes and some that read, or PostgreSQL with one
//! pool. Knows nothing of what is in the database.

use std::time::Duration;

use anyhow::{Context as _, anyhow};
use office::Database;
use sea_orm::ConnectOptions;
use secrecy::ExposeSecret as _;
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use url::Url;

use super::data_folder;
use crate::config::Settings;

/// A connection that was idle for longer is tried before it is used.
const TRY_IF_IDLE: Duration = Duration::from_secs(30);

/// A process that says nothing for so long in the middle of a change has lost it: it stands still or cannot be heard, and
/// everybody waits for the rows that it holds. No change waits for anything but the database.
const SILENT_IN_A_CHANGE: &str = "10s";

/// Opens the pools.
pub(crate) async fn connect(settings: &Settings) -> anyhow::Result<Database> {
    if settings.is_postgres() { postgres(settings).await } else { sqlite(settings).await }
}

async fn postgres(settings: &Settings) -> anyhow::Result<Database> {
    let url = settings.database.url.expose_secret();
    let mut options = postgres_options(settings, settings.database.connections);
    options
        .statement_timeout(Duration::from_secs(settings.database.statement_seconds))
        .test_before_acquire_if_idle_for(TRY_IF_IDLE)
        .map_sqlx_postgres_opts(|postgres| {
            postgres.options([("idle_in_transaction_session_timeout", SILENT_IN_A_CHANGE)])
        });
    let pool = sea_orm::Database::connect(options).await.map_err(|error| {
        let why = without_secret(url, &error.to_string());
        anyhow!(
            "PostgreSQL at {} does not answer ({why}): check DATABASE_URL and that the server runs, then try: \
             masthead doctor",
            place(url)
        )
    })?;
    Ok(Database::new(pool.clone(), pool))
}

pub(super) fn postgres_options(settings: &Settings, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(settings.database.url.expose_secret());
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(settings.database.acquire_seconds))
        .connect_timeout(Duration::from_secs(settings.database.acquire_seconds))
        .set_application_name("masthead")
        .sqlx_logging(false);
    options
}

/// Host and name of the database, for messages.
pub(crate) fn place(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return "the address in DATABASE_URL".to_owned() };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}{}", url.host_str().unwrap_or("localhost"), url.path())
}

fn without_secret(url: &str, text: &str) -> String {
    text.replace(url, "the address in DATABASE_URL")
}

async fn sqlite(settings: &Settings) -> anyhow::Result<Database> {
    let file = settings.sqlite_file();
    let cannot = || format!("the database {} cannot be opened", file.display());
    // Made here, so that only its owner can read it: SQLite gives its other files the same permissions.
    match data_folder::new_private_file(&file, "") {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        made => made.with_context(cannot)?,
    }
    let busy = Duration::from_secs(settings.database.busy_seconds);
    let options = sqlite_options(settings, (1, true), busy);
    let write = sea_orm::Database::connect(options).await.with_context(cannot)?;
    let options = sqlite_options(settings, (settings.database.read_connections, false), busy);
    let read = sea_orm::Database::connect(options).await.with_context(cannot)?;
    Ok(Database::new(write, read))
}

/// So many connections that write, or only read; `busy` is how long one waits for a lock that another process holds.
pub(super) fn sqlite_options(
    settings: &Settings,
    (connections, writes): (u32, bool),
    busy: Duration,
) -> ConnectOptions {
    let file = settings.sqlite_file();
    let mut options = ConnectOptions::new("sqlite:masthead.db");
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(settings.database.acquire_seconds))
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite.filename(&file).busy_timeout(busy).foreign_keys(true);
            if writes {
                // FULL: what was recorded as published must survive a loss of power.
                sqlite
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    // What a batch of the queue touches stays in memory: 2 MiB, the default, spill in the middle of it.
                    .pragma("cache_size", "-16384")
                    // Pages are folded into the file after so many, 16 MiB: folded more often, each costs a second write.
                    .pragma("wal_autocheckpoint", "4000")
                    .optimize_on_close(true, None)
            } else {
                sqlite.pragma("query_only", "on")
            }
        });
    options
}
