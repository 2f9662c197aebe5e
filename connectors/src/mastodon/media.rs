//! Uploads a message's media and waits, for as long as a try has patience, until the server has processed them; another try
//! goes on with what is there. An upload can be used once; the server removes unused ones. It does not know statuses.

use std::time::Duration;

use reqwest::{
    Method,
    multipart::{Form, Part},
};

use super::{
    server::{Body, Server},
    wire::Media,
};
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
    prepared::{Handing, digest_of},
};

/// How far an upload is.
enum Progress {
    Ready,
    /// Still being processed, or the server is not to be asked for so long.
    Processing(Option<Duration>),
    /// The server does not know it, or a status uses it already.
    Gone,
}

/// The ids of the message's media, in order, all ready to be used. All are handed over before one is waited for.
pub(super) async fn upload(
    server: &Server,
    message: &Message,
    handing: &Handing,
) -> Result<Vec<String>, Failure> {
    let mut uploads = Vec::with_capacity(message.media.len());
    for (position, part) in message.media.iter().enumerate() {
        let of = digest_of(part, part.alt_text.as_deref().unwrap_or_default());
        let there = match handing.kept(position, &of) {
            Some(id) => Some((ask(server, &id).await?, id)),
            None => None,
        };
        uploads.push(match there {
            Some((Progress::Gone, _)) | None => {
                handing.forget(position);
                let (progress, id) = send(server, part).await?;
                handing.keep(position, &of, id.as_str());
                (progress, id)
            }
            Some(there) => there,
        });
    }
    let mut ids = Vec::with_capacity(uploads.len());
    for (position, (progress, id)) in uploads.into_iter().enumerate() {
        wait_until_ready(server, handing, &id, progress).await.inspect_err(|failure| {
            // What cannot be processed is no better the next time.
            if failure.cause.code == MEDIA_REFUSED {
                handing.forget(position);
            }
        })?;
        ids.push(id);
    }
    Ok(ids)
}

const MEDIA_REFUSED: &str = "MEDIA_REFUSED";

async fn send(server: &Server, part: &MediaPart) -> Result<(Progress, String), Failure> {
    let file = Part::stream_with_length(part.content.body(), part.content.length())
        .file_name(part.file_name.clone())
        .mime_str(&part.media_type)
        .map_err(|_unreadable| Failure::refused("MEDIA_TYPE_INVALID", "the media type is not one"))?;
    let mut form = Form::new().part("file", file);
    if let Some(alt_text) = &part.alt_text {
        form = form.text("description", alt_text.clone());
    }
    let answer = server.call(Method::POST, "/api/v2/media", &[], Body::Form(form)).await?;
    let media: Media = answer.json()?;
    Ok((if answer.status == 200 { Progress::Ready } else { Progress::Processing(None) }, media.id))
}

/// Ends when the try's patience does.
async fn wait_until_ready(
    server: &Server,
    handing: &Handing,
    id: &str,
    begun: Progress,
) -> Result<(), Failure> {
    let mut progress = begun;
    loop {
        match progress {
            Progress::Ready => return Ok(()),
            Progress::Gone => {
                let detail = "the server lost an upload while it was processing it";
                return Err(Failure::not_sent("UPLOAD_LOST", detail).with_status(404));
            }
            Progress::Processing(told) => handing.pause(told).await?,
        }
        progress = ask(server, id).await?;
    }
}

async fn ask(server: &Server, id: &str) -> Result<Progress, Failure> {
    let route = format!("/api/v1/media/{id}");
    let answer = server.raw_call(Method::GET, &route, &[], Body::None).await?;
    match answer.status {
        200 => Ok(Progress::Ready),
        202 | 206 => Ok(Progress::Processing(None)),
        404 | 410 => Ok(Progress::Gone),
        422 => Err(Failure::refused(MEDIA_REFUSED, "the server could not process a file").with_status(422)),
        429 | 503 => Ok(Progress::Processing(answer.retry_after())),
        _ => Err(answer.failure()),
    }
}
