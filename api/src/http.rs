//! HTTP: GraphQL over POST and sockets, health, pages. Knows requests and answers; what they mean is `graphql`'s.

use std::{fmt, sync::Arc};

use actix_web::web;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    auth::Budget,
    graphql::{Schema, Services},
};

mod assets;
mod attachments;
mod cors;
mod directory;
mod feed;
mod gate;
mod graphql;
mod health;
mod incoming;
mod pages;
mod socket;
mod uploads;
pub(crate) mod xml;

pub(crate) use feed::{escape, segment, web_address};
pub(crate) use gate::Gate;
pub(crate) use incoming::RequestIds;
pub(crate) use pages::hash_source;

/// Renders the metrics in Prometheus' text form; `src/telemetry` has them.
pub type MetricsRender = Arc<dyn Fn() -> String + Send + Sync>;

/// What every handler shares.
pub(crate) struct State {
    pub(crate) services: Services,
    pub(crate) schema: Schema,
    /// The schema's text.
    pub(crate) sdl: bytes::Bytes,
    pub(crate) gate: Gate,
    pub(crate) budget: Budget,
    pub(crate) anonymous_budget: Budget,
    pub(crate) request_ids: RequestIds,
    pub(crate) metrics: MetricsRender,
    /// Cancelled when the service stops: it is not ready any more, and sockets close.
    pub(crate) drain: CancellationToken,
    /// The open sockets.
    pub(crate) sockets: TaskTracker,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State(..)")
    }
}

/// Every address that the service answers.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/graphql")
                .route(web::post().to(graphql::post))
                .route(web::get().to(socket::upgrade))
                .route(web::method(actix_web::http::Method::OPTIONS).to(cors::preflight))
                .default_service(web::to(graphql::method_not_allowed)),
        )
        .service(web::resource("/graphql/ws").route(web::get().to(socket::upgrade)))
        .service(web::resource("/health/live").route(web::get().to(health::live)))
        .service(web::resource("/health/ready").route(web::get().to(health::ready)))
        .service(web::resource("/metrics").route(web::get().to(health::metrics)))
        .configure(uploads::routes)
        .configure(pages::routes)
        .configure(feed::routes)
        .configure(directory::routes)
        .configure(attachments::routes)
        .configure(assets::routes);
}
