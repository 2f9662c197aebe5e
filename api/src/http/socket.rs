//! Subscriptions by `WebSocket`: the `graphql-transport-ws` protocol, with its exact close codes. Knows the handshake and
//! starts a session; the session speaks.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Payload},
};
use actix_ws::{CloseCode, CloseReason};

use super::{State, cors, graphql, incoming};

mod protocol;
mod session;

use protocol::Close;
use session::Connection;

/// The one protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// `GET /graphql/ws`, and `GET /graphql` with an upgrade.
pub(super) async fn upgrade(state: Data<State>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let wanted = incoming::header(&request, "upgrade").is_some_and(|to| to.eq_ignore_ascii_case("websocket"));
    if !wanted {
        return graphql::method_not_allowed(state, request).await;
    }
    if let Some(refused) = refused(&state, &request) {
        return HttpResponse::new(refused);
    }
    let (mut response, session, messages) =
        match actix_ws::handle_with_protocols(&request, payload, &[PROTOCOL]) {
            Ok(parts) => parts,
            Err(error) => return error.error_response(),
        };
    let request_id = incoming::request_id(&state, &request);
    if let (Ok(name), Ok(value)) =
        (header::HeaderName::try_from("x-request-id"), header::HeaderValue::from_str(&request_id))
    {
        response.headers_mut().insert(name, value);
    }
    let limit = state.services.settings.ws_message_bytes;
    let messages = messages.max_frame_size(limit).aggregate_continuations().max_continuation_size(limit);
    if !response.headers().contains_key(header::SEC_WEBSOCKET_PROTOCOL) {
        let reason = CloseReason::from(Close::new(4406, "Subprotocol not acceptable"));
        state.sockets.spawn_local(async move { drop(session.close(Some(reason)).await) });
        return response;
    }
    let credentials = incoming::credentials(&state, &request, &request_id);
    let connection = Connection::new(Data::clone(&state), session, credentials);
    state.sockets.spawn_local(connection.run(messages));
    response
}

/// Browsers say which page asks; only known pages may. Other clients say nothing.
fn refused(state: &State, request: &HttpRequest) -> Option<StatusCode> {
    let origin = request.headers().get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
    if origin.is_some_and(|origin| !cors::allowed(state, request, origin)) {
        return Some(StatusCode::FORBIDDEN);
    }
    if state.drain.is_cancelled() || state.sockets.len() >= state.services.settings.ws_sockets {
        return Some(StatusCode::SERVICE_UNAVAILABLE);
    }
    None
}

impl From<Close> for CloseReason {
    fn from(close: Close) -> Self {
        Self { code: CloseCode::from(close.code), description: Some(close.reason.into_owned()) }
    }
}
