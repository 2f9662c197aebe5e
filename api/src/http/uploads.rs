//! The bytes of an announced upload: `PUT` to the one-time address that `createUpload` gave. Knows how bytes arrive; what
//! they are and whether they are wanted is told by `office::media`.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web::{self, Bytes, BytesMut, Data, Payload, Query},
};
use async_graphql::ID;
use entity::{MediaId, media::Model};
use futures::StreamExt as _;
use office::{OfficeError, media};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{State, cors, incoming};
use crate::{
    error::{self, Code},
    graphql::id,
};

mod spool;

/// Where they are. The token is the last part of the path, or the parameter `token`.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource(["/uploads/{media_id}", "/uploads/{media_id}/{token}"])
            .route(web::put().to(put))
            .route(web::method(Method::OPTIONS).to(preflight)),
    );
}

#[derive(Debug, Deserialize)]
struct Wanted {
    token: Option<SecretString>,
}

/// Why the bytes were not taken.
#[derive(Debug, PartialEq, Eq)]
struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refused {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadUserInput.name(), message)
    }

    fn too_large(limit: u64) -> Self {
        let message = format!("an upload has at most {limit} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message)
    }

    fn not_there() -> Self {
        let message = "there is no such upload: it may have arrived already; create a new one";
        Self::new(StatusCode::NOT_FOUND, Code::NotFound.name(), message)
    }
}

impl From<OfficeError> for Refused {
    fn from(error: OfficeError) -> Self {
        match error {
            OfficeError::NotFound(_) => Self::not_there(),
            OfficeError::Refused(refusal) => Self::bad(refusal.message),
            other => {
                tracing::error!(error = %other, "an upload could not be taken");
                let (code, message) = error::of_office(&other);
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, code.name(), message)
            }
        }
    }
}

/// Answers a browser that asks first.
async fn preflight(state: Data<State>, request: HttpRequest) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    cors::permit(&state, &request, &mut response);
    response
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "PUT"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "7200"))
        .finish()
}

async fn put(
    state: Data<State>,
    request: HttpRequest,
    wanted: Query<Wanted>,
    payload: Payload,
) -> HttpResponse {
    let token = request.match_info().get("token").map(SecretString::from).or(wanted.into_inner().token);
    let outcome = receive(&state, &request, token, payload).await;
    let mut response = HttpResponse::build(match &outcome {
        Ok(_) => StatusCode::CREATED,
        Err(refused) => refused.status,
    });
    cors::permit(&state, &request, &mut response);
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    match outcome {
        Ok(row) => response.json(json!({
            "mediaId": id::encode(row.id),
            "mediaType": row.media_type,
            "width": row.width,
            "height": row.height,
            "byteSize": row.byte_size,
            "stripped": row.stripped,
            "misnamed": media::misnamed(&row.file_name, &row.media_type),
        })),
        Err(refused) => response.json(json!({ "code": refused.code, "message": refused.message })),
    }
}

async fn receive(
    state: &State,
    request: &HttpRequest,
    token: Option<SecretString>,
    payload: Payload,
) -> Result<Model, Refused> {
    let services = &state.services;
    let (office, limits) = (&services.office, services.office.limits());
    let media_id = media_id(request.match_info().get("media_id").unwrap_or_default());
    let (Some(media_id), Some(token)) = (media_id, token) else { return Err(Refused::not_there()) };
    good_address(office, media_id, &token).await?;
    let announced = incoming::header(request, "content-length").and_then(|length| length.parse::<u64>().ok());
    let most = limits.film_bytes.max(limits.upload_bytes);
    if announced.is_some_and(|length| length > most) {
        return Err(Refused::too_large(most));
    }
    let minutes = u64::try_from(limits.upload_minutes).unwrap_or(1).max(1);
    let within = Duration::from_secs(60 * minutes);
    let late = || Refused::bad("the bytes took too long: create a new upload");
    let pause = Duration::from_secs(services.settings.timeout_seconds);
    if announced.is_some_and(|length| length > limits.upload_bytes) {
        let spooling = spool::to_file(payload, most, pause);
        let (film, length) = tokio::time::timeout(within, spooling).await.map_err(|_elapsed| late())??;
        return Ok(Box::pin(media::receive_film(office, media_id, &token, film, length)).await?);
    }
    let reading = read(payload, limits.upload_bytes, pause);
    let bytes = tokio::time::timeout(within, reading).await.map_err(|_elapsed| late())??;
    Ok(Box::pin(media::receive(office, media_id, &token, bytes)).await?)
}

/// The item that the address names: a plain id as `createUpload` writes it, or a global one.
fn media_id(text: &str) -> Option<MediaId> {
    Uuid::try_parse(text).ok().map(MediaId).or_else(|| id::decode(&ID(text.to_owned())).ok())
}

/// Whether bytes may come at all, before any is read: strangers cost nothing. The office looks at the token, then the time,
/// then the number of bytes; no bytes are never the announced number, so that this takes nothing.
async fn good_address(
    office: &office::Office,
    media_id: MediaId,
    token: &SecretString,
) -> Result<(), Refused> {
    match media::receive(office, media_id, token, Bytes::new()).await {
        Err(OfficeError::Refused(refusal)) if refusal.field.iter().any(|name| name == "byteSize") => Ok(()),
        Err(OfficeError::Refused(refusal)) => Err(Refused::new(StatusCode::GONE, "GONE", refusal.message)),
        Err(other) => Err(other.into()),
        Ok(_) => Err(Refused::not_there()),
    }
}

/// Reads at most `limit` bytes, waiting at most `pause` for each piece.
async fn read(mut payload: Payload, limit: u64, pause: Duration) -> Result<Bytes, Refused> {
    let limit_bytes = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut body = BytesMut::new();
    while let Some(piece) = next(&mut payload, pause).await? {
        if piece.len() > limit_bytes.saturating_sub(body.len()) {
            return Err(Refused::too_large(limit));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

/// The next piece, waited for at most so long; none at the end.
async fn next(payload: &mut Payload, pause: Duration) -> Result<Option<Bytes>, Refused> {
    let next = tokio::time::timeout(pause, payload.next()).await;
    let next = next.map_err(|_elapsed| Refused::bad("the bytes stopped coming: try again"))?;
    next.transpose().map_err(|_broken| Refused::bad("the body ended early: try again"))
}

#[cfg(test)]
mod tests {
    use entity::PostId;

    use super::*;

    #[test]
    fn an_item_is_named_by_either_form_of_its_id() {
        let own = MediaId(Uuid::from_u128(7));
        assert_eq!(media_id(&own.to_string()), Some(own));
        assert_eq!(media_id(&id::encode(own)), Some(own));
        assert_eq!(media_id(&id::encode(PostId(Uuid::from_u128(7)))), None);
        assert_eq!(media_id("x"), None);
    }

    #[test]
    fn what_the_office_says_has_its_status() {
        let missing = Refused::from(OfficeError::NotFound("upload"));
        assert_eq!((missing.status.as_u16(), missing.code), (404, "NOT_FOUND"));
        let wrong = office::Refusal::new(office::RefusalCode::Invalid, "", "the content is none of …");
        assert_eq!(Refused::from(OfficeError::from(wrong)), Refused::bad("the content is none of …"));
        let fault = Refused::from(OfficeError::from(office::Fault::Media("disk".to_owned())));
        assert_eq!(fault.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!fault.message.contains("disk"));
    }
}
