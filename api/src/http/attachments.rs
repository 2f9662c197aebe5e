//! The bytes of media that a public feed entry shows, for anybody; of no others. Knows headers; what is public is decided
//! by `office::feed`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, Path},
};
use office::{OfficeError, feed, media};

use super::{State, incoming::has_version};
use crate::error;

/// Types that are shown in place, with the ending of their files. Others are only saved.
const SHOWN: &[(&str, &str)] = &[
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
    ("video/mp4", "mp4"),
    ("text/vtt", "vtt"),
];

/// Characters of a file's name.
const NAME_CHARS: usize = 80;

/// Where they are.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/media/{office}/{sha256}").route(web::get().to(show)).route(web::head().to(show)),
    );
}

async fn show(state: Data<State>, request: HttpRequest, at: Path<(String, String)>) -> HttpResponse {
    let (slug, sha256) = at.into_inner();
    match answer(&state, &request, &slug, &sha256).await {
        Ok(response) => response,
        Err(OfficeError::NotFound(_)) => {
            plain(HttpResponse::NotFound()).body("there is no such thing here\n")
        }
        Err(fault) => {
            tracing::error!(error = %fault, "media could not be served");
            let (_, message) = error::of_office(&fault);
            plain(HttpResponse::InternalServerError()).body(message)
        }
    }
}

async fn answer(
    state: &State,
    request: &HttpRequest,
    slug: &str,
    sha256: &str,
) -> Result<HttpResponse, OfficeError> {
    let services = &state.services.office;
    let owner = feed::office_by_slug(services, slug).await?;
    let shown = feed::shows_media(services, owner.id, sha256).await?;
    let row = shown.ok_or(OfficeError::NotFound("media item"))?;
    let etag = format!("\"{sha256}\"");
    let known = has_version(request, &etag);
    let mut response = plain(if known { HttpResponse::NotModified() } else { HttpResponse::Ok() });
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"));
    if known {
        return Ok(response.finish());
    }
    let bytes = media::bytes(services, owner.id, sha256).await?;
    let (kind, disposition) = presented(&row.media_type, &row.file_name);
    Ok(response
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(bytes))
}

fn plain(mut response: actix_web::HttpResponseBuilder) -> actix_web::HttpResponseBuilder {
    response
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'"));
    response
}

/// `Content-Type` and `Content-Disposition`. The name's ending is the type's, never the uploader's.
fn presented(media_type: &str, file_name: &str) -> (&'static str, String) {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' };
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let stem: String = stem.chars().take(NAME_CHARS).map(safe).collect();
    let stem = if stem.chars().any(|c| c != '_') { stem } else { "media".to_owned() };
    match SHOWN.iter().find(|(known, _)| *known == media_type) {
        Some((kind, ending)) => (kind, format!("inline; filename=\"{stem}.{ending}\"")),
        None => ("application/octet-stream", format!("attachment; filename=\"{stem}.bin\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_are_safe() {
        for (kind, name, sent, disposition) in [
            ("image/png", "Foto 1.PNG", "image/png", "inline; filename=\"Foto_1.png\""),
            ("image/png", "a.html", "image/png", "inline; filename=\"a.png\""),
            ("image/gif", "x\"; filename=\"e.exe", "image/gif", "inline; filename=\"x___filename__e.gif\""),
            ("video/mp4", "../../\r\né.mp4", "video/mp4", "inline; filename=\"media.mp4\""),
            ("text/vtt", "talk.en.srt", "text/vtt", "inline; filename=\"talk_en.vtt\""),
            ("text/html", "x.html", "application/octet-stream", "attachment; filename=\"x.bin\""),
            ("image/svg+xml", "", "application/octet-stream", "attachment; filename=\"media.bin\""),
        ] {
            assert_eq!(presented(kind, name), (sent, disposition.to_owned()), "{name:?}");
        }
    }
}
