//! Fresh databases. `SQLite` always; `PostgreSQL` where `TEST_DATABASE_URL` names a server.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An engine that a test runs on.
#[derive(Debug, Clone)]
pub(crate) enum Engine {
    /// A file in the program's own data folder.
    Sqlite,
    /// A server, by the address of its maintenance database.
    Postgres(String),
}

/// The engines of this run.
pub(crate) fn engines() -> Vec<Engine> {
    #[expect(clippy::disallowed_methods, reason = "tests are told of servers by the environment")]
    let server = std::env::vars().find(|(name, _)| name == "TEST_DATABASE_URL").map(|(_, url)| url);
    std::iter::once(Engine::Sqlite).chain(server.map(Engine::Postgres)).collect()
}

impl Engine {
    /// A connection to the server's maintenance database.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        let Self::Postgres(server) = self else { panic!("a file has no server") };
        Database::connect(server).await.unwrap()
    }

    /// A fresh database: none for the default one of a fresh data folder.
    pub(crate) async fn fresh(&self) -> Option<String> {
        let Self::Postgres(server) = self else { return None };
        let name = format!("masthead_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let connection = self.connect().await;
        connection.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
        connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        connection.close().await.unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        Some(format!("{base}/{name}"))
    }
}
