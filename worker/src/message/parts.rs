//! From the media that the office composed to the parts that a connector takes, made to fit the channel's account.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use connectors::{Caption, Content, ContentError, ContentStore, MediaPart};
use entity::channel;
use office::{
    OfficeError,
    compose::{Composed, ComposedMedia},
    media::{self, Fitted, Unfit},
    queue::Cause,
};

use crate::{Worker, outcome::ours};

/// Why there is no message.
#[derive(Debug)]
pub(crate) enum Unready {
    /// A picture of it does not fit the account and cannot be made to: trying again changes nothing.
    Unfit(Cause),
    /// Its media could not be read, or the database could not.
    Unread(OfficeError),
}

impl From<OfficeError> for Unready {
    fn from(error: OfficeError) -> Self {
        Self::Unread(error)
    }
}

/// The media of what was composed, as its channel's account takes them.
pub(super) async fn parts(
    worker: &Worker,
    composed: &Composed,
    channel: &channel::Model,
) -> Result<Vec<MediaPart>, Unready> {
    let mut parts = Vec::with_capacity(composed.media.len());
    for (index, item) in composed.media.iter().enumerate() {
        parts.push(part(worker, item, channel).await?.map_err(|unfit| refused(index, unfit))?);
    }
    Ok(parts)
}

async fn part(
    worker: &Worker,
    item: &ComposedMedia,
    channel: &channel::Model,
) -> office::Result<Result<MediaPart, Unfit>> {
    let takes = channel.profile.as_ref().and_then(|profile| profile.abilities.as_ref());
    let alt_text = item.alt_text.clone().filter(|_| !item.decorative);
    Ok(Ok(match media::fitted(&worker.office, channel.office_id, item, takes).await? {
        Fitted::AsIs(stored) => MediaPart {
            file_name: item.file_name.clone(),
            media_type: item.media_type.clone(),
            content: Content::stored(stored.length(), Arc::new(OfficeMedia(stored))),
            alt_text,
            sha256: item.sha256.clone(),
            captions: captions(worker, item, channel).await?,
        },
        Fitted::Variant(variant) => MediaPart {
            file_name: variant.file_name,
            media_type: variant.media_type.to_owned(),
            content: variant.bytes.into(),
            alt_text,
            sha256: variant.sha256,
            // Only pictures are made to fit.
            captions: Vec::new(),
        },
        Fitted::Unfit(unfit) => return Ok(Err(unfit)),
    }))
}

/// The captions of a film, as they are stored.
async fn captions(
    worker: &Worker,
    film: &ComposedMedia,
    channel: &channel::Model,
) -> office::Result<Vec<Caption>> {
    let mut captions = Vec::with_capacity(film.captions.len());
    for caption in &film.captions {
        let stored = media::stored(&worker.office, channel.office_id, &caption.sha256).await?;
        captions.push(Caption {
            language: caption.language.clone(),
            label: caption.label.clone(),
            file_name: web_vtt(&caption.file_name),
            content: Content::stored(stored.length(), Arc::new(OfficeMedia(stored))),
            sha256: caption.sha256.clone(),
        });
    }
    Ok(captions)
}

/// A file's name with the ending of what it is now: captions that came as SubRip are kept as WebVTT.
fn web_vtt(file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    format!("{stem}.vtt")
}

fn refused(index: usize, unfit: Unfit) -> Unready {
    let detail = format!("picture {} does not fit this account and cannot be made to: {unfit}", index + 1);
    Unready::Unfit(ours("MEDIA_DOES_NOT_FIT", &detail))
}

/// The office's store as connectors read it.
#[derive(Debug)]
struct OfficeMedia(media::Stored);

#[async_trait]
impl ContentStore for OfficeMedia {
    async fn range(&self, from: u64, length: u64) -> Result<Bytes, ContentError> {
        self.0.range(from, length).await.map_err(|error| {
            tracing::error!(%error, "an item of the media store could not be read");
            ContentError
        })
    }
}
