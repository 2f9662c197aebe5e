//! How an outcome becomes an HTTP answer: status by media type, headers, and what the operation cost. Knows no operation.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use async_graphql::{Response, Value, value};
use serde::Serialize;

use super::{Media, Stopped};
use crate::http::{State, cors, incoming::REQUEST_ID};

/// What an operation cost and what is left of the minute's budget.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct Cost {
    pub(in crate::http) requested: u64,
    pub(in crate::http) limit: u64,
    pub(in crate::http) remaining: u64,
}

impl Cost {
    pub(in crate::http) fn value(self) -> Value {
        let Self { requested, limit, remaining } = self;
        value!({ "requested": requested, "limit": limit, "remaining": remaining })
    }
}

/// A response that never ran: it has no `data`.
#[derive(Serialize)]
struct Unexecuted<'a> {
    errors: &'a [async_graphql::ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<Extensions>,
}

#[derive(Serialize)]
struct Extensions {
    cost: Value,
}

/// Writes answers to one request.
pub(super) struct Answer<'a> {
    pub(super) state: &'a State,
    pub(super) request: &'a HttpRequest,
    pub(super) request_id: &'a str,
    pub(super) media: Media,
}

impl Answer<'_> {
    /// An operation that ran.
    pub(super) fn done(&self, mut response: Response, cost: &Cost) -> HttpResponse {
        response.extensions.insert("cost".to_owned(), cost.value());
        self.write(StatusCode::OK, Some(cost), &response, None)
    }

    /// One that did not.
    pub(super) fn stopped(&self, stopped: &Stopped) -> HttpResponse {
        // In plain JSON a well-formed request is always 200; what is wrong with the request itself is not.
        let well_formed = stopped.status == StatusCode::BAD_REQUEST && !is_bad_request(stopped);
        let status = if well_formed && self.media == Media::Json { StatusCode::OK } else { stopped.status };
        let extensions = stopped.cost.map(|cost| Extensions { cost: cost.value() });
        let body = Unexecuted { errors: &stopped.errors, extensions };
        self.write(status, stopped.cost.as_ref(), &body, stopped.retry_after)
    }

    fn write(
        &self,
        status: StatusCode,
        cost: Option<&Cost>,
        body: &impl Serialize,
        retry_after: Option<u64>,
    ) -> HttpResponse {
        let mut response = HttpResponse::build(status);
        response
            .insert_header((header::CONTENT_TYPE, self.media.name()))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .append_header((header::VARY, "Accept"))
            .insert_header((REQUEST_ID, self.request_id));
        cors::permit(self.state, self.request, &mut response);
        by_status(status, &mut response);
        if let Some(cost) = cost {
            response.insert_header(("ratelimit-limit", cost.limit));
            response.insert_header(("ratelimit-remaining", cost.remaining));
        }
        if let Some(seconds) = retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        match serde_json::to_vec(body) {
            Ok(body) => response.body(body),
            Err(error) => {
                tracing::error!(request.id = %self.request_id, error = %error, "an answer could not be written");
                HttpResponse::InternalServerError().finish()
            }
        }
    }
}

fn is_bad_request(stopped: &Stopped) -> bool {
    let code = |error: &async_graphql::ServerError| {
        error.extensions.as_ref().and_then(|known| known.get("code").cloned())
    };
    let bad = Value::from(crate::error::Code::BadRequest.name());
    stopped.errors.first().and_then(code) == Some(bad)
}

fn by_status(status: StatusCode, response: &mut HttpResponseBuilder) {
    if status == StatusCode::UNAUTHORIZED {
        response
            .insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"masthead\", error=\"invalid_token\""));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.insert_header((header::ALLOW, "POST, OPTIONS"));
    }
}
