//! Takes the bytes of an upload that `createUpload` announced. The address is the permission; knows sizes and answers,
//! not media.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Bytes, BytesMut, Data, Path, Payload},
};
use entity::MediaId;
use futures::StreamExt as _;
use office::{OfficeError, media};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use crate::{
    error::{self, Code},
    http::State,
};

/// `PUT /uploads/{id}/{token}`: 204 when the item is stored.
pub(super) async fn receive(
    state: Data<State>,
    path: Path<(String, String)>,
    payload: Payload,
) -> HttpResponse {
    let (id, token) = path.into_inner();
    let Ok(id) = Uuid::try_parse(&id) else { return answer(&OfficeError::NotFound("upload")) };
    let office = &state.services.office;
    let max = usize::try_from(office.limits().upload_bytes).unwrap_or(usize::MAX);
    let bytes = match read(payload, max).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    match media::receive(office, MediaId(id), &SecretString::from(token), bytes).await {
        Ok(_) => HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, "no-store")).finish(),
        Err(told) => answer(&told),
    }
}

/// The body, if it is no longer than `max`.
async fn read(mut payload: Payload, max: usize) -> Result<Bytes, HttpResponse> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let Ok(chunk) = chunk else { return Err(HttpResponse::BadRequest().finish()) };
        if body.len().saturating_add(chunk.len()) > max {
            let message = format!("an upload has at most {max} bytes");
            return Err(
                HttpResponse::PayloadTooLarge().json(json!({ "code": "TOO_LONG", "message": message }))
            );
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn answer(told: &OfficeError) -> HttpResponse {
    if let OfficeError::Fault(fault) = told {
        tracing::error!(error = %fault, "an upload met a fault");
    }
    let (code, message) = error::of_office(told);
    let mut response = match code {
        Code::NotFound => HttpResponse::NotFound(),
        Code::Internal => HttpResponse::InternalServerError(),
        _ => HttpResponse::UnprocessableEntity(),
    };
    response.json(json!({ "code": code.name(), "message": message }))
}
