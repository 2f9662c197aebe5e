//! SIGINT and SIGTERM: the first stops, the second ends.

use anyhow::Context as _;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::Mutex,
};

/// The exit code of a process that a second signal ended.
const FORCED: i32 = 130;

/// Listens for both.
pub(super) struct Signals(Mutex<(Signal, Signal)>);

impl Signals {
    pub(super) fn listen() -> anyhow::Result<Self> {
        let listen = |kind| signal(kind).context("signals cannot be listened for");
        Ok(Self(Mutex::new((listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?))))
    }

    /// The name of the next one.
    pub(super) async fn next(&self) -> &'static str {
        let mut signals = self.0.lock().await;
        let (interrupt, terminate) = &mut *signals;
        tokio::select! {
            _ = interrupt.recv() => "SIGINT",
            _ = terminate.recv() => "SIGTERM",
        }
    }

    /// Ends the process at the next one: stopping takes too long for whoever waits.
    pub(super) async fn end_at_second(self) {
        let name = self.next().await;
        tracing::warn!(signal = name, "ended before everything was stopped");
        std::process::exit(FORCED);
    }
}
