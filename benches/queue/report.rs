//! The report: a table on standard output and in `docs/benchmarks-queue.md`, and at the end one JSON object.

use std::fs;

use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};

use crate::{
    arguments::Knobs,
    figures::{Row, object},
};

/// Where the table is kept.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/benchmarks-queue.md");

/// Writes and prints.
pub(crate) async fn write(rows: &[Row], knobs: &Knobs, database: &str) {
    let mut text = format!(
        "# Benchmarks of the queue\n\nWritten by `make bench` (release profile; workers, database and sink share the \
         machine). Posts are real: approved drafts of a furnished office, each let through every gate by `masthead worker` \
         and sent by a signed webhook, {} channels, {} posts in flight a worker.\n\nMachine: {}.\n\n",
        knobs.channels,
        knobs.concurrency,
        machine()
    );
    if let Some(durability) = durability(database).await {
        text.push_str(&format!("{durability}\n\n"));
    }
    text.push_str("| what | figures |\n|---|---|\n");
    for row in rows {
        text.push_str(&format!("| {} | {} |\n", row.what, row.told()));
    }
    println!("{text}");
    fs::write(KEPT, &text).unwrap();
    println!("{}", object(rows));
}

fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name"));
    let cpu = cpu.map_or("unknown processor", |rest| rest.trim_start_matches([' ', '\t', ':'])).to_owned();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cpu}, {cores} cores")
}

/// How much of what it commits the server keeps when the power goes: figures mean little without it.
async fn durability(database: &str) -> Option<String> {
    if database.is_empty() {
        return None;
    }
    let db = sea_orm::Database::connect(database).await.ok()?;
    let mut told = Vec::new();
    for setting in ["server_version", "fsync", "synchronous_commit"] {
        let show = Statement::from_string(DatabaseBackend::Postgres, format!("SHOW {setting}"));
        let value: String = db.query_one_raw(show).await.ok()??.try_get_by_index(0).ok()?;
        told.push(format!("{setting} {value}"));
    }
    drop(db.close().await);
    Some(format!("PostgreSQL: {}.", told.join(", ")))
}
