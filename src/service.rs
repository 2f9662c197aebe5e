//! A running service: started, announced, stopped in order.
//!
//! Stopping: not ready any more, sockets closed, open requests ended, then the worker's posts in flight, then the pools.
//! A second signal ends the process at once; whatever was in flight is looked up at the next start.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use connectors::Http;
use office::entity::WorkerId;
use office::{IdSource as _, Office, SystemIds};
use tokio::task::{JoinError, JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use worker::{PlatformAuthorizer, Worker};

use crate::{
    config::{Environment, Settings},
    output::Form,
    telemetry::Metrics,
    wiring,
};

mod announce;
mod listen;
mod signals;

pub(crate) use announce::Addresses;

/// What a process does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Roles {
    api: bool,
    worker: bool,
}

impl Roles {
    /// API and worker.
    pub(crate) const BOTH: Self = Self { api: true, worker: true };
    /// The API alone.
    pub(crate) const API: Self = Self { api: true, worker: false };
    /// The worker alone.
    pub(crate) const WORKER: Self = Self { api: false, worker: true };
}

/// A part that runs, and how it ended.
type Part = JoinHandle<anyhow::Result<()>>;

/// A service that is bound and not yet stopped.
pub(crate) struct Service {
    pub(crate) office: Office,
    /// Where it listens; none for a worker alone.
    pub(crate) addresses: Option<Addresses>,
    api: Option<Part>,
    worker: Option<Part>,
    stop_api: CancellationToken,
    stop_worker: CancellationToken,
    stop_rest: CancellationToken,
    tasks: TaskTracker,
    /// Listened for from the start: whoever is told to stop the moment it has announced itself drains as well.
    signals: Option<signals::Signals>,
}

/// Serves until stopped.
pub(crate) async fn run(
    settings: &Settings,
    roles: Roles,
    form: Form,
    environment: &Environment,
) -> anyhow::Result<()> {
    let office = wiring::open(settings).await?;
    let service = Service::start(office, settings, roles, environment)?;
    announce::announce(&service, settings, form).await?;
    service.until_stopped().await
}

impl Service {
    /// Starts the parts. Within a tokio runtime.
    pub(crate) fn start(
        office: Office,
        settings: &Settings,
        roles: Roles,
        environment: &Environment,
    ) -> anyhow::Result<Self> {
        let metrics = Metrics::start()?;
        let mut service = Self {
            office,
            addresses: None,
            api: None,
            worker: None,
            stop_api: CancellationToken::new(),
            stop_worker: CancellationToken::new(),
            stop_rest: CancellationToken::new(),
            tasks: TaskTracker::new(),
            signals: Some(signals::Signals::listen()?),
        };
        if roles.api {
            service.start_api(settings, &metrics)?;
        }
        if roles.worker {
            service.start_worker(settings, environment)?;
        }
        let heard = listen::run(service.office.clone(), roles, service.stop_rest.clone());
        service.tasks.spawn(heard);
        service.tasks.spawn(metrics.upkeep(service.stop_rest.clone()));
        Ok(service)
    }

    fn start_api(&mut self, settings: &Settings, metrics: &Metrics) -> anyhow::Result<()> {
        let api = settings.api();
        let listen = api.listen.clone();
        let server =
            api::Server::build(self.office.clone(), api, Arc::new(PlatformAuthorizer), metrics.render())
                .map_err(|error| {
                    let next = match error.kind() {
                        std::io::ErrorKind::AddrInUse => {
                            "another program has it: choose another with --port, or --port 0"
                        }
                        std::io::ErrorKind::PermissionDenied => {
                            "this user may not: choose a port from 1024 on with --port"
                        }
                        _ => "choose another with --host and --port",
                    };
                    anyhow!("cannot listen on {listen} ({error}): {next}")
                })?;
        self.addresses = Some(Addresses::new(&settings.server.public_url, server.address()));
        let stop = self.stop_api.clone();
        let run = async move { server.run_until(stop).await.context("the API ended") };
        self.api = Some(self.tasks.spawn(run));
        Ok(())
    }

    fn start_worker(&mut self, settings: &Settings, environment: &Environment) -> anyhow::Result<()> {
        let http =
            Http::new(settings.http_limits()).context("the client for calls to platforms cannot be made")?;
        let id = WorkerId(SystemIds.next());
        let mut worker =
            Worker::new(self.office.clone(), http, settings.worker.clone(), id, &environment.host_name())?;
        if let Some(mailroom) = wiring::mail::mailroom(&self.office, settings, id)? {
            worker = worker.with_mailroom(mailroom);
        }
        let stop = self.stop_worker.clone();
        let run = async move { worker.run(stop).await.context("the worker ended") };
        self.worker = Some(self.tasks.spawn(run));
        Ok(())
    }

    /// Waits for a signal or for a part that fails, then stops everything in order.
    pub(crate) async fn until_stopped(mut self) -> anyhow::Result<()> {
        let signals = self.signals.take().ok_or_else(|| anyhow!("nobody listens for signals"))?;
        let ended = tokio::select! {
            name = signals.next() => {
                tracing::info!(signal = name, "stopping; a second signal ends at once");
                Ok(())
            }
            ended = end_of(&mut self.api) => ended,
            ended = end_of(&mut self.worker) => ended,
        };
        drop(self.tasks.spawn(signals.end_at_second()));
        let stopped = self.stop().await;
        ended.and(stopped)
    }

    /// Stops the API, then the worker, then the rest, and closes the pools.
    async fn stop(mut self) -> anyhow::Result<()> {
        self.stop_api.cancel();
        let api = wait_for(&mut self.api).await;
        self.stop_worker.cancel();
        let worker = wait_for(&mut self.worker).await;
        self.stop_rest.cancel();
        wiring::close(&self.office).await;
        tracing::info!("stopped");
        api.and(worker)
    }
}

/// How a part ended; never, when it does not run.
async fn end_of(part: &mut Option<Part>) -> anyhow::Result<()> {
    let Some(running) = part else { return std::future::pending().await };
    let ended = running.await;
    *part = None;
    outcome(ended)
}

async fn wait_for(part: &mut Option<Part>) -> anyhow::Result<()> {
    match part.take() {
        Some(running) => outcome(running.await),
        None => Ok(()),
    }
}

fn outcome(ended: Result<anyhow::Result<()>, JoinError>) -> anyhow::Result<()> {
    ended.unwrap_or_else(|error| Err(anyhow!("a part of the service broke: {error}")))
}
