//! The measurements: a drain, lag, a death in the middle, idling. Each on one place, with real worker processes.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Map, Value, json};

use crate::{
    arguments::Knobs,
    figures::rounded,
    place::Place,
    processes::{Meter, Reading, Running, Used, memory},
    receipts::Sink,
    seed::Desk,
};

mod death;

pub(crate) use death::fast_rescue;

/// How often the sink or the database is asked how far it is.
const POLL: Duration = Duration::from_millis(100);

/// A furnished office, its sink, and how to measure.
#[derive(Debug)]
pub(crate) struct Bench<'a> {
    pub(crate) place: Place,
    pub(crate) desk: Desk,
    pub(crate) sink: &'a Sink,
    pub(crate) knobs: Knobs,
    meter: Meter,
}

/// What a drain showed.
#[derive(Debug)]
pub(crate) struct Drained {
    /// From the first receipt to the last.
    pub(crate) per_second: Option<f64>,
    /// Processor milliseconds a post, of our processes and of the database's.
    pub(crate) cpu_ms: (f64, Option<f64>),
    /// Most memory that all workers together held.
    pub(crate) peak_rss_mib: f64,
    /// Posts that came twice.
    pub(crate) twice: Option<u64>,
    /// Posts by their state afterwards.
    pub(crate) states: Value,
    /// Share of the machine that others took.
    pub(crate) foreign: f64,
}

impl<'a> Bench<'a> {
    pub(crate) async fn furnish(place: Place, sink: &'a Sink, knobs: &Knobs) -> Self {
        let desk = Desk::furnish(&place, sink.address.as_str(), knobs.channels, false).await;
        let meter = Meter::of(&place, desk.db()).await;
        Self { place, desk, sink, knobs: knobs.clone(), meter }
    }

    /// Starts so many worker processes.
    pub(crate) fn workers(&self, count: usize, more: &[(&str, String)]) -> Vec<Running> {
        let mut wanted = vec![
            ("worker.concurrency", self.knobs.concurrency.to_string()),
            // What is seeded beside the worker on SQLite is not rung: there API and worker are one process.
            ("worker.backstop_seconds", "1".to_owned()),
            ("worker.per_host", "1000".to_owned()),
            ("limits.catch_up_gap_seconds", "0".to_owned()),
        ];
        wanted.extend(more.iter().cloned());
        let settings = self.place.known(&wanted);
        (0..count).map(|_| Running::start(&self.place, &["worker"], &settings)).collect()
    }

    fn read(&self, workers: &[Running]) -> Reading {
        let pids: Vec<u32> = workers.iter().map(Running::id).collect();
        self.meter.read(&pids)
    }

    /// Drains so many posts that are due.
    pub(crate) async fn drain(&self, n: usize, workers: usize) -> Drained {
        let prefix = prefix("d");
        let before = self.sink.unique().await;
        let due = self.desk.office.now();
        self.desk.posts(&prefix, n, |_| due).await;
        // A database that has run for a minute has looked at its tables.
        self.desk.analyze().await;
        let (started, sink) = (self.read(&[]), self.sink_ticks());
        let workers = self.workers(workers, &[]);
        self.until_drained(before, n).await;
        let used = self.read(&workers).since(&started);
        let peak = workers.iter().map(|worker| memory(worker.id(), "VmHWM")).sum();
        let stats = self.sink.stats(&prefix, n).await;
        for worker in workers {
            worker.stop();
        }
        let per_second = match &stats {
            Some(stats) => Some(stats["unique"].as_f64().unwrap() - 1.0)
                .zip(stats["span_s"].as_f64())
                .map(|(posts, span)| posts / span.max(1e-9)),
            None => self.rate_by_attempts(&prefix).await,
        };
        let per_post = |seconds: f64| seconds * 1_000.0 / n as f64;
        let sink = (self.sink_ticks() - sink) / (used.seconds * cores());
        Drained {
            per_second,
            cpu_ms: (per_post(used.ours), used.database.map(per_post)),
            peak_rss_mib: peak,
            twice: stats.as_ref().and_then(|stats| stats["twice"].as_u64()),
            states: self.states(&prefix).await,
            foreign: (used.busy - used.share() - sink).max(0.0),
        }
    }

