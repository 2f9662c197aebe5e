//! Where a desk's rows and media are, and how another process comes to them.

use std::sync::Arc;

use object_store::memory::InMemory;
use office::{Database, Limits, ManualClock, Office, Parts, SystemIds, Vault};
use sea_orm::{ConnectOptions, Database as Connector, DatabaseConnection};
use tempfile::TempDir;

use super::engine::Engine;

/// Where an office's rows and media are.
pub(super) struct Place {
    address: String,
    media: Arc<InMemory>,
    _folder: TempDir,
}

impl Place {
    /// Rows of its own, and no medium.
    pub(super) async fn fresh(engine: &Engine) -> Self {
        let folder = TempDir::new().unwrap();
        let address = match engine.fresh().await {
            Some(url) => url,
            None => format!("sqlite://{}?mode=rwc", folder.path().join("desk.db").display()),
        };
        Self { address, media: Arc::new(InMemory::new()), _folder: folder }
    }

    /// New connections.
    pub(super) async fn connect(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(&self.address);
        options.sqlx_logging(false);
        Connector::connect(options).await.unwrap()
    }

    /// The office there.
    pub(super) fn office(&self, clock: &ManualClock, database: &DatabaseConnection) -> Office {
        Office::new(Parts {
            db: Database::new(database.clone(), database.clone()),
            clock: Arc::new(clock.clone()),
            ids: Arc::new(SystemIds),
            vault: Vault::new([7; 32]),
            media: Arc::<InMemory>::clone(&self.media),
            limits: Limits::default(),
        })
    }
}

/// A way to an office from another thread.
pub(crate) struct Door {
    pub(super) place: Arc<Place>,
    pub(super) clock: ManualClock,
}

impl Door {
    /// Opens connections, in the runtime of whoever asks.
    pub(crate) async fn open(&self) -> Office {
        self.place.office(&self.clock, &self.place.connect().await)
    }
}
