//! What is read without GraphQL: the front page, the set-up page, the keys of our tokens.
//! Knows how they look; their content comes from `office`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use serde_json::json;

use super::{
    State,
    incoming::{etag, has_version},
};
use crate::error;

mod connect;
mod feeds;
mod front;
mod set_up;

/// Where they are.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/").route(web::get().to(front::page)))
        .service(web::resource(crate::graphql::CALLBACK).route(web::get().to(connect::page)))
        .service(web::resource("/set-up").route(web::get().to(set_up::page)))
        .service(web::resource("/schema.graphql").route(web::get().to(schema)))
        .service(web::resource("/.well-known/jwks.json").route(web::get().to(jwks)));
}

/// The public halves of the keys that sign access tokens and the directory.
async fn jwks(state: Data<State>, request: HttpRequest) -> HttpResponse {
    match state.services.tokens.jwks().await {
        Ok(keys) => {
            let text = json!(keys).to_string();
            let etag = etag(text.as_bytes());
            let known = has_version(&request, &etag);
            // A page of any origin that reads the signed directory checks it with these.
            let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
            response
                .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
                .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
                .insert_header((header::ETAG, etag));
            if known {
                return response.finish();
            }
            response.content_type("application/json").body(text)
        }
        Err(fault) => failed(&fault),
    }
}

/// The schema's text.
async fn schema(state: Data<State>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/graphql; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(state.sdl.clone())
}

/// What a content security policy calls a style or script that stands in the page itself.
pub(crate) fn hash_source(text: &str) -> String {
    let digest = hex::decode(office::sha256_hex(text.as_bytes())).unwrap_or_default();
    format!("'sha256-{}'", STANDARD.encode(digest))
}

/// A page that could not be made: the cause is for the log.
fn failed(fault: &office::OfficeError) -> HttpResponse {
    if matches!(fault, office::OfficeError::NotFound(_)) {
        return HttpResponse::NotFound().body("there is no such thing here\n");
    }
    tracing::error!(error = %fault, "a page could not be made");
    let (_, message) = error::of_office(fault);
    HttpResponse::InternalServerError().body(message)
}
