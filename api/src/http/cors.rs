//! Which web pages may call the API from a browser: the service's own and those of the settings. Knows origins. Tokens
//! come in a header and never in a cookie, so that this is a convenience for honest pages, not the defence.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::header::{self, HeaderValue},
    web::Data,
};

use super::{State, incoming};

const ALLOWED_HEADERS: &str = "authorization, content-type, accept, x-request-id, traceparent";
const EXPOSED_HEADERS: &str = "x-request-id, retry-after, ratelimit-limit, ratelimit-remaining";

/// Whether a page of this origin may call.
pub(super) fn allowed(state: &State, request: &HttpRequest, origin: &str) -> bool {
    let services = &state.services;
    let own = services.public_url.as_ref() == origin;
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    // A page that this very address served.
    let same_host = host.is_some_and(|host| {
        origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == Some(host)
    });
    own || same_host || services.settings.allowed_origins.iter().any(|known| known == origin)
}

/// Says in the answer that the page may read it.
pub(super) fn permit(state: &State, request: &HttpRequest, response: &mut HttpResponseBuilder) {
    response.append_header((header::VARY, "Origin"));
    let Some(origin) = incoming::header(request, "origin").filter(|origin| allowed(state, request, origin))
    else {
        return;
    };
    if let Ok(origin) = HeaderValue::from_str(origin) {
        response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, origin));
        response.insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS));
    }
}

/// Answers a browser that asks first.
pub(super) async fn preflight(state: Data<State>, request: HttpRequest) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    permit(&state, &request, &mut response);
    response
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "7200"))
        .finish()
}
