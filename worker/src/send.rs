//! One post's way: call and outcome; and the look-up of one whose outcome is not known.
//!
//! No transaction is open while the platform is spoken to: the claim has committed the attempt, `settle` opens a new one.

use std::time::Duration;

use chrono::{DateTime, Utc};
use connectors::{Amplified, Cause, ConnectError, Connector, LookUp, LookUpKind, Message, Outcome};
use office::{
    Fault, Result,
    queue::{self, Lease, LookUpOutcome, Ready, SendOutcome, Settlement},
};
use tokio::{sync::mpsc::UnboundedSender, time::Instant};
use tracing::Instrument as _;

use crate::{
    Worker,
    in_flight::Held,
    message::{self, Unready},
    metrics,
    outcome::{self, ours},
    settle::Done,
};

/// Until when a call may begin so that it ends within its lease: by this machine's own sense of time from before the claim
/// on, whatever the database's clock says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    began: Instant,
    wall: DateTime<Utc>,
    budget: Duration,
}

impl Deadline {
    /// To be taken before the claim.
    pub(crate) fn from_now(worker: &Worker) -> Self {
        let lease = u64::try_from(worker.office.limits().lease_seconds).unwrap_or(0);
        let budget = Duration::from_secs(lease).saturating_sub(worker.http.limits().longest_publish());
        Self { began: Instant::now(), wall: worker.office.now(), budget }
    }

    /// How long there still is.
    fn left(&self) -> Duration {
        self.budget.saturating_sub(self.began.elapsed())
    }

    /// Whether it is too late. A machine that slept may not have counted the time, so both of its clocks are asked.
    fn has_passed(&self, now: DateTime<Utc>) -> bool {
        let by_wall = (now - self.wall).to_std().unwrap_or_default();
        self.began.elapsed().max(by_wall) >= self.budget
    }
}

/// Sends one claimed post and hands over what came of it.
pub(crate) async fn send(
    worker: Worker,
    ready: Ready,
    held: Held,
    deadline: Deadline,
    done: UnboundedSender<Done>,
) {
    let lease = ready.lease;
    let span = tracing::info_span!("send", post.id = %lease.post_id, fence = lease.fence, trace.parent = tracing::field::Empty);
    if let Some(parent) = &ready.post.trace_parent {
        span.record("trace.parent", parent.as_str());
    }
    async {
        let (outcome, wait) = publish(&worker, &ready, deadline).await;
        metrics::attempt(&outcome, &ready, worker.office.now());
        let settlement = Settlement { lease, attempt_id: ready.attempt_id, outcome, wait };
        held.ended();
        worker.office.bell().workers().notify_waiters();
        // Whoever settles outlives every task that sends.
        drop(done.send(Done { settlement, held }));
    }
    .instrument(span)
    .await;
}

/// What came of it, and how long the platform then wants to be left alone.
async fn publish(worker: &Worker, ready: &Ready, deadline: Deadline) -> (SendOutcome, Option<Duration>) {
    let (message, connector) = match prepared(worker, ready, deadline).await {
        Ok(prepared) => prepared,
        Err(outcome) => return (outcome, None),
    };
    let sent = match amplified(ready) {
        None => connector.publish(&message).await,
        Some(Ok(what)) => connector.amplify(&what).await,
        Some(Err(cause)) => Outcome::Refused(cause),
    };
    (outcome::of_send(sent), connector.wait())
}

/// The post of others that is passed on; none where something is said, which is published though it may quote one.
fn amplified(ready: &Ready) -> Option<std::result::Result<Amplified, Cause>> {
    let url = ready.composed.passes_on()?.parse();
    let key = ready.post.idempotency_key.clone();
    let what = url.map(|url| Amplified { url, idempotency_key: key });
    Some(
        what.map_err(|_form| {
            Cause::new("ADDRESS_INVALID", "the address of what is passed on cannot be read")
        }),
    )
}

async fn prepared(
    worker: &Worker,
    ready: &Ready,
    deadline: Deadline,
) -> std::result::Result<(Message, Box<dyn Connector>), SendOutcome> {
    // A store that hangs must not hold the post for ever: its lease is renewed as long as this task lives.
    let loaded = tokio::time::timeout(deadline.left(), message::load(worker, ready)).await;
    let loaded = loaded.unwrap_or_else(|_late| {
        Err(Unready::Unread(Fault::Media("it did not answer in time".to_owned()).into()))
    });
    let message = match loaded {
        Ok(message) => message,
        Err(Unready::Unfit(cause)) => return Err(SendOutcome::Refused(cause)),
        Err(Unready::Unread(error)) => {
            tracing::error!(post.id = %ready.post.id, %error, "its media could not be read");
            let cause = ours("MEDIA_UNREADABLE", "its media could not be read from the store");
            return Err(SendOutcome::NotSent(cause, None));
        }
    };
    let message = Message { not_after: Some(deadline.began + deadline.budget), ..message };
    let connector = connect(worker, ready).map_err(outcome::of_send)?;
    // Frozen for a while between the attempt and the call: somebody may have taken the post by now.
    if deadline.has_passed(worker.office.now()) {
        let why = "the worker was too slow to begin the call within its lease";
        return Err(SendOutcome::NotSent(ours("LEASE_RUNS_OUT", why), None));
    }
    Ok((message, connector))
}

/// The connector of the post's channel, or the outcome of having none.
fn connect(worker: &Worker, ready: &Ready) -> std::result::Result<Box<dyn Connector>, Outcome> {
    message::connect(&worker.office, &worker.http, worker.id, &ready.channel).map_err(|error| match error {
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
    worker.in_flight.settled(&lease);
    drop(held);
    worker.office.bell().workers().notify_waiters();
}

/// A timeline is searched by what was sent. When the channel changed since, these are other words, and not finding them
/// proves nothing.
fn comparable(ready: &Ready, connector: &dyn Connector) -> bool {
    connector.capabilities().look_up != LookUpKind::Timeline || ready.as_approved
}

async fn try_look_up(worker: &Worker, lease: &Lease) -> Result<()> {
    let Some(ready) = queue::begin_look_up(&worker.office, lease).await? else { return Ok(()) };
    let outcome = match (message::load(worker, &ready).await, connect(worker, &ready)) {
        (Ok(_), Ok(connector)) if ready.composed.passes_on().is_some() => match amplified(&ready) {
            Some(Ok(what)) => outcome::of_look_up(connector.look_up_amplified(&what).await),
            _ => LookUpOutcome::CannotTell(ours(
                "ADDRESS_INVALID",
                "the address of what was passed on cannot be read",
            )),
        },
        (Ok(message), Ok(connector)) if comparable(&ready, connector.as_ref()) => {
            outcome::of_look_up(connector.look_up(&message).await)
        }
        (Ok(_), Ok(_)) => LookUpOutcome::CannotTell(ours(
            "WORDS_CHANGED",
            "the channel's signature or language changed since it was sent: the timeline cannot be compared",
        )),
        // What was sent cannot be made again: the account took more when it was.
        (Err(Unready::Unfit(cause)), _) => LookUpOutcome::CannotTell(cause),
        (Err(Unready::Unread(_)), _) => LookUpOutcome::Unreachable(
            ours("MEDIA_UNREADABLE", "its media could not be read from the store"),
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
