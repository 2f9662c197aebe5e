//! Reconcilers: each looks at the database and brings it nearer to what it should be. They take no input, may run on any
//! worker at any time, and may be missed.

use connectors::VerifyFailure;
use entity::channel;
use office::{Result, queue};

use crate::{Worker, message, metrics};

/// Leases are renewed this often.
pub(crate) const RENEW_EVERY_SECONDS: u32 = 15;
/// Housekeeping is done this often.
pub(crate) const HOUSEKEEPING_EVERY_SECONDS: u32 = 15;
/// Credentials that are tried in one go.
const CREDENTIALS_AT_ONCE: u64 = 20;

fn told<T>(what: &'static str, result: Result<T>) -> Option<T> {
    result.map_err(|error| tracing::error!(%error, reconcile = what, "reconciling failed; the next tick tries again")).ok()
}

/// Rescues posts whose worker died.
pub(crate) async fn rescue(worker: Worker) {
    if let Some(rescued) = told("rescue", queue::rescue(&worker.office, worker.id).await)
        && rescued > 0
    {
        tracing::warn!(posts = rescued, "rescued posts whose lease had ended");
        metrics::rescued(rescued);
    }
}

/// Marks what is too late, and releases what is held no longer.
pub(crate) async fn release(worker: Worker) {
    while told("expire", queue::expire(&worker.office, worker.id).await).is_some_and(|missed| missed > 0) {}
    let mut after = None;
    while let Some(last) =
        told("release", queue::release_held(&worker.office, worker.id, after).await).flatten()
    {
        after = Some(last);
    }
}

/// Lengthens the leases of the posts in flight.
pub(crate) async fn renew(worker: Worker) {
    told("renew", queue::renew(&worker.office, worker.id, &worker.in_flight.ids()).await);
}

/// Tries credentials that were not tried yet.
pub(crate) async fn credentials(worker: Worker) {
    let Some(untested) =
        told("credentials", office::channels::untested(&worker.office, CREDENTIALS_AT_ONCE).await)
    else {
        return;
    };
    for channel in untested {
        told("credentials", try_credential(&worker, &channel).await);
    }
}

async fn try_credential(worker: &Worker, channel: &channel::Model) -> Result<()> {
    let accepted = match message::connect(worker, channel) {
        Ok(connector) => match connector.verify().await {
            Ok(_profile) => true,
            Err(VerifyFailure::Unreachable { cause, .. }) => {
                tracing::warn!(channel.id = %channel.id, cause.code, "the platform did not answer; the credential is tried again");
                return office::channels::note_unanswered(&worker.office, worker.id, channel).await;
            }
            Err(VerifyFailure::CredentialRejected(cause) | VerifyFailure::Refused(cause)) => {
                tracing::warn!(channel.id = %channel.id, cause.code, "the platform refused the credential");
                false
            }
        },
        Err(why) => {
            tracing::warn!(channel.id = %channel.id, ?why, "the channel cannot be connected");
            false
        }
    };
    office::channels::record_credential_check(&worker.office, worker.id, channel, accepted).await?;
    Ok(())
}

/// Gauges, and what may be forgotten.
pub(crate) async fn housekeeping(worker: Worker) {
    if let (Some(depths), Some(readiness)) = (
        told("gauges", queue::depths(&worker.office).await),
        told("gauges", queue::readiness(&worker.office).await),
    ) {
        metrics::gauges(&depths, &readiness, worker.office.now());
    }
    told("sessions", office::sessions::prune(&worker.office).await);
    told("signing keys", office::signing_keys::ensure(&worker.office).await);
}
