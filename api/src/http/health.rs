//! Whether the service lives and is ready, and its metrics. Knows thresholds; the queue's state comes from `office`.

use actix_web::{HttpResponse, http::header, web::Data};
use serde::Serialize;

use super::State;

/// What `/health/ready` says.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Readiness {
    ready: bool,
    draining: bool,
    database: bool,
    worker_silent_seconds: Option<i64>,
    oldest_due_late_seconds: Option<i64>,
    why: Vec<&'static str>,
}

/// The process answers.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).body("live\n")
}

/// It can do its work: the database answers, a worker looked at the queue lately, nothing due is overdue.
pub(super) async fn ready(state: Data<State>) -> HttpResponse {
    let readiness = readiness(&state).await;
    let mut response = if readiness.ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.insert_header((header::CACHE_CONTROL, "no-store")).json(readiness)
}

async fn readiness(state: &State) -> Readiness {
    let services = &state.services;
    let (settings, now) = (&services.settings, services.office.now());
    let draining = state.drain.is_cancelled();
    let queue = office::queue::readiness(&services.office).await;
    if let Err(error) = &queue {
        tracing::warn!(error = %error, "the database does not answer");
    }
    let database = queue.is_ok();
    let queue = queue.ok();
    let ticked_at = queue.as_ref().and_then(|queue| queue.worker_ticked_at);
    let due_at = queue.as_ref().and_then(|queue| queue.oldest_due_at);
    let silent = ticked_at.map(|at| (now - at).num_seconds());
    let late = due_at.map(|at| (now - at).num_seconds().max(0));
    let worker_is_silent = silent.is_none_or(|seconds| seconds > settings.worker_silent_seconds);
    let why: Vec<_> = [
        (draining, "the service is stopping"),
        (!database, "the database does not answer"),
        (database && worker_is_silent, "no worker looked at the queue lately"),
        (late.is_some_and(|seconds| seconds > settings.due_late_seconds), "a due post is overdue"),
    ]
    .into_iter()
    .filter_map(|(is, why)| is.then_some(why))
    .collect();
    let ready = why.is_empty();
    Readiness { ready, draining, database, worker_silent_seconds: silent, oldest_due_late_seconds: late, why }
}

/// The metrics, for Prometheus.
pub(super) async fn metrics(state: Data<State>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body((state.metrics)())
}
