//! `masthead queue status`: how the queue stands, and who works it.

use chrono::{DateTime, TimeDelta, Utc};
use office::entity::worker_beat;
use office::{Office, Requester, lifecycle::Lifecycle as _, posts};
use serde::Serialize;
use serde_json::json;

use super::find;
use crate::output::{self, Form};

/// A worker that has not looked at the queue for so long is not alive: `api.worker_silent_seconds` says the same of readiness.
const SILENT: TimeDelta = TimeDelta::seconds(60);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Worker {
    id: String,
    host: String,
    version: String,
    started_at: String,
    ticked_at: String,
    in_flight: i32,
    alive: bool,
}

fn worker(beat: worker_beat::Model, now: DateTime<Utc>) -> Worker {
    Worker {
        id: beat.id.to_string(),
        host: beat.host,
        version: beat.version,
        started_at: find::instant(beat.started_at),
        ticked_at: find::instant(beat.ticked_at),
        in_flight: beat.in_flight,
        alive: now - beat.ticked_at <= SILENT,
    }
}

pub(super) async fn run(office: &Office, who: &Requester, form: Form) -> anyhow::Result<()> {
    let status = posts::queue_status(office, &who.permit()?).await?;
    let now = office.now();
    let workers: Vec<_> = status.workers.into_iter().map(|beat| worker(beat, now)).collect();
    let count =
        |posts: Option<u64>| posts.map_or_else(|| "more than 10000".to_owned(), |posts| posts.to_string());
    if form == Form::Json {
        let counts: serde_json::Map<_, _> =
            status.states.iter().map(|count| (count.state.code(), json!(count.posts))).collect();
        return output::json(&json!({
            "states": counts,
            "oldestDueAt": status.oldest_due_at.map(find::instant),
            "oldestUnconfirmedDueAt": status.oldest_unconfirmed_due_at.map(find::instant),
            "workers": workers,
        }));
    }
    for state in &status.states {
        output::line(&format!("{:<12} {}", state.state.code(), count(state.posts)));
    }
    let late = |at: Option<DateTime<Utc>>| match at {
        Some(at) => format!("{}, {} s ago", find::instant(at), (now - at).num_seconds()),
        None => "none".to_owned(),
    };
    output::line(&format!("oldest due: {}", late(status.oldest_due_at)));
    output::line(&format!("oldest unconfirmed: {}", late(status.oldest_unconfirmed_due_at)));
    if !workers.iter().any(|worker| worker.alive) {
        output::message("no worker looks at the queue: start one with masthead worker, or masthead serve");
    }
    if workers.is_empty() {
        return Ok(());
    }
    output::line("");
    output::list(
        form,
        &["worker", "host", "version", "started", "last look", "in flight", "alive"],
        &workers,
        |row| {
            vec![
                row.id.clone(),
                row.host.clone(),
                row.version.clone(),
                row.started_at.clone(),
                row.ticked_at.clone(),
                row.in_flight.to_string(),
                if row.alive { "yes" } else { "no" }.to_owned(),
            ]
        },
    )
}
