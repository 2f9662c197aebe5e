//! Where the program under measurement keeps its things: a data folder, and a database of the bench's own.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use object_store::memory::InMemory;
use office::{Database, Limits, Office, Parts, SystemClock, SystemIds, Vault};
use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseBackend, DatabaseConnection};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

/// The program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_masthead");

/// A deployment.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    data: PathBuf,
    database: Option<String>,
}

impl Place {
    /// One that is there, or will be.
    pub(crate) fn at(data: &Path, database: Option<&str>) -> Self {
        let database = database.filter(|url| !url.is_empty()).map(str::to_owned);
        Self { data: data.to_path_buf(), database }
    }

    /// A new one beside the server's database of that address, or on SQLite. Whatever stood under its name is gone.
    pub(crate) async fn fresh(data: &Path, server: Option<&str>, name: &str) -> Self {
        drop(std::fs::remove_dir_all(data));
        let place = match server.filter(|url| !url.is_empty()) {
            Some(server) => Self::at(data, Some(&database(server, name).await)),
            None => Self::at(data, None),
        };
        let made = place.command(&["migrate"]).status().unwrap();
        assert!(made.success(), "the database could not be made");
        place
    }

    /// Takes everything away; tells first what the program complained of.
    pub(crate) async fn clear(&self) {
        let log = std::fs::read_to_string(self.data.join("bench.log")).unwrap_or_default();
        if !log.is_empty() {
            let last: Vec<&str> = log.lines().rev().take(3).collect();
            eprintln!("the program logged {} lines, at last: {}", log.lines().count(), last.join(" | "));
        }
        if let Some(url) = &self.database {
            let (server, name) = url.rsplit_once('/').unwrap();
            let name = name.split('?').next().unwrap_or(name);
            execute_on(&format!("{server}/postgres"), &[&drop_database(name)]).await;
        }
        drop(std::fs::remove_dir_all(&self.data));
    }

    /// Its engine, as people call it.
    pub(crate) fn engine(&self) -> &'static str {
        if self.database.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    /// The name of its database on the server.
    pub(crate) fn database_name(&self) -> Option<&str> {
        let (_, name) = self.database.as_deref()?.rsplit_once('/')?;
        name.split('?').next()
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// A command of the program here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).arg("--data-dir").arg(&self.data).args(["--set", "log.level=warn"]);
        command.env_remove("DATABASE_URL").env_remove("PORT").env_remove("MASTHEAD_MASTER_KEY");
        if let Some(url) = &self.database {
            command.env("DATABASE_URL", url);
        }
        command.stdin(Stdio::null());
        command
    }

    /// Settings among these that this version of the program has.
    pub(crate) fn known(&self, wanted: &[(&str, String)]) -> Vec<String> {
        let printed = self.command(&["config", "print", "--json"]).output().unwrap();
        let printed: serde_json::Value = serde_json::from_slice(&printed.stdout).expect("the settings fit");
        let known = wanted.iter().filter(|(key, _)| printed.get(key).is_some());
        known.map(|(key, value)| format!("{key}={value}")).collect()
    }

    /// A connection of the bench's own.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        let mut options = match &self.database {
            Some(url) => ConnectOptions::new(url),
            None => self.sqlite(),
        };
        options
            .max_connections(if self.database.is_some() { 24 } else { 4 })
            .acquire_timeout(Duration::from_mins(10))
            .sqlx_logging(false);
        sea_orm::Database::connect(options).await.expect("the database answers")
    }

    fn sqlite(&self) -> ConnectOptions {
        let file = self.data.join("masthead.db");
        let mut options = ConnectOptions::new("sqlite:masthead.db");
        options.map_sqlx_sqlite_opts(move |sqlite| {
            // What is seeded need not survive a loss of power; the program's own connections keep their own settings.
            sqlite
                .filename(&file)
                .busy_timeout(Duration::from_mins(10))
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Off)
                .foreign_keys(true)
        });
        options
    }

    /// The master key of its data folder.
    pub(crate) fn vault(&self) -> Vault {
        let text = std::fs::read_to_string(self.data.join("master.key")).expect("the master key is there");
        Vault::new(STANDARD.decode(text.trim()).unwrap().try_into().unwrap())
    }

    /// The office's rules on this database, in this process.
    pub(crate) async fn office(&self) -> Office {
        let db = self.connect().await;
        Office::new(Parts {
            db: Database::new(db.clone(), db),
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
            vault: self.vault(),
            media: Arc::new(InMemory::new()),
            limits: Limits::default(),
        })
    }
}

fn drop_database(name: &str) -> String {
    format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")
}

/// Makes a database beside that of the address.
async fn database(server: &str, name: &str) -> String {
    execute_on(server, &[&drop_database(name), &format!("CREATE DATABASE {name}")]).await;
    let (base, _) = server.rsplit_once('/').expect("postgres://user:password@host/name");
    format!("{base}/{name}")
}

async fn execute_on(url: &str, statements: &[&str]) {
    let connection = sea_orm::Database::connect(url).await.expect("PostgreSQL answers");
    assert_eq!(connection.get_database_backend(), DatabaseBackend::Postgres, "postgres://… is needed");
    for statement in statements {
        connection.execute_unprepared(statement).await.expect("the role may make databases");
    }
    connection.close().await.unwrap();
}
