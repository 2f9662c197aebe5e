//! A comment on a draft, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use entity::{draft, draft_comment, revision};
use office::comments::{self, Span, Standing};

use crate::{
    error::Field,
    graphql::{
        draft::{Draft, Revision, parts_of},
        finding::TextSpan,
        id,
        loaders::rows::RepliesToComment,
        member::Member,
        relations,
        scalars::DateTime,
    },
};

/// What became of a comment. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "draft_comment::CommentState")]
pub(crate) enum CommentState {
    /// Nobody has settled it.
    Open,
    /// Somebody said that it is done with.
    Resolved,
    /// The change that it suggests was made.
    Accepted,
    /// The change that it suggests is not wanted.
    Declined,
}

/// Where the words of a comment are in the newest revision.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct CommentPlace {
    /// Whether they are still there as they were, next to each other.
    stands: bool,
    /// The path of the part that they are in; null when they are gone.
    part: Option<String>,
    /// Where in that part; null when they are gone.
    span: Option<TextSpan>,
}

/// What somebody said of a draft: of the whole, of a part, or of some of its words; or other words that they suggest.
#[derive(Debug, Clone)]
pub(crate) struct DraftComment(pub(crate) Arc<draft_comment::Model>);

impl From<draft_comment::Model> for DraftComment {
    fn from(row: draft_comment::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// What somebody said of a draft: of the whole, of a part, or of some of its words; or other words that they suggest. It stays
/// with the revision that it was made on.
#[Object]
impl DraftComment {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// On which draft.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        relations::draft(ctx, self.0.draft_id).await
    }
    /// On which of its revisions; it may not be the newest any more.
    async fn revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.revision_id).await
    }
    /// Path of the part in that revision, as in `Finding.target`; null for the whole, and of a reply.
    async fn part(&self) -> Option<&str> {
        self.0.part.as_deref()
    }
    /// The words that it is about, as they were; null for all of the part.
    async fn quote(&self) -> Option<&str> {
        self.0.quote.as_deref()
    }
    /// Where those words are in the newest revision; null for all of a part, and of a reply.
    async fn place(&self, ctx: &Context<'_>) -> Field<CommentPlace> {
        self.now(ctx).await.transpose()
    }
    /// What it says; null for a suggestion that needs no words.
    async fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }
    /// What is suggested in the place of the words, empty where they are to go; null for what is no suggestion.
    async fn replacement(&self) -> Option<&str> {
        self.0.replacement.as_deref()
    }
    /// What became of it.
    async fn state(&self) -> CommentState {
        self.0.state.into()
    }
    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.author_id)).await
    }
    /// The replies to it, oldest first.
    async fn replies(&self, ctx: &Context<'_>) -> Field<Vec<DraftComment>> {
        let found = relations::children::<RepliesToComment>(ctx, self.0.id).await;
        Some(found.map(|rows| rows.into_iter().map(DraftComment).collect()))
    }
    /// Who settled it; null while it is open.
    async fn settled_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.settled_by).await
    }
    /// When; null while it is open.
    async fn settled_at(&self) -> Option<DateTime> {
        self.0.settled_at.map(DateTime::from)
    }
    /// Why a suggestion was declined; null where nobody said.
    async fn settled_reason(&self) -> Option<&str> {
        self.0.settled_reason.as_deref()
    }
    /// The revision in which a suggestion was accepted; null for all others.
    async fn accepted_in(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.accepted_revision_id?).await
    }
    /// When it was written.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

impl DraftComment {
    async fn now(&self, ctx: &Context<'_>) -> Result<Option<CommentPlace>> {
        let draft = relations::row::<draft::Entity>(ctx, self.0.draft_id).await.transpose()?;
        let Some(draft) = draft.filter(|_| self.0.quote.is_some()) else { return Ok(None) };
        let own = relations::row::<revision::Entity>(ctx, self.0.revision_id).await.transpose()?;
        let newest = relations::row::<revision::Entity>(ctx, draft.revision_id).await.transpose()?;
        let Some((own, newest)) = own.zip(newest) else { return Ok(None) };
        let (own, newest) = futures::try_join!(parts_of(ctx, &own), parts_of(ctx, &newest))?;
        Ok(match comments::standing(&self.0, &own, &newest) {
            Standing::NoWords => None,
            Standing::Gone => Some(CommentPlace { stands: false, part: None, span: None }),
            Standing::Here(part, span) => {
                Some(CommentPlace { stands: true, part: Some(part), span: Some(shown(span)) })
            }
        })
    }
}

fn shown(span: Span) -> TextSpan {
    TextSpan::of(span.bytes, span.utf16)
}