    fn sink_ticks(&self) -> f64 {
        let sink = self.sink.process();
        sink.map_or(0.0, |pid| self.meter.read(&[pid]).since(&self.meter.read(&[])).ours)
    }

    /// Waits until nothing is due any more, or the sink has them all.
    async fn until_drained(&self, before: Option<usize>, n: usize) {
        let (started, mut looks, mut quiet) = (Instant::now(), 0_u32, 0);
        while quiet < 3 && started.elapsed() < Duration::from_secs(self.knobs.limit_seconds) {
            tokio::time::sleep(POLL).await;
            if let (Some(before), Some(now)) = (before, self.sink.unique().await)
                && now >= before + n
            {
                return;
            }
            looks += 1;
            if looks.is_multiple_of(5) {
                quiet = if self.idle().await { quiet + 1 } else { 0 };
            }
        }
    }

    /// Whether no channel has anything due or in flight; what waits for its next try is not over either.
    async fn idle(&self) -> bool {
        let soon = self.desk.office.now() + TimeDelta::minutes(10);
        let db = self.desk.db();
        let sql = "SELECT COUNT(*) AS busy FROM channel_head WHERE next_at <= $1 OR sending IS NOT NULL";
        let ask = Statement::from_sql_and_values(db.get_database_backend(), sql, [soon.into()]);
        let busy: i64 = db.query_one_raw(ask).await.unwrap().unwrap().try_get("", "busy").unwrap();
        busy == 0
    }

    /// Posts with this prefix by state.
    async fn states(&self, prefix: &str) -> Value {
        let db = self.desk.db();
        let sql = "SELECT state, COUNT(*) AS posts FROM post WHERE idempotency_key LIKE $1 GROUP BY state";
        let like = format!("{prefix}-%");
        let ask = Statement::from_sql_and_values(db.get_database_backend(), sql, [like.into()]);
        let rows = db.query_all_raw(ask).await.unwrap();
        let state = |row: &sea_orm::QueryResult| {
            let (state, posts): (String, i64) =
                (row.try_get("", "state").ok()?, row.try_get("", "posts").ok()?);
            Some((state, json!(posts)))
        };
        Value::Object(rows.iter().filter_map(state).collect::<Map<_, _>>())
    }

    /// When the first and the last post with this prefix was answered, by the database.
    async fn rate_by_attempts(&self, prefix: &str) -> Option<f64> {
        let db = self.desk.db();
        let sql = "SELECT COUNT(*) AS posts, MIN(ended_at) AS first, MAX(ended_at) AS last FROM attempt \
                   WHERE idempotency_key LIKE $1 AND outcome = 'DELIVERED'";
        let like = format!("{prefix}-%");
        let ask = Statement::from_sql_and_values(db.get_database_backend(), sql, [like.into()]);
        let row = db.query_one_raw(ask).await.unwrap()?;
        let posts: i64 = row.try_get("", "posts").ok()?;
        let (first, last): (DateTime<Utc>, DateTime<Utc>) =
            (row.try_get("", "first").ok()?, row.try_get("", "last").ok()?);
        Some((posts - 1) as f64 / ((last - first).as_seconds_f64()).max(1e-9))
    }

