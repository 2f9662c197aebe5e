//! One post's way: gate, call, settle; and the look-up of one whose outcome is not known.
//!
//! No transaction is open while the platform is spoken to: `begin` has committed the attempt, `settle` opens a new one.

use connectors::{Cause, ConnectError, Connector, LookUp, Outcome};
use office::{
    Result,
    queue::{self, Begun, Lease, LookUpOutcome, Ready, SendOutcome},
};
use tracing::Instrument as _;

use crate::{Worker, in_flight::Held, message, metrics, outcome};

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
    let settled = queue::settle(&worker.office, lease, ready.attempt_id, &outcome).await?;
    tracing::info!(post.id = %lease.post_id, channel.platform = ?ready.channel.platform, ?settled, "settled");
    Ok(())
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

async fn try_look_up(worker: &Worker, lease: &Lease) -> Result<()> {
    let Some(ready) = queue::begin_look_up(&worker.office, lease).await? else { return Ok(()) };
    let outcome = match (message::load(worker, &ready).await, connect(worker, &ready)) {
        (Ok(message), Ok(connector)) => outcome::of_look_up(connector.look_up(&message).await),
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
