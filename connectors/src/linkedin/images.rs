//! Uploads a message's pictures and waits, for as long as a try has patience, until the platform can show them. It does not
//! know posts; an upload that no post uses is seen by nobody.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::{
    api::{Api, Body},
    urn::encoded,
};
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
    prepared::{Handing, digest_of},
};

#[derive(Deserialize)]
struct Initialized {
    value: Place,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    upload_url: String,
    image: String,
}

#[derive(Deserialize)]
struct Image {
    status: String,
}

/// The pictures' URNs, in order, all ready to be shown. All are handed over before one is waited for.
pub(super) async fn upload(api: &Api, message: &Message, handing: &Handing) -> Result<Vec<String>, Failure> {
    let mut images = Vec::with_capacity(message.media.len());
    for (position, part) in message.media.iter().enumerate() {
        let of = digest_of(part, "");
        let there = match handing.kept(position, &of) {
            Some(image) => still_there(api, image).await?,
            None => None,
        };
        let image = if let Some(image) = there {
            image
        } else {
            handing.forget(position);
            let image = send(api, part).await?;
            handing.keep(position, &of, image.as_str());
            image
        };
        images.push(image);
    }
    for image in &images {
        wait_until_ready(api, handing, image).await?;
    }
    Ok(images)
}

/// The picture of an earlier attempt, where LinkedIn still has it for this page.
async fn still_there(api: &Api, image: String) -> Result<Option<String>, Failure> {
    match ask(api, &image).await {
        Ok(_status) => Ok(Some(image)),
        Err(failure) if matches!(failure.cause.http_status, Some(403 | 404 | 410)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

async fn send(api: &Api, part: &MediaPart) -> Result<String, Failure> {
    let asked = json!({ "initializeUploadRequest": { "owner": api.organization().urn() } });
    let answer = api.call(Method::POST, "/rest/images", Body::Action("initializeUpload", &asked)).await?;
    let Place { upload_url, image } = answer.json::<Initialized>()?.value;
    // It becomes a part of an address.
    let id = image.strip_prefix("urn:li:image:").unwrap_or_default();
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return Err(Failure::not_sent("GARBAGE_ANSWER", "the platform's answer cannot be read"));
    }
    api.put(&upload_url, part).await.map_err(stale)?;
    Ok(image)
}

/// The address of an upload is its own permission: where it is not taken, the next attempt asks for another, and the
/// channel's credential has nothing to do with it.
fn stale(failure: Failure) -> Failure {
    match failure.cause.http_status {
        Some(status @ (401 | 403 | 404 | 410)) => {
            let detail = "the platform did not take a picture at the address that it told";
            Failure::not_sent("UPLOAD_REFUSED", detail).with_status(status)
        }
        _ => failure,
    }
}

/// Ends when the try's patience does.
async fn wait_until_ready(api: &Api, handing: &Handing, image: &str) -> Result<(), Failure> {
    loop {
        match ask(api, image).await {
            Ok(status) => match status.as_str() {
                "AVAILABLE" => return Ok(()),
                "PROCESSING_FAILED" => {
                    let detail = "the platform could not process a picture";
                    return Err(Failure::refused("MEDIA_REFUSED", detail));
                }
                _ => {}
            },
            // What was named a moment ago may not be there for every reader yet.
            Err(failure) if failure.cause.http_status == Some(404) => {}
            Err(failure) => return Err(failure),
        }
        handing.pause(None).await?;
    }
}

async fn ask(api: &Api, image: &str) -> Result<String, Failure> {
    let answer = api.call(Method::GET, &format!("/rest/images/{}", encoded(image)), Body::None).await?;
    Ok(answer.json::<Image>()?.status)
}
