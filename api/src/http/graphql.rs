//! GraphQL over HTTP: POST of JSON, answered in one of two media types. Knows the transport's rules in their order; the
//! gate and the schema decide the rest.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Payload},
};
use async_graphql::{Request, Response, ServerError, Variables};

use super::{State, gate::Kind, incoming};
use crate::{
    auth::{self, Denied},
    error::{self, ApiError, Code},
    graphql::{Caller, RequestData},
};

mod answer;
mod body;
mod media;

use answer::Answer;
pub(super) use answer::Cost;
pub(super) use body::{Operation, deepest};
use media::{Media, accepted, is_json};

/// An operation that was refused before it ran, with what the transport needs to say so.
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) status: StatusCode,
    pub(super) errors: Vec<ServerError>,
    pub(super) retry_after: Option<u64>,
    pub(super) cost: Option<Cost>,
}

impl Stopped {
    fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        let error = ApiError::new(code, message);
        Self { status, errors: vec![error.into()], retry_after: None, cost: None }
    }
}

/// `POST /graphql`.
pub(super) async fn post(state: Data<State>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let request_id = incoming::request_id(&state, &request);
    let accept = request.headers().get(header::ACCEPT).map(|value| value.to_str().unwrap_or_default());
    let Some(media) = accepted(accept) else {
        let message = "this service answers application/json or application/graphql-response+json";
        let stopped = Stopped::new(StatusCode::NOT_ACCEPTABLE, Code::BadRequest, message);
        return Answer { state: &state, request: &request, request_id: &request_id, media: Media::Json }
            .stopped(&stopped);
    };
    let answer = Answer { state: &state, request: &request, request_id: &request_id, media };
    match serve(&state, &request, payload, &request_id).await {
        Ok((response, cost)) => answer.done(response, &cost),
        Err(stopped) => answer.stopped(&stopped),
    }
}

/// Anything but POST, and GET without an upgrade.
pub(super) async fn method_not_allowed(state: Data<State>, request: HttpRequest) -> HttpResponse {
    let request_id = incoming::request_id(&state, &request);
    let message = "send operations by POST; subscriptions by WebSocket at /graphql/ws";
    let stopped = Stopped::new(StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest, message);
    Answer { state: &state, request: &request, request_id: &request_id, media: Media::Json }.stopped(&stopped)
}

async fn serve(
    state: &State,
    request: &HttpRequest,
    payload: Payload,
    request_id: &str,
) -> Result<(Response, Cost), Stopped> {
    content_is_json(request)?;
    let credentials = incoming::credentials(state, request, request_id);
    let caller = auth::caller(&state.services, &credentials).await;
    let caller = caller.map_err(|denied| unauthenticated(denied, request_id))?;
    let settings = &state.services.settings;
    let patience = Duration::from_secs(settings.timeout_seconds);
    let bytes = tokio::time::timeout(patience, body::read(payload, settings.body_bytes))
        .await
        .map_err(|_late| body::too_slow())??;
    let operation = body::parse(&bytes, settings.json_depth)?;
    let (prepared, kind, cost) = prepare(state, operation, caller).await?;
    if kind == Kind::Subscription {
        let message = "subscriptions go over WebSocket: graphql-transport-ws at /graphql/ws";
        return Err(Stopped::new(StatusCode::BAD_REQUEST, Code::BadRequest, message));
    }
    let limit = Duration::from_secs(settings.timeout_seconds);
    match tokio::time::timeout(limit, state.schema.execute(prepared)).await {
        Ok(mut response) => {
            error::finish(&mut response, request_id);
            Ok((response, cost))
        }
        Err(_elapsed) => {
            tracing::warn!(request.id = %request_id, "a request took too long and was given up");
            let message = "this took too long and was given up: ask for less at once";
            Err(Stopped::new(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, message))
        }
    }
}

fn content_is_json(request: &HttpRequest) -> Result<(), Stopped> {
    let kind = incoming::header(request, "content-type");
    let encoded = incoming::header(request, "content-encoding").is_some_and(|coding| coding != "identity");
    if is_json(kind) && !encoded {
        return Ok(());
    }
    let message = "send `Content-Type: application/json`, not compressed";
    Err(Stopped::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadRequest, message))
}

/// Credentials that came but are bad are refused at the level of HTTP.
pub(super) fn unauthenticated(denied: Denied, request_id: &str) -> Stopped {
    match denied {
        Denied::Bad(why) => Stopped::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, why),
        Denied::Fault(fault) => {
            tracing::error!(request.id = %request_id, error = %fault, "credentials could not be checked");
            let (_, message) = error::of_office(&fault);
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            Stopped::new(status, Code::Internal, message)
        }
    }
}

/// What stands between an operation and its execution, for HTTP and sockets alike: the gate, the budget, the rights that a
/// session must still have.
pub(super) async fn prepare(
    state: &State,
    operation: Operation,
    caller: Caller,
) -> Result<(Request, Kind, Cost), Stopped> {
    let admitted = state
        .gate
        .admit(&operation.query, operation.name.as_deref(), &operation.variables)
        .map_err(|refused| {
            let errors = refused.to_vec();
            Stopped { status: StatusCode::BAD_REQUEST, errors, retry_after: None, cost: None }
        })?;
    let cost = charge(state, &caller, admitted.cost)?;
    let settings = &state.services.settings;
    if admitted.introspects && caller.requester.is_none() && !settings.anonymous_introspection {
        let message = "introspection is for signed-in callers; the schema is published as schema.graphql";
        return Err(Stopped::new(StatusCode::BAD_REQUEST, Code::Unauthenticated, message));
    }
    still_signed_in(state, &caller).await?;
    let mut request = Request::new(operation.query);
    request.set_parsed_query(admitted.parsed());
    request.operation_name = operation.name;
    request.variables = Variables::from_json(serde_json::Value::Object(operation.variables));
    let request =
        request.data(RequestData::new(state.services.clone(), caller, admitted.kind == Kind::Query));
    Ok((request, admitted.kind, cost))
}

/// An access token is good only while its session is: signing out ends it at once.
async fn still_signed_in(state: &State, caller: &Caller) -> Result<(), Stopped> {
    let (Some(requester), Some(session)) = (&caller.requester, caller.session) else { return Ok(()) };
    let request_id = requester.request_id.as_deref().unwrap_or_default();
    match office::sessions::goes_on(&state.services.office, requester.office_id, session).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(unauthenticated(Denied::Bad("this session has ended: sign in again"), request_id)),
        Err(error) => Err(unauthenticated(Denied::Fault(error), request_id)),
    }
}

fn charge(state: &State, caller: &Caller, requested: u64) -> Result<Cost, Stopped> {
    let anonymous = caller.requester.is_none();
    let budget = if anonymous { &state.anonymous_budget } else { &state.budget };
    let limit = budget.capacity();
    match budget.take(&caller.bucket, requested, state.services.office.now()) {
        Ok(remaining) => Ok(Cost { requested, limit, remaining }),
        Err(full) => {
            let message = format!("the budget of this minute is used up: wait {} s", full.retry_after);
            let mut stopped = Stopped::new(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, message);
            stopped.retry_after = Some(full.retry_after);
            stopped.cost = Some(Cost { requested, limit, remaining: full.remaining });
            Err(stopped)
        }
    }
}
