//! Checks waiting posts again after another handbook came into force. It knows neither what a handbook says nor what
//! becomes of a post that it blocks: that is `office`.

use office::{Result, queue};

use crate::Worker;

/// One look: every waiting post that was not checked under the handbook in force, batch by batch.
pub(crate) async fn run(worker: Worker) {
    if let Err(error) = offices(&worker).await {
        tracing::error!(%error, reconcile = "recheck", "reconciling failed; the next tick tries again");
    }
}

async fn offices(worker: &Worker) -> Result<()> {
    for office_id in queue::offices_to_recheck(&worker.office).await? {
        let (mut looked_at, mut held, mut after) = (0, 0, None);
        while !worker.tasks.is_closed() {
            let (done, last) = queue::recheck(&worker.office, worker.id, office_id, after).await?;
            looked_at += done.looked_at;
            held += done.held;
            if last.is_none() {
                break;
            }
            after = last;
        }
        tracing::info!(office.id = %office_id, looked_at, held, "checked waiting posts under the handbook in force");
    }
    Ok(())
}
