//! Each verb of the command line.

use std::{
    os::unix::process::CommandExt as _,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta};
use serde_json::json;
use url::Url;

use crate::{
    arguments::{At, Verb},
    everything, measure,
    place::Place,
    seed::Desk,
    sink,
};

/// Does it.
pub(crate) async fn run(verb: Verb) {
    match verb {
        Verb::Everything(told) => Box::pin(everything::run(told)).await,
        Verb::Drain(told) => {
            let figures = Box::pin(everything::drain(&told.sink, &told.database, told.n, &told.knobs)).await;
            println!("{figures}");
        }
        Verb::Sink { port } => sink::serve(port).await,
        Verb::Setup { at, sink, channels, honours_keys } => {
            setup(&at, &sink, channels, honours_keys).await;
        }
        Verb::Preload { at, n } => {
            let desk = open(&at).await;
            let started = Instant::now();
            desk.ahead(n, desk.office.now() + TimeDelta::days(1)).await;
            told(n, started.elapsed());
        }
        Verb::Batch { at, n, start_ms, spread_ms, prefix } => {
            let desk = open(&at).await;
            let now = desk.office.now();
            let start = DateTime::from_timestamp_micros((start_ms * 1_000.0) as i64);
            let start = start.filter(|_| start_ms > 0.0).unwrap_or(now);
            let step = spread_ms * 1_000.0 / n.max(1) as f64;
            let started = Instant::now();
            desk.posts(&prefix, n, |number| start + TimeDelta::microseconds((step * number as f64) as i64))
                .await;
            // A database that has run for a minute has looked at its tables.
            desk.analyze().await;
            told(n, started.elapsed());
        }
        Verb::Single { at, n, concurrency, prefix: _ } => {
            let desk = open(&at).await;
            told(n, desk.schedule(n, concurrency).await);
        }
        Verb::Work { at, concurrency, fast_rescue } => work(&at, concurrency, fast_rescue),
    }
}

fn told(n: usize, took: Duration) {
    println!("{}", json!({ "n": n, "secs": took.as_secs_f64() }));
}

fn place(at: &At) -> Place {
    Place::at(&at.data, at.database.as_deref())
}

async fn open(at: &At) -> Desk {
    Desk::open(&place(at)).await
}

async fn setup(at: &At, sink: &str, channels: usize, honours_keys: bool) {
    let started = Instant::now();
    let mut sink = Url::parse(sink).expect("the sink's address");
    if sink.path() == "/" {
        sink.set_path("/post");
    }
    let server = at.database.as_deref();
    let name = place(at).database_name().unwrap_or_default().to_owned();
    // A database cannot be made through itself.
    let server = server.map(|url| format!("{}/postgres", url.rsplit_once('/').unwrap().0));
    let place = Place::fresh(&at.data, server.as_deref(), &name).await;
    let desk = Desk::furnish(&place, sink.as_str(), channels, honours_keys).await;
    told(desk.channels.len(), started.elapsed());
}

/// Becomes a worker: whoever stops this process stops it.
fn work(at: &At, concurrency: usize, fast_rescue: bool) {
    let place = place(at);
    let mut wanted = vec![
        ("worker.concurrency", concurrency.to_string()),
        ("worker.per_host", concurrency.to_string()),
        ("limits.catch_up_gap_seconds", "0".to_owned()),
    ];
    if fast_rescue {
        wanted.extend(measure::fast_rescue());
    }
    let mut command = place.command(&["worker"]);
    for setting in place.known(&wanted) {
        command.arg("--set").arg(setting);
    }
    panic!("the worker did not start: {}", command.exec());
}
