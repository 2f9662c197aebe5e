//! Reconcilers: each looks at the database and brings it nearer to what it should be. They take no input, may run on any
//! worker at any time, and may be missed.

use std::time::Duration;

use office::{Result, queue};
use tokio_util::sync::CancellationToken;

use crate::{Accounts, Worker, after, metrics, recheck};

/// How long gates that move together are waited for.
const GATHER: Duration = Duration::from_millis(200);
/// After so many seconds without a sign of life a worker leads no more.
const SILENT_SECONDS: i64 = 60;

fn told<T>(what: &'static str, result: Result<T>) -> Option<T> {
    result.map_err(|error| tracing::error!(%error, reconcile = what, "reconciling failed; the next tick tries again")).ok()
}

/// Releases what is held no longer. One worker is enough.
async fn release(worker: &Worker) {
    let mut after = None;
    while let Some(last) =
        told("release", queue::release_held(&worker.office, worker.id, after).await).flatten()
    {
        after = Some(last);
    }
}

/// Whether this worker does what one is enough for.
pub(crate) async fn leads(worker: &Worker) -> bool {
    told("lead", queue::leads(&worker.office, worker.id, SILENT_SECONDS).await).unwrap_or(false)
}

/// Looks after what gates hold: whenever one may have moved, and now and then, for what time alone opens.
pub(crate) async fn look_after_gates(worker: Worker, stop: CancellationToken) {
    let every = Duration::from_secs(u64::from(worker.settings.release_every_seconds));
    while !stop.is_cancelled() {
        let moved = worker.office.bell().gates().notified();
        tokio::pin!(moved);
        moved.as_mut().enable();
        // What is claimed under a lease any worker may do: one that leads and died is missed for a minute, and the codes of
        // platforms are good for seconds.
        credentials(worker.clone()).await;
        told("corrections", after::correct(&worker).await);
        if leads(&worker).await {
            accounts(worker.clone()).await;
            recheck::run(worker.clone()).await;
            told("read-backs", after::read_back(&worker).await);
            release(&worker).await;
        }
        let rung = tokio::select! {
            () = stop.cancelled() => false,
            () = &mut moved => true,
            () = tokio::time::sleep(every) => false,
        };
        if rung {
            // Many gates often move together: one look serves them all.
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(GATHER) => {}
            }
        }
    }
}

/// Lengthens the leases of the posts in flight.
pub(crate) async fn renew(worker: Worker) {
    told("renew", queue::renew(&worker.office, worker.id, &worker.in_flight.ids()).await);
}

/// Fetches and refreshes the credentials whose time has come.
pub(crate) async fn credentials(worker: Worker) {
    let accounts = Accounts::new(worker.office.clone(), worker.http.clone(), worker.id);
    told("authorizations", Box::pin(accounts.fetch()).await);
    told("refreshes", Box::pin(accounts.refresh()).await);
}

/// Looks at the accounts that are to be looked at.
pub(crate) async fn accounts(worker: Worker) {
    let accounts = Accounts::new(worker.office.clone(), worker.http.clone(), worker.id);
    told("accounts", accounts.look().await);
}

/// Gauges, and what may be forgotten.
pub(crate) async fn housekeeping(worker: Worker) {
    if let (Some(depths), Some(readiness)) = (
        told("gauges", queue::depths(&worker.office).await),
        told("gauges", queue::readiness(&worker.office).await),
    ) {
        metrics::gauges(&depths, &readiness, worker.office.now());
    }
    if !leads(&worker).await {
        return;
    }
    told("recurrences", office::recurrences::extend(&worker.office, worker.id).await);
    told("heads", queue::mend(&worker.office, worker.id).await);
    told("preparations", queue::prune(&worker.office).await);
    told("sessions", office::sessions::prune(&worker.office).await);
    told("signing keys", office::signing_keys::ensure(&worker.office).await);
    // Last: once a day it takes its time.
    told("reminders", office::reminders::run(&worker.office, worker.id).await);
}
