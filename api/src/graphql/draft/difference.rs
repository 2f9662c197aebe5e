//! What changed between two revisions, as clients see it. Rows come through the loaders; what changed is the office's.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{channel, draft, media, review::Decision, revision};
use office::{
    OfficeError,
    drafts::{self, Part},
};

use super::{Revision, whole::in_place};
use crate::{
    error::Field,
    graphql::{
        context::ContextExt as _,
        loaders::rows::{MediaOfRevision, ReviewsOfDraft, TargetsOfRevision},
        relations,
    },
};

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "drafts::ChangeKind")]
pub(crate) enum WordChange {
    /// They are in both.
    Kept,
    /// They are in the later one only.
    Added,
    /// They are in the earlier one only.
    Removed,
}

/// Words that stand together.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChangeSegment {
    /// What became of them.
    kind: WordChange,
    /// The words, with what is between them.
    words: String,
}

/// A part that is not the same in both revisions.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PartChange {
    /// Its path, as in `Finding.target` (`text`, `variants.mastodon`, `media[0].alt`), or `title`, `channels`, `link`,
    /// `capacity`, `keyMessage`, `inDoubt`, `sources`, `media[0]`; of the earlier one where the later one does not have it.
    part: String,
    /// All of its words, in order: those that are not `REMOVED` put together are the later text, those that are not `ADDED`
    /// the earlier one.
    segments: Vec<ChangeSegment>,
}

impl From<drafts::Difference> for PartChange {
    fn from(change: drafts::Difference) -> Self {
        let segment =
            |segment: drafts::Segment| ChangeSegment { kind: segment.kind.into(), words: segment.words };
        Self { part: change.path, segments: change.segments.into_iter().map(segment).collect() }
    }
}

/// What changed between two revisions of a draft.
#[derive(Debug, Clone)]
pub(crate) struct RevisionChanges {
    earlier: Arc<revision::Model>,
    later: Arc<revision::Model>,
}

/// What changed between two revisions of a draft, word by word.
#[Object]
impl RevisionChanges {
    /// The earlier one.
    async fn from(&self) -> Revision {
        Revision(Arc::clone(&self.earlier))
    }
    /// The later one.
    async fn to(&self) -> Revision {
        Revision(Arc::clone(&self.later))
    }
    /// The parts that are not the same; empty where they say the same.
    async fn parts(&self, ctx: &Context<'_>) -> Field<Vec<PartChange>> {
        Some(self.changed(ctx).await)
    }
}

impl RevisionChanges {
    async fn changed(&self, ctx: &Context<'_>) -> Result<Vec<PartChange>> {
        let (earlier, later) = futures::try_join!(parts(ctx, &self.earlier), parts(ctx, &self.later))?;
        Ok(drafts::changes(&earlier, &later).into_iter().map(PartChange::from).collect())
    }
}

/// Every part of a revision.
pub(crate) async fn parts(ctx: &Context<'_>, revision: &Arc<revision::Model>) -> Result<Vec<Part>> {
    let targets = relations::children::<TargetsOfRevision>(ctx, revision.id);
    let media = relations::children::<MediaOfRevision>(ctx, revision.id);
    let (targets, places) = futures::try_join!(targets, media)?;
    let with = targets.iter().map(|target| async {
        let found = relations::row::<channel::Entity>(ctx, target.channel_id).await.transpose()?;
        Result::<_>::Ok(found.map(|channel| ((**target).clone(), (*channel).clone())))
    });
    let targets: Vec<_> = futures::future::try_join_all(with).await?.into_iter().flatten().collect();
    let places = in_place(places);
    let with = places.iter().map(|place| async {
        let found = relations::row::<media::Entity>(ctx, place.media_id).await.transpose()?;
        Result::<_>::Ok(found.map(|item| ((**place).clone(), (*item).clone())))
    });
    let media: Vec<_> = futures::future::try_join_all(with).await?.into_iter().flatten().collect();
    Ok(drafts::parts(revision, &targets, &media))
}

/// What changed from one revision to a draft's newest; none when a row is not there.
pub(crate) async fn to_newest(
    ctx: &Context<'_>,
    earlier: entity::RevisionId,
    draft: &draft::Model,
) -> Result<Option<RevisionChanges>> {
    let earlier = relations::row::<revision::Entity>(ctx, earlier).await.transpose()?;
    let later = relations::row::<revision::Entity>(ctx, draft.revision_id).await.transpose()?;
    Ok(earlier.zip(later).map(|(earlier, later)| RevisionChanges { earlier, later }))
}

/// What changed from revision `from`, or from the one that the viewer last approved, to revision `to` or the newest.
pub(super) async fn since(
    ctx: &Context<'_>,
    draft: &draft::Model,
    (from, to): (Option<i32>, Option<i32>),
) -> Result<Option<RevisionChanges>> {
    let (office, office_id) = (ctx.office()?, draft.office_id);
    let numbered =
        async |number: i32| match drafts::revision_numbered(office.db().read(), office_id, draft.id, number)
            .await
        {
            Ok(row) => Ok(Some(Arc::new(row))),
            Err(OfficeError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        };
    let earlier = match from {
        Some(number) => numbered(number).await?,
        None => last_approved(ctx, draft).await?,
    };
    let later = match to {
        Some(number) => numbered(number).await?,
        None => relations::row::<revision::Entity>(ctx, draft.revision_id).await.transpose()?,
    };
    Ok(earlier.zip(later).map(|(earlier, later)| RevisionChanges { earlier, later }))
}

/// The revision that the viewer last approved.
async fn last_approved(ctx: &Context<'_>, draft: &draft::Model) -> Result<Option<Arc<revision::Model>>> {
    let Some(member) = ctx.requester()?.member_id() else { return Ok(None) };
    let reviews = relations::children::<ReviewsOfDraft>(ctx, draft.id).await?;
    let own =
        reviews.iter().rfind(|review| review.reviewer_id == member && review.decision == Decision::Approved);
    match own {
        Some(review) => relations::row::<revision::Entity>(ctx, review.revision_id).await.transpose(),
        None => Ok(None),
    }
}
