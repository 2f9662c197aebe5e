//! News of what was committed: an office's audit chain grew, the queue changed, a gate may have moved. It carries no
//! content: whoever hears it looks for themselves, so that lost or doubled news does no harm. Within the process it is
//! told directly; on `PostgreSQL` it also goes out with the commit itself, by NOTIFY, to every other process.

use std::sync::Arc;

use entity::OfficeId;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Statement};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

/// How many pieces of news a slow listener may fall behind before it must read the chain anyway.
const BACKLOG: usize = 1024;

/// The channel of `PostgreSQL` on which news of the audit chains goes out.
pub const CHAINS: &str = "masthead_chains";
/// The channel on which workers are woken.
pub const QUEUE: &str = "masthead_queue";

/// An office's chain grew to `sequence`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Which office.
    pub office_id: OfficeId,
    /// The newest entry.
    pub sequence: i64,
}

/// Whom a commit wakes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is somebody who is woken or not; none excludes another"
)]
pub(crate) struct Ring {
    /// Every worker.
    pub(crate) workers: bool,
    /// The worker of this process alone.
    #[serde(skip)]
    pub(crate) own_worker: bool,
    /// Whoever looks after held posts.
    pub(crate) gates: bool,
    /// Whoever sends mail. A process of an older version does not know the word.
    #[serde(default)]
    pub(crate) mail: bool,
}

/// What one commit has to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct News {
    /// Which process it comes from.
    pub(crate) process: Uuid,
    /// Chains that grew.
    pub(crate) events: Vec<Event>,
    /// Whom it wakes.
    pub(crate) ring: Ring,
}

impl News {
    /// Sends it with the commit of `tx`, where other processes can hear it: at most one message for each channel, since a
    /// commit that notifies waits for others that do.
    pub(crate) async fn post(&self, tx: &DatabaseTransaction) -> Result<(), DbErr> {
        if tx.get_database_backend() != DatabaseBackend::Postgres {
            return Ok(());
        }
        let wakes = self.ring.workers || self.ring.gates || self.ring.mail;
        let (sql, channels): (&str, &[&str]) = match (wakes, self.events.is_empty()) {
            (false, true) => return Ok(()),
            (false, false) => ("SELECT pg_notify($2, $1)", &[CHAINS]),
            (true, true) => ("SELECT pg_notify($2, $1)", &[QUEUE]),
            (true, false) => ("SELECT pg_notify($2, $1), pg_notify($3, $1)", &[CHAINS, QUEUE]),
        };
        let text = serde_json::to_string(self).map_err(|error| DbErr::Json(error.to_string()))?;
        let values = std::iter::once(text.as_str()).chain(channels.iter().copied());
        let values = values.map(sea_orm::Value::from);
        tx.execute_raw(Statement::from_sql_and_values(DatabaseBackend::Postgres, sql, values)).await?;
        Ok(())
    }
}

/// Carries news to whoever listens in this process.
#[derive(Debug, Clone)]
pub struct Bell {
    process: Uuid,
    events: broadcast::Sender<Option<Event>>,
    workers: Arc<Notify>,
    gates: Arc<Notify>,
    mail: Arc<Notify>,
}

impl Bell {
    /// For a process of this id.
    pub(crate) fn new(process: Uuid) -> Self {
        Self {
            process,
            events: broadcast::channel(BACKLOG).0,
            workers: Arc::new(Notify::new()),
            gates: Arc::new(Notify::new()),
            mail: Arc::new(Notify::new()),
        }
    }

    pub(crate) fn process(&self) -> Uuid {
        self.process
    }

    /// Listens from now on to chains that grow. `None`: news may have been missed, so every chain is to be read again.
    pub fn listen(&self) -> broadcast::Receiver<Option<Event>> {
        self.events.subscribe()
    }

    /// Notified when the queue changed.
    pub fn workers(&self) -> &Notify {
        &self.workers
    }

    /// Notified when a gate may have moved.
    pub fn gates(&self) -> &Notify {
        &self.gates
    }

    /// Notified when mail was written.
    pub fn mail(&self) -> &Notify {
        &self.mail
    }

    /// Tells everybody in this process.
    pub(crate) fn hear(&self, news: &News) {
        for event in &news.events {
            // No listener is no error.
            drop(self.events.send(Some(*event)));
        }
        if news.ring.workers || news.ring.own_worker {
            self.workers.notify_waiters();
        }
        if news.ring.gates {
            self.gates.notify_waiters();
        }
        if news.ring.mail {
            self.mail.notify_waiters();
        }
    }

    /// Tells what another process sent. Its own news a process has heard already.
    pub fn hear_message(&self, message: &str) {
        match serde_json::from_str::<News>(message) {
            Ok(news) if news.process != self.process => self.hear(&news),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "news from another process could not be read"),
        }
    }

    /// News may have been missed: everybody looks again.
    pub fn missed(&self) {
        drop(self.events.send(None));
        self.workers.notify_waiters();
        self.gates.notify_waiters();
        self.mail.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn news_of_another_process_is_heard_and_ones_own_is_not_heard_twice() {
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let bell = Bell::new(own);
        let mut events = bell.listen();
        let event = Event { office_id: OfficeId(Uuid::from_u128(7)), sequence: 3 };
        let news = |process| News { process, events: vec![event], ring: Ring::default() };
        bell.hear_message(&serde_json::to_string(&news(own)).unwrap());
        bell.hear_message("no news");
        assert!(events.try_recv().is_err());
        bell.hear_message(&serde_json::to_string(&news(other)).unwrap());
        assert_eq!(events.try_recv().unwrap(), Some(event));
        bell.missed();
        assert_eq!(events.try_recv().unwrap(), None);
    }
}