    /// How long after their time posts are received that are due at spread times.
    pub(crate) async fn lag(&self, workers: usize) -> Value {
        let (prefix, n) = (prefix("l"), self.knobs.lag_posts);
        let before = self.sink.unique().await;
        let workers = self.workers(workers, &[]);
        tokio::time::sleep(Duration::from_secs(2)).await;
        // Enough time to write them down before the first is due.
        let lead = 3_000 + n as i64;
        let spread = self.knobs.lag_spread_ms as f64;
        let start = self.desk.office.now() + TimeDelta::milliseconds(lead);
        let due = |number: usize| {
            start + TimeDelta::microseconds((spread * 1_000.0 * number as f64 / n as f64) as i64)
        };
        self.desk.posts(&prefix, n, due).await;
        let seeded_late = self.desk.office.now() > start;
        let over = start + TimeDelta::milliseconds(self.knobs.lag_spread_ms as i64);
        tokio::time::sleep((over - self.desk.office.now()).to_std().unwrap_or_default()).await;
        self.until_drained(before, n).await;
        let stats = match self.sink.stats(&prefix, n).await {
            Some(stats) => stats,
            None => self.lag_by_posts(&prefix).await,
        };
        drop(workers);
        json!({
            "posts": n, "p50Ms": stats["lag_p50_ms"], "p99Ms": stats["lag_p99_ms"], "maxMs": stats["lag_max_ms"],
            "early": stats["lag_early"], "twice": stats["twice"], "never": stats["never"], "seededLate": seeded_late,
        })
    }

    async fn lag_by_posts(&self, prefix: &str) -> Value {
        let db = self.desk.db();
        let sql = "SELECT due_at, published_at FROM post WHERE idempotency_key LIKE $1 AND published_at IS NOT NULL";
        let like = format!("{prefix}-%");
        let ask = Statement::from_sql_and_values(db.get_database_backend(), sql, [like.into()]);
        let rows = db.query_all_raw(ask).await.unwrap();
        let lag = |row: &sea_orm::QueryResult| {
            let (due, out): (DateTime<Utc>, DateTime<Utc>) =
                (row.try_get("", "due_at").ok()?, row.try_get("", "published_at").ok()?);
            Some((out - due).as_seconds_f64() * 1_000.0)
        };
        let mut lags: Vec<f64> = rows.iter().filter_map(lag).collect();
        lags.sort_by(f64::total_cmp);
        let at =
            |share: f64| lags.get((lags.len().saturating_sub(1) as f64 * share).round() as usize).copied();
        json!({
            "lag_p50_ms": at(0.5), "lag_p99_ms": at(0.99), "lag_max_ms": at(1.0),
            "lag_early": lags.iter().filter(|lag| **lag < 0.0).count(),
            "never": self.knobs.lag_posts - lags.len(),
        })
    }

    /// What an idle worker takes of the machine, on the settings that hold when nobody says otherwise.
    pub(crate) async fn idle_worker(&self) -> Value {
        let workers = vec![Running::start(&self.place, &["worker"], &[])];
        tokio::time::sleep(Duration::from_secs(8)).await;
        let started = self.read(&workers);
        tokio::time::sleep(Duration::from_secs(15)).await;
        let used: Used = self.read(&workers).since(&started);
        let resident = memory(workers[0].id(), "VmRSS");
        json!({ "shareOfMachine": rounded(used.share()), "rssMiB": rounded(resident) })
    }

    /// What API and worker in one process hold while nothing happens.
    pub(crate) async fn idle_service(&self) -> Value {
        let service = Running::start(&self.place, &["serve", "--port", "0"], &[]);
        tokio::time::sleep(Duration::from_secs(5)).await;
        json!({ "rssMiB": rounded(memory(service.id(), "VmRSS")) })
    }
}

fn cores() -> f64 {
    std::thread::available_parallelism().map_or(1, usize::from) as f64
}

/// A prefix of keys that no other measurement has.
fn prefix(kind: &str) -> String {
    format!("{kind}{}", &uuid::Uuid::now_v7().simple().to_string()[4..20])
}

impl Drained {
    pub(crate) fn figures(&self) -> Value {
        json!({
            "drainedPerSecond": rounded(self.per_second),
            "cpuMsPerPost": rounded(self.cpu_ms.0),
            "databaseCpuMsPerPost": rounded(self.cpu_ms.1),
            "peakRssMiB": rounded(self.peak_rss_mib),
            "twice": self.twice,
            "states": self.states,
            "foreign": rounded(self.foreign),
        })
    }
}
