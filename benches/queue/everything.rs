//! `make bench`: everything in one run, on one machine, against one sink.

use std::{path::PathBuf, rc::Rc, time::Duration};

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    arguments::{Everything, Knobs},
    figures::{Row, rounded},
    measure::Bench,
    place::Place,
    receipts::Sink,
    report,
};

/// How long the bare client asks.
const RAW: Duration = Duration::from_secs(5);

/// Where everything is measured.
pub(crate) struct Run {
    told: Everything,
    sink: Rc<Sink>,
    raw: Option<f64>,
    rows: Vec<Row>,
}

/// A folder of this process's own.
pub(crate) fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("masthead-bench-{}-{name}", std::process::id()))
}

/// The name of a database of this process's own.
pub(crate) fn database_name() -> String {
    format!("masthead_bench_{}", std::process::id())
}

/// Measures, reports and prints.
pub(crate) async fn run(told: Everything) {
    let sink = Rc::new(Sink::find(&told.sink).await);
    let mut run = Run { told, sink, raw: None, rows: Vec::new() };
    if run.wants("raw") {
        run.raw().await;
    }
    Box::pin(run.on(None)).await;
    if !run.told.database.is_empty() {
        let server = run.told.database.clone();
        Box::pin(run.on(Some(&server))).await;
    }
    report::write(&run.rows, &run.told.knobs, run.told.database.as_str()).await;
}

impl Run {
    fn wants(&self, part: &str) -> bool {
        self.told.parts.iter().any(|wanted| wanted == part)
    }

    fn row(&mut self, what: impl Into<String>, figures: Value) {
        self.rows.push(Row::new(what, figures));
    }

    async fn raw(&mut self) {
        let rate = self.sink.raw(self.told.knobs.concurrency, RAW).await;
        self.raw = Some(rate);
        if self.sink.is_ours() {
            self.sink.reset(0).await;
        }
        self.row("bare HTTP client to the sink", json!({ "requestsPerSecond": rounded(rate) }));
    }

    /// Everything that is measured on one engine.
    async fn on(&mut self, server: Option<&str>) {
        let (knobs, name) = (self.told.knobs.clone(), database_name());
        let place = Place::fresh(&folder("place"), server, &name).await;
        let engine = place.engine();
        let sink = Rc::clone(&self.sink);
        let bench = Bench::furnish(place, &sink, &knobs).await;
        if self.wants("idle") {
            self.row(format!("{engine}: idle API and worker"), bench.idle_service().await);
            self.row(format!("{engine}: idle worker"), bench.idle_worker().await);
        }
        self.drains(&bench, server.is_some()).await;
        if self.wants("lag") {
            let figures = bench.lag(1).await;
            self.row(
                format!("{engine}: lag, {} posts over {} s", knobs.lag_posts, knobs.lag_spread_ms / 1_000),
                figures,
            );
        }
        if self.wants("kill") {
            let figures = bench.death(self.told.n, 1).await;
            self.row(format!("{engine}: kill -9 at half"), figures);
        }
        if self.wants("growth") {
            self.growth(&bench).await;
        }
        bench.place.clear().await;
    }

    async fn drains(&mut self, bench: &Bench<'_>, many: bool) {
        if !self.wants("drain") {
            return;
        }
        let processes = if many { self.told.processes.clone() } else { vec![1] };
        for workers in processes {
            let drained = bench.drain(self.told.n, workers).await;
            let mut figures = drained.figures();
            figures["ofBareClient"] =
                rounded(self.raw.zip(drained.per_second).map(|(raw, drained)| drained / raw));
            let engine = bench.place.engine();
            self.row(format!("{engine}: drain, {workers} worker processes"), figures);
        }
    }

    /// The same drain while more and more wait.
    async fn growth(&mut self, bench: &Bench<'_>) {
        let mut waiting = 0;
        for size in self.told.sizes.clone() {
            let tomorrow = bench.desk.office.now() + TimeDelta::days(1);
            let started = std::time::Instant::now();
            bench.desk.ahead(size.saturating_sub(waiting), tomorrow).await;
            let seeding = started.elapsed().as_secs_f64();
            waiting = size.max(waiting);
            let drained = bench.drain(self.told.n, 1).await;
            let mut figures = drained.figures();
            figures["secondsToSeed"] = rounded(seeding);
            if self.wants("idle") {
                figures["idleShareOfMachine"] = bench.idle_worker().await["shareOfMachine"].clone();
            }
            let engine = bench.place.engine();
            self.row(format!("{engine}: drain while {size} wait"), figures);
        }
    }
}

/// `make bench-queue`: one place, one drain, one look at lag.
pub(crate) async fn drain(sink: &str, database: &str, n: usize, knobs: &Knobs) -> Value {
    let sink = Sink::find(sink).await;
    let server = Some(database).filter(|url| !url.is_empty());
    let place = Place::fresh(&folder("drain"), server, &database_name()).await;
    let bench = Bench::furnish(place, &sink, knobs).await;
    eprintln!("draining {n} posts on {} to {}", bench.place.engine(), sink.address);
    let drained = bench.drain(n, knobs.workers).await;
    let mut figures = drained.figures();
    if knobs.lag_posts > 0 {
        eprintln!("waiting for {} posts at spread times", knobs.lag_posts);
        let lag = bench.lag(knobs.workers).await;
        figures["lagP50Ms"] = lag["p50Ms"].clone();
        figures["lagP99Ms"] = lag["p99Ms"].clone();
        figures["lagMaxMs"] = lag["maxMs"].clone();
        figures["early"] = lag["early"].clone();
    }
    figures["engine"] = json!(bench.place.engine());
    figures["workers"] = json!(knobs.workers);
    figures["toldBySink"] = json!(sink.tells());
    bench.place.clear().await;
    figures
}
