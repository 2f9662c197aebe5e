//! Settles what came of tries, as many at a time as have ended: a commit costs more than a post.
//!
//! An outcome is in hand only here, so it is kept until the database took it, however long that is away; no more than twice
//! the concurrency are ever held, so a database that is away stops the claims.

use std::time::Duration;

use office::{
    OfficeError, Result,
    error::Fault,
    queue::{self, Settled, Settlement},
};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{Worker, in_flight::Held, retreat::Retreat};

/// Tries that are settled in one transaction.
const BATCH: usize = 200;

/// How long an outcome waits for others while more are under way: they share a commit, and the next claim finds their
/// places free together.
pub(crate) const GATHER: Duration = Duration::from_millis(4);

/// A try that ended.
#[derive(Debug)]
pub(crate) struct Done {
    /// What came of it.
    pub(crate) settlement: Settlement,
    /// The post's place.
    pub(crate) held: Held,
}

/// Runs until nobody can send any more.
pub(crate) async fn run(worker: Worker, mut done: UnboundedReceiver<Done>) {
    while let Some(first) = done.recv().await {
        let mut batch = vec![first];
        if worker.in_flight.are_under_way() {
            tokio::time::sleep(GATHER).await;
        }
        while batch.len() < BATCH
            && let Ok(next) = done.try_recv()
        {
            batch.push(next);
        }
        let (settlements, held): (Vec<Settlement>, Vec<Held>) =
            batch.into_iter().map(|done| (done.settlement, done.held)).unzip();
        settle(&worker, &settlements).await;
        drop(held);
        worker.office.bell().workers().notify_waiters();
    }
}

async fn settle(worker: &Worker, settlements: &[Settlement]) {
    let mut retreat = Retreat::default();
    loop {
        match queue::settle(&worker.office, worker.id, settlements).await {
            Ok(settled) => return tell(worker, settlements, &settled),
            Err(OfficeError::Fault(Fault::Database(error))) => {
                tracing::error!(%error, posts = settlements.len(), "outcomes could not be written; trying again");
                tokio::time::sleep(retreat.next()).await;
            }
            Err(error) => {
                tracing::error!(%error, posts = settlements.len(), "outcomes could not be written together; trying each alone");
                return one_by_one(worker, settlements).await;
            }
        }
    }
}

/// One that cannot be settled must not keep the others from it: its lease will end, and it will be looked up.
async fn one_by_one(worker: &Worker, settlements: &[Settlement]) {
    for settlement in settlements {
        let alone = std::slice::from_ref(settlement);
        let settled: Result<Vec<Settled>> = queue::settle(&worker.office, worker.id, alone).await;
        match settled {
            Ok(settled) => tell(worker, alone, &settled),
            Err(error) => {
                tracing::error!(post.id = %settlement.lease.post_id, %error, "the post could not be settled; its lease will end and it will be rescued");
            }
        }
    }
}

fn tell(worker: &Worker, settlements: &[Settlement], settled: &[Settled]) {
    for (settlement, settled) in settlements.iter().zip(settled) {
        worker.in_flight.settled(&settlement.lease);
        tracing::info!(post.id = %settlement.lease.post_id, fence = settlement.lease.fence, ?settled, "settled");
    }
}
