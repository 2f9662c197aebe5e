//! Uploads a message's pictures and waits, within bounds, until the platform can show them. It does not know posts; an
//! upload that no post uses is seen by nobody.

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

/// The pictures' URNs, in order, all ready to be shown.
pub(super) async fn upload(api: &Api, message: &Message) -> Result<Vec<String>, Failure> {
    let mut images = Vec::with_capacity(message.media.len());
    for part in &message.media {
        images.push(send(api, part).await?);
    }
    Ok(images)
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
    api.put(&upload_url, part.content.whole().await?, &part.media_type).await.map_err(stale)?;
    wait_until_ready(api, &image).await?;
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

/// Ends with the preparation's limit at the latest.
async fn wait_until_ready(api: &Api, image: &str) -> Result<(), Failure> {
    let route = format!("/rest/images/{}", encoded(image));
    loop {
        match api.call(Method::GET, &route, Body::None).await {
            Ok(answer) => match answer.json::<Image>()?.status.as_str() {
                "AVAILABLE" => return Ok(()),
                "PROCESSING_FAILED" => {
                    return Err(Failure::refused(
                        "MEDIA_REFUSED",
                        "the platform could not process a picture",
                    ));
                }
                _ => {}
            },
            // What was named a moment ago may not be there for every reader yet.
            Err(failure) if failure.cause.http_status == Some(404) => {}
            Err(failure) => return Err(failure),
        }
        tokio::time::sleep(api.limits().poll_every).await;
    }
}
