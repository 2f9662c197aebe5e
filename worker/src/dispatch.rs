//! The loop: claim what can be sent now, hand each to a task, sleep until the next is due or somebody rings.
//!
//! The timer stays armed whatever happens: a lost ring costs at most the backstop.

use std::time::Duration;

use office::{Result, queue};
use tokio_util::sync::CancellationToken;

use crate::{Worker, send};

/// Waits after a failure, so that a database that is away is not stormed.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// Runs until `stop`.
pub(crate) async fn run(worker: &Worker, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        // Interest is registered before the queue is read: a ring between reading and sleeping is not lost.
        let rung = worker.office.wake().notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        let sleep = match look(worker).await {
            Ok(sleep) => sleep,
            Err(error) => {
                tracing::error!(worker.id = %worker.id, %error, "the queue could not be read; trying again");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = rung => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

/// Claims and starts what is due; answers how long to sleep.
async fn look(worker: &Worker) -> Result<Duration> {
    let in_flight = worker.in_flight.len();
    queue::beat(&worker.office, worker.id, &worker.host, worker.started_at, in_flight).await?;
    let free = worker.settings.concurrency.saturating_sub(in_flight);
    let free = u64::try_from(free).unwrap_or(0);
    if free == 0 {
        // A task that ends rings.
        return Ok(Duration::from_secs(worker.settings.backstop_seconds));
    }
    let look_ups = queue::claim_look_ups(&worker.office, worker.id, free).await?;
    let free = free.saturating_sub(u64::try_from(look_ups.len()).unwrap_or(free));
    let due = queue::claim(&worker.office, worker.id, free).await?;
    let busy = !look_ups.is_empty() || !due.is_empty();
    for lease in look_ups {
        let held = worker.in_flight.enter(lease.post_id);
        worker.tasks.spawn(send::look_up(worker.clone(), lease, held));
    }
    for lease in due {
        let held = worker.in_flight.enter(lease.post_id);
        worker.tasks.spawn(send::send(worker.clone(), lease, held));
    }
    if busy {
        return Ok(Duration::ZERO);
    }
    let backstop = Duration::from_secs(worker.settings.backstop_seconds);
    let next = queue::next_due(&worker.office).await?;
    let wait = next.map(|due| (due - worker.office.now()).to_std().unwrap_or(Duration::ZERO));
    // A post that is due but not ours to take (its channel is busy elsewhere) must not make a busy loop.
    Ok(wait.unwrap_or(backstop).clamp(Duration::from_millis(5), backstop))
}
