//! Looks where links lead: takes those that are due, asks a few at a time, and writes what was found. It knows neither
//! the pace of the checks (that is `office::links`) nor which addresses may be asked (that is `connectors`).

use connectors::{LinkFound, LinkProbe};
use office::{
    Result,
    links::{self, Claimed, Found},
};
use tokio::task::JoinSet;

use crate::{Worker, metrics};

/// One look: bounded, so that stopping does not wait for long; the next tick goes on.
pub(crate) async fn run(worker: Worker) {
    let mut left = worker.settings.links_at_once;
    while left > 0 && !worker.tasks.is_closed() {
        let wanted = left.min(worker.settings.links_concurrency);
        match batch(&worker, wanted).await {
            Ok(checked) if checked == wanted => left -= checked,
            Ok(_) => return,
            Err(error) => {
                tracing::error!(%error, reconcile = "links", "reconciling failed; the next tick tries again");
                return;
            }
        }
    }
}

/// Takes as many links as are asked at the same time, so that none is held longer than its check takes.
async fn batch(worker: &Worker, wanted: usize) -> Result<usize> {
    let due = links::claim_due(&worker.office, worker.id, u64::try_from(wanted).unwrap_or(1)).await?;
    let taken = due.len();
    let mut asking = JoinSet::new();
    for claimed in due {
        asking.spawn(ask(worker.link_probe.clone(), claimed));
    }
    while let Some(asked) = asking.join_next().await {
        // A check that broke is not settled: its hold ends and it is due again.
        let Ok((claimed, found)) = asked else { continue };
        metrics::link_check(&found);
        links::settle(&worker.office, worker.id, &claimed, &found).await?;
    }
    Ok(taken)
}

async fn ask(probe: LinkProbe, claimed: Claimed) -> (Claimed, Found) {
    let found = match probe.probe(&claimed.url).await {
        LinkFound::Alive { status, redirected_to } => {
            Found::Alive { status, redirected_to: redirected_to.map(String::from) }
        }
        LinkFound::Dead { status } => Found::Dead { status },
        LinkFound::NoSuchHost => Found::NoSuchHost,
        LinkFound::Unreachable { status } => Found::Unreachable { status },
        LinkFound::Refused => Found::Refused,
    };
    (claimed, found)
}
