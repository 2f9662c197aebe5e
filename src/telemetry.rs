//! Logs and metrics of the process. Knows where they go and how they look; what is logged is said where it happens.

use std::{io::IsTerminal as _, sync::Arc, time::Duration};

use anyhow::Context as _;
use api::MetricsRender;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Seconds between two rounds of the recorder's housekeeping.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Upper bounds of histograms, in seconds: from a fast answer to an hour late.
const BUCKETS: [f64; 14] =
    [0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3_600.0];

/// Starts logging to standard error.
pub(crate) fn start_logging(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.level).context("log.level is not readable")?;
    let terminal = std::io::stderr().is_terminal();
    let json = match log.format {
        LogFormat::Json => true,
        LogFormat::Pretty => false,
        LogFormat::Auto => !terminal,
    };
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if json {
        lines.json().flatten_event(true).with_current_span(false).try_init()
    } else {
        lines.with_ansi(terminal).with_target(false).try_init()
    };
    started.map_err(|error| anyhow::anyhow!("logging cannot start: {error}"))
}

/// The recorder of metrics.
#[derive(Clone)]
pub(crate) struct Metrics(PrometheusHandle);

impl Metrics {
    /// Starts to record.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
            .context("the buckets of histograms are not usable")?;
        let handle = builder.install_recorder().context("metrics cannot be recorded")?;
        worker::describe();
        Ok(Self(handle))
    }

    /// What `/metrics` answers with.
    pub(crate) fn render(&self) -> MetricsRender {
        let handle = self.0.clone();
        Arc::new(move || handle.render())
    }

    /// Keeps the recorder tidy until `stop`.
    pub(crate) async fn upkeep(self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(UPKEEP_EVERY);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => self.0.run_upkeep(),
            }
        }
    }
}
