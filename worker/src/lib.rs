//! The worker: takes posts that are due, lets them through the gate, sends them, settles what came of it; and sweeps up
//! behind those that died.
//!
//! Knows how a post travels from the queue to a connector. It decides nothing about posts (that is `office`) and knows
//! no platform (that is `connectors`). Any number of workers may run on one queue.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use connectors::{ConnectError, Http, LinkProbe};
use entity::WorkerId;
use office::Office;
use serde::Deserialize;
use thiserror::Error;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

mod accounts;
mod after;
mod authorize;
mod dispatch;
mod feed_store;
mod in_flight;
mod link_checks;
mod mail;
mod message;
mod metrics;
mod outcome;
mod recheck;
mod reconcile;
mod retreat;
mod rounds;
mod send;
mod settle;
mod ticks;

pub use accounts::Accounts;
pub use authorize::PlatformAuthorizer;
pub use mail::{Mailroom, MailroomSettings};
pub use metrics::describe;

/// Settings of a worker; each is described where it is set: `config/default.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkerSettings {
    /// Posts that are sent at the same time, at most.
    pub concurrency: usize,
    /// Seconds after which the queue is looked at though nothing was due and nobody rang.
    pub backstop_seconds: u64,
    /// Seconds that stopping waits for posts in flight.
    pub drain_seconds: u64,
    /// Posts of one host that are sent at the same time, at most.
    pub per_host: usize,
    /// Seconds between looks at held posts though no gate was heard to move.
    pub release_every_seconds: u32,
    /// Seconds between gauges and sweeps.
    pub housekeeping_every_seconds: u32,
    /// Seconds between rounds about accounts: credentials to be refreshed, accounts to be looked at.
    pub credentials_every_seconds: u32,
    /// Seconds between looks for links that are due to be checked.
    pub links_every_seconds: u32,
    /// Links that are checked at the same time, at most.
    pub links_concurrency: usize,
    /// Links that are checked in one look, at most.
    pub links_at_once: usize,
    /// Seconds between looks for channels whose platform is to be asked something again.
    pub rounds_every_seconds: u32,
    /// Channels that are asked about at the same time, at most.
    pub rounds_concurrency: usize,
    /// Channels that are asked about in one look, at most, of each kind.
    pub rounds_at_once: usize,
    /// Hosts that are never asked when links are checked, with all below them.
    pub internal_hosts: Vec<String>,
}

/// Why a worker cannot start or go on.
#[derive(Debug, Error)]
pub enum WorkerError {
    /// A lease must outlive the longest call, or a post could be rescued while it is being sent.
    #[error(
        "limits.lease_seconds is {lease} but a call may take {longest} seconds: set it to at least {needed}, or shorten the time-outs under [http]"
    )]
    LeaseTooShort {
        /// The setting.
        lease: i64,
        /// The longest call.
        longest: u64,
        /// The least that works.
        needed: u64,
    },
    /// The client of link checks cannot be built.
    #[error("the client for link checks cannot be made")]
    LinkProbe(#[source] ConnectError),
    /// The scheduler of the reconcilers did not start.
    #[error("the scheduler did not start")]
    Scheduler(#[from] tokio_cron_scheduler::JobSchedulerError),
}

/// One worker of a process.
#[derive(Debug, Clone)]
pub struct Worker {
    id: WorkerId,
    office: Office,
    http: Http,
    link_probe: LinkProbe,
    settings: Arc<WorkerSettings>,
    host: Arc<str>,
    started_at: DateTime<Utc>,
    tasks: TaskTracker,
    in_flight: in_flight::InFlight,
    mailroom: Option<Mailroom>,
}

/// Seconds that a lease must be longer than the longest call.
const LEASE_MARGIN_SECONDS: u64 = 5;

impl Worker {
    /// A new worker; `id` is new at each start.
    pub fn new(
        office: Office,
        http: Http,
        settings: WorkerSettings,
        id: WorkerId,
        host: &str,
    ) -> Result<Self, WorkerError> {
        let longest = http.limits().longest_publish().as_secs();
        let (lease, needed) = (office.limits().lease_seconds, longest + LEASE_MARGIN_SECONDS);
        if u64::try_from(lease).unwrap_or(0) < needed {
            return Err(WorkerError::LeaseTooShort { lease, longest, needed });
        }
        let link_probe =
            LinkProbe::new(http.limits(), &settings.internal_hosts).map_err(WorkerError::LinkProbe)?;
        Ok(Self {
            id,
            link_probe,
            started_at: office.now(),
            office,
            http,
            settings: Arc::new(settings),
            host: host.into(),
            tasks: TaskTracker::new(),
            in_flight: in_flight::InFlight::default(),
            mailroom: None,
        })
    }

    /// The same, sending mail as well.
    #[must_use]
    pub fn with_mailroom(mut self, mailroom: Mailroom) -> Self {
        self.mailroom = Some(mailroom);
        self
    }

    /// Renews the leases of the posts in flight, three times within each.
    async fn keep_leases(self, drained: CancellationToken) {
        let lease = u64::try_from(self.office.limits().lease_seconds).unwrap_or(0);
        let every = Duration::from_millis((lease * 1_000 / 3).max(500));
        while !drained.is_cancelled() {
            reconcile::renew(self.clone()).await;
            tokio::select! {
                () = drained.cancelled() => {}
                () = tokio::time::sleep(every) => {}
            }
        }
    }

    /// Works until `stop` is cancelled; then claims nothing more, waits for what is in flight, and says that it stopped.
    pub async fn run(&self, stop: CancellationToken) -> Result<(), WorkerError> {
        let mut ticks = ticks::start(self).await?;
        tracing::info!(worker.id = %self.id, "worker started");
        drop(self.tasks.spawn(reconcile::housekeeping(self.clone())));
        let (done, outcomes) = tokio::sync::mpsc::unbounded_channel();
        drop(self.tasks.spawn(settle::run(self.clone(), outcomes)));
        drop(self.tasks.spawn(reconcile::look_after_gates(self.clone(), stop.clone())));
        if let Some(mailroom) = self.mailroom.clone() {
            drop(self.tasks.spawn(mailroom.run(stop.clone())));
        }
        let (drained, keeper) = (CancellationToken::new(), TaskTracker::new());
        drop(keeper.spawn(self.clone().keep_leases(drained.clone())));
        dispatch::run(self, &stop, done).await;
        ticks.shutdown().await?;
        self.tasks.close();
        let ended =
            tokio::time::timeout(Duration::from_secs(self.settings.drain_seconds), self.tasks.wait()).await;
        drained.cancel();
        if ended.is_err() {
            tracing::warn!(worker.id = %self.id, posts = self.in_flight.len(), "stopped with posts in flight: they will be looked up");
        }
        if let Err(error) = office::queue::stopped(&self.office, self.id).await {
            tracing::warn!(worker.id = %self.id, %error, "could not say that the worker stopped");
        }
        tracing::info!(worker.id = %self.id, "worker stopped");
        Ok(())
    }
}
