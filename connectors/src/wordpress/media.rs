//! Puts a message's media into the site's library, once: the slug of each part is made from the message's
//! key, so a later attempt finds what an earlier one has uploaded. It does not know the post.

use reqwest::{
    Method,
    multipart::{Form, Part},
};

use super::{
    content,
    site::{Body, Site},
    wire::Attachment,
};
use crate::{
    http::failure::Failure,
    message::{MediaPart, Message},
};

/// A part in the library.
#[derive(Debug)]
pub(super) struct Uploaded<'message> {
    pub(super) id: u64,
    pub(super) url: String,
    pub(super) part: &'message MediaPart,
    /// Where the captions of a film are, in their order.
    pub(super) captions: Vec<String>,
}

impl Uploaded<'_> {
    pub(super) fn is_image(&self) -> bool {
        self.part.media_type.starts_with("image/")
    }
}

pub(super) async fn upload<'message>(
    site: &Site,
    message: &'message Message,
) -> Result<Vec<Uploaded<'message>>, Failure> {
    let mut uploaded = Vec::with_capacity(message.media.len());
    for (index, part) in message.media.iter().enumerate() {
        let there = put(site, &content::media_slug(message, index, part), part).await?;
        let mut captions = Vec::with_capacity(part.captions.len());
        for caption in &part.captions {
            let slug = content::caption_slug(message, index, caption);
            captions.push(put(site, &slug, &caption.file()).await?.source_url);
        }
        uploaded.push(Uploaded { id: there.id, url: there.source_url, part, captions });
    }
    Ok(uploaded)
}

/// The file as the library has it, sent there first where it lacks it.
async fn put(site: &Site, slug: &str, part: &MediaPart) -> Result<Attachment, Failure> {
    match find(site, slug).await.map_err(Failure::before_sending)? {
        Some(there) => Ok(there),
        None => send(site, slug, part).await.map_err(Failure::before_sending),
    }
}

/// The message's media as the library has them; none where one of them is not there any more. Uploads nothing.
pub(super) async fn there<'message>(
    site: &Site,
    message: &'message Message,
) -> Result<Option<Vec<Uploaded<'message>>>, Failure> {
    let mut found = Vec::with_capacity(message.media.len());
    for (index, part) in message.media.iter().enumerate() {
        let Some(there) = find(site, &content::media_slug(message, index, part)).await? else {
            return Ok(None);
        };
        let mut captions = Vec::with_capacity(part.captions.len());
        for caption in &part.captions {
            let Some(there) = find(site, &content::caption_slug(message, index, caption)).await? else {
                return Ok(None);
            };
            captions.push(there.source_url);
        }
        found.push(Uploaded { id: there.id, url: there.source_url, part, captions });
    }
    Ok(Some(found))
}

async fn find(site: &Site, slug: &str) -> Result<Option<Attachment>, Failure> {
    let query = [("slug", slug), ("context", "edit")];
    let answer = site.call(Method::GET, "/wp/v2/media", &query, Body::None).await?;
    Ok(answer.json::<Vec<Attachment>>()?.into_iter().next())
}

async fn send(site: &Site, slug: &str, part: &MediaPart) -> Result<Attachment, Failure> {
    let file = Part::stream_with_length(part.content.body(), part.content.length())
        .file_name(part.file_name.clone())
        .mime_str(&part.media_type)
        .map_err(|_unreadable| Failure::refused("MEDIA_TYPE_INVALID", "the media type is not one"))?;
    let form = Form::new()
        .text("slug", slug.to_owned())
        .text("alt_text", part.alt_text.clone().unwrap_or_default())
        .part("file", file);
    site.call(Method::POST, "/wp/v2/media", &[], Body::Form(form)).await?.json()
}
