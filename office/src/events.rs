//! News that an office's audit chain grew. It carries no content: whoever hears it reads the chain from where they
//! left off, so that a lost or doubled piece of news does no harm.

use entity::OfficeId;
use tokio::sync::broadcast;

/// How many pieces of news a slow listener may fall behind before it must read the chain anyway.
const BACKLOG: usize = 1024;

/// An office's chain grew to `sequence`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Which office.
    pub office_id: OfficeId,
    /// The newest entry.
    pub sequence: i64,
}

/// Carries news within the process.
#[derive(Debug, Clone)]
pub struct Events(broadcast::Sender<Event>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Events {
    /// Tells all who listen now.
    pub fn send(&self, event: Event) {
        // No listener is no error.
        drop(self.0.send(event));
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}
