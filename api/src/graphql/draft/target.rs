//! Where a revision goes and what goes with it, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{revision, revision_media, revision_target};

use super::{
    media::Media,
    whole::{self, whole},
};
use crate::{
    error::Field,
    graphql::{channel::Channel, context::ContextExt as _, finding::Finding, relations},
};

/// A revision on one channel.
#[derive(Debug, Clone)]
pub(crate) struct RevisionTarget {
    pub(super) target: Arc<revision_target::Model>,
    pub(super) revision: Arc<revision::Model>,
}

/// A revision on one channel.
#[Object]
impl RevisionTarget {
    /// The channel.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, Some(self.target.channel_id)).await
    }
    /// The channel's own text; null where the revision's text serves.
    async fn text(&self) -> Option<&str> {
        self.target.text.as_deref()
    }
    /// Whether its author lets it go out there as a thread where it does not fit whole.
    async fn thread(&self) -> bool {
        self.target.parts.is_some()
    }
    /// The parts of the thread, each exactly as it goes out: with its counter (`1/3`), and the last with the channel's
    /// signature. The first has the media, and the link unless another part names it. Empty where the text goes out whole.
    async fn parts(&self) -> &[String] {
        whole::parts(&self.target)
    }
    /// SHA-256, in hexadecimal digits, of exactly what will be sent there.
    async fn digest(&self) -> &str {
        &self.target.digest
    }
    /// The text as it goes out there now: the variant or the revision's text, with the channel's signature. Of a thread, the
    /// whole that was cut into its `parts`; the rules read it so.
    async fn composed_text(&self, ctx: &Context<'_>) -> Field<String> {
        let found = relations::row::<entity::channel::Entity>(ctx, self.target.channel_id).await?;
        Some(found.map(|channel| whole::composed_text(&self.revision, self.target.text.as_deref(), &channel)))
    }
    /// What the guideline rules of the handbook in force say of it on this channel.
    async fn findings(&self, ctx: &Context<'_>) -> Field<Vec<Finding>> {
        Some(self.checked(ctx).await)
    }
}

impl RevisionTarget {
    async fn checked(&self, ctx: &Context<'_>) -> Result<Vec<Finding>> {
        let (whole, handbook) = futures::try_join!(whole(ctx, self.revision.id), whole::handbook(ctx))?;
        let now = ctx.office()?.now();
        let own = whole.targets.iter().find(|(target, _)| target.id == self.target.id);
        let found = own.map(|(target, channel)| whole.check(target, channel, &handbook.handbook, now));
        Ok(found.unwrap_or_default().into_iter().map(Finding).collect())
    }
}

/// A media item in its place in a revision.
#[derive(Debug, Clone)]
pub(crate) struct RevisionMedia(pub(super) Arc<revision_media::Model>);

/// A media item in its place in a revision.
#[Object]
impl RevisionMedia {
    /// The item.
    async fn media(&self, ctx: &Context<'_>) -> Field<Media> {
        relations::media(ctx, self.0.media_id).await
    }
    /// Its place, from 0.
    async fn position(&self) -> i32 {
        self.0.position
    }
    /// What it says to somebody who cannot see it; null while missing, which blocks unless it is decorative.
    async fn alt_text(&self) -> Option<&str> {
        self.0.alt_text.as_deref()
    }
    /// Whether it says nothing and needs no text.
    async fn decorative(&self) -> bool {
        self.0.decorative
    }
    /// Whether people can be recognised in it; null while nobody said.
    async fn shows_people(&self) -> Option<bool> {
        self.0.shows_people
    }
    /// Whether it is a document, or a picture of one; null while nobody said.
    async fn is_document(&self) -> Option<bool> {
        self.0.document
    }
    /// The captions of a film, one a language, in order; empty where there are none, and of pictures. The rules read them:
    /// a finding's `target` is then `media[0].captions[en]`, and its span is a place in `Media.captionWords`.
    async fn captions(&self) -> Vec<Caption> {
        (0..self.0.captions().len()).map(|index| Caption { place: Arc::clone(&self.0), index }).collect()
    }
}

/// A film's captions in one language.
#[derive(Debug, Clone)]
pub(crate) struct Caption {
    place: Arc<revision_media::Model>,
    index: usize,
}

impl Caption {
    fn row(&self) -> Option<&revision_media::Caption> {
        self.place.captions().get(self.index)
    }
}

/// A film's captions in one language.
#[Object]
impl Caption {
    /// Their language as a BCP 47 tag.
    async fn language(&self) -> &str {
        self.row().map_or("", |row| &row.language)
    }
    /// What viewers choose them by; null where the language says it.
    async fn label(&self) -> Option<&str> {
        self.row()?.label.as_deref()
    }
    /// The caption file, as WebVTT.
    async fn media(&self, ctx: &Context<'_>) -> Field<Media> {
        relations::media(ctx, self.row()?.media_id).await
    }
}
