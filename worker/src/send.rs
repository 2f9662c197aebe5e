//! One post's way: gate, call, settle; and the look-up of one whose outcome is not known.
//!
//! No transaction is open while the platform is spoken to: `begin` has committed the attempt, `settle` opens a new one.

use std::time::Duration;

use chrono::TimeDelta;
use connectors::{Cause, ConnectError, Connector, LookUp, LookUpKind, Outcome};
use office::{
    Result,
    queue::{self, Begun, Lease, LookUpOutcome, Ready, SendOutcome, Settled},
};
use tracing::Instrument as _;

use crate::{Worker, in_flight::Held, message, metrics, outcome};

/// How often settling is tried again, and how long it waits in between.
const SETTLE_AGAIN: u32 = 5;
const SETTLE_PAUSE: Duration = Duration::from_secs(1);

/// Sends one claimed post.
pub(crate) async fn send(worker: Worker, lease: Lease, held: Held) {
    let span = tracing::info_span!("send", post.id = %lease.post_id, fence = lease.fence, trace.parent = tracing::field::Empty);
    async {
        if let Err(error) = try_send(&worker, &lease).await {
            tracing::error!(post.id = %lease.post_id, %error, "the post could not be settled; its lease will end and it will be rescued");
        }
    }
    .instrument(span)
    .await;
    drop(held);
    worker.office.wake().notify_waiters();
}

async fn try_send(worker: &Worker, lease: &Lease) -> Result<()> {
    let ready = match queue::begin(&worker.office, lease).await {
        Ok(Begun::Send(ready)) => ready,
        Ok(Begun::Stopped(state)) => {
            tracing::info!(post.id = %lease.post_id, ?state, "stopped at the gate");
            return Ok(());
        }
        Ok(Begun::LostLease) => return Ok(()),
        Err(error) => {
            // Nothing was sent: give it back, so that it need not wait for its lease to end.
            queue::give_back(&worker.office, lease).await?;
            return Err(error);
        }
    };
    if let Some(parent) = &ready.post.trace_parent {
        tracing::Span::current().record("trace.parent", parent.as_str());
    }
    let outcome = publish(worker, &ready).await;
    metrics::attempt(&outcome, &ready, worker.office.now());
    let settled = settle(worker, lease, &ready, &outcome).await?;
    tracing::info!(post.id = %lease.post_id, channel.platform = ?ready.channel.platform, ?settled, "settled");
    Ok(())
}

/// Settles, and tries again when the database is away for a moment: the outcome is in hand only here.
async fn settle(worker: &Worker, lease: &Lease, ready: &Ready, outcome: &SendOutcome) -> Result<Settled> {
    let mut settled = queue::settle(&worker.office, lease, ready.attempt_id, outcome).await;
    for _ in 0..SETTLE_AGAIN {
        if settled.is_ok() {
            break;
        }
        tokio::time::sleep(SETTLE_PAUSE).await;
        settled = queue::settle(&worker.office, lease, ready.attempt_id, outcome).await;
    }
    settled
}

async fn publish(worker: &Worker, ready: &Ready) -> SendOutcome {
    let message = match message::load(worker, ready).await {
        Ok(message) => message,
        Err(error) => {
            tracing::error!(post.id = %ready.post.id, %error, "its media could not be read");
            return SendOutcome::NotSent(
                office_cause("MEDIA_UNREADABLE", "its media could not be read from the store"),
                None,
            );
        }
    };
    // Frozen for a while between the attempt and the call: somebody may have taken the post by now.
    let longest = TimeDelta::from_std(worker.http.limits().longest_publish()).unwrap_or(TimeDelta::MAX);
    let in_time = ready.post.lease_until.is_some_and(|end| worker.office.now() + longest < end);
    if !in_time {
        let why = "the worker was too slow to begin the call within its lease";
        return SendOutcome::NotSent(office_cause("LEASE_RUNS_OUT", why), None);
    }
    match connect(worker, ready) {
        Ok(connector) => outcome::of_send(connector.publish(&message).await),
        Err(cause) => outcome::of_send(cause),
    }
}

fn office_cause(code: &str, detail: &str) -> queue::Cause {
    queue::Cause { code: code.to_owned(), detail: detail.to_owned(), http_status: None }
}

/// The connector of the post's channel, or the outcome of having none.
fn connect(worker: &Worker, ready: &Ready) -> std::result::Result<Box<dyn Connector>, Outcome> {
    message::connect(worker, &ready.channel).map_err(|error| match error {
        message::NotConnected::Settings(ConnectError::CredentialMissing) => {
            Outcome::CredentialRejected(Cause::new("CREDENTIAL_MISSING", "the channel has no credential"))
        }
        message::NotConnected::Settings(error) => {
            Outcome::CredentialRejected(Cause::new("CONNECTION_INVALID", error.to_string()))
        }
        message::NotConnected::Sealed => Outcome::CredentialRejected(Cause::new(
            "CREDENTIAL_UNREADABLE",
            "the stored credential does not open",
        )),
        message::NotConnected::NoConnector => {
            Outcome::Refused(Cause::new("NO_CONNECTOR", "Masthead cannot publish to this platform"))
        }
    })
}

/// Looks up one post whose outcome is not known.
pub(crate) async fn look_up(worker: Worker, lease: Lease, held: Held) {
    let span = tracing::info_span!("look_up", post.id = %lease.post_id, fence = lease.fence);
    async {
        if let Err(error) = try_look_up(&worker, &lease).await {
            tracing::error!(post.id = %lease.post_id, %error, "the look-up could not be settled; it will be tried again");
        }
    }
    .instrument(span)
    .await;
    drop(held);
    worker.office.wake().notify_waiters();
}

/// A timeline is searched by what was sent. When the channel changed since, these are other words, and not finding them
/// proves nothing.
fn comparable(ready: &Ready, connector: &dyn Connector) -> bool {
    connector.capabilities().look_up != LookUpKind::Timeline || ready.composed.digest() == ready.post.digest
}

async fn try_look_up(worker: &Worker, lease: &Lease) -> Result<()> {
    let Some(ready) = queue::begin_look_up(&worker.office, lease).await? else { return Ok(()) };
    let outcome = match (message::load(worker, &ready).await, connect(worker, &ready)) {
        (Ok(message), Ok(connector)) if comparable(&ready, connector.as_ref()) => {
            outcome::of_look_up(connector.look_up(&message).await)
        }
        (Ok(_), Ok(_)) => LookUpOutcome::CannotTell(office_cause(
            "WORDS_CHANGED",
            "the channel's signature or language changed since it was sent: the timeline cannot be compared",
        )),
        (Err(_), _) => LookUpOutcome::Unreachable(
            office_cause("MEDIA_UNREADABLE", "its media could not be read from the store"),
            None,
        ),
        (_, Err(_)) => outcome::of_look_up(LookUp::Unreachable {
            cause: Cause::new("NOT_CONNECTED", "the channel has no working connection to ask"),
            retry_after: None,
        }),
    };
    metrics::look_up(&outcome);
    let settled = queue::settle_look_up(&worker.office, lease, ready.attempt_id, &outcome).await?;
    tracing::info!(post.id = %lease.post_id, ?settled, "looked up");
    Ok(())
}
