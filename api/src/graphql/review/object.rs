//! A review, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};
use entity::review;

use crate::{
    error::Field,
    graphql::{
        draft::{self, Draft, Revision, RevisionChanges},
        id,
        member::Member,
        relations,
        scalars::DateTime,
    },
};

/// A decision on one revision. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "review::Decision")]
pub(crate) enum Decision {
    /// May go out, exactly as it is.
    Approved,
    /// Not like this.
    ChangesRequested,
    /// Held until the adviser answers.
    AdviceSought,
}

/// One person's decision on one revision, bound to the digest of exactly what will be sent; or a question to an adviser.
#[derive(Debug, Clone)]
pub(crate) struct Review(pub(crate) Arc<review::Model>);

impl From<review::Model> for Review {
    fn from(row: review::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// One person's decision on one revision, bound to the digest of exactly what will be sent; or a question to an adviser.
#[Object]
impl Review {
    /// Global id: give it to `giveAdvice`.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The draft.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        relations::draft(ctx, self.0.draft_id).await
    }
    /// The revision that was judged; it may not be the newest any more.
    async fn revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.revision_id).await
    }
    /// Who judged, or who sought advice.
    async fn reviewer(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.reviewer_id)).await
    }
    /// What they decided.
    async fn decision(&self) -> Decision {
        self.0.decision.into()
    }
    /// Digest of exactly what they saw, in hexadecimal digits.
    async fn digest(&self) -> &str {
        &self.0.digest
    }
    /// What changed from that revision to the draft's newest, word by word.
    async fn changes(&self, ctx: &Context<'_>) -> Field<RevisionChanges> {
        self.since(ctx).await.transpose()
    }
    /// What they said, or the question to the adviser; null when nothing.
    async fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }
    /// The clauses of the handbook's checklist that they ticked; null when they did not say.
    async fn checked(&self) -> Option<&[String]> {
        self.0.checked.as_ref().map(|checked| checked.0.as_slice())
    }
    /// Who is asked; null unless advice was sought.
    async fn adviser(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.adviser_id).await
    }
    /// The adviser's answer; null before it is given.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }
    /// When the adviser answered; null before.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(DateTime::from)
    }
    /// Who answered: the adviser, or who stood in for them that day; null before, and in older answers.
    async fn answered_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.answered_by).await
    }
    /// When it was decided, or asked.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

impl Review {
    async fn since(&self, ctx: &Context<'_>) -> Result<Option<RevisionChanges>> {
        let draft = relations::row::<entity::draft::Entity>(ctx, self.0.draft_id).await.transpose()?;
        match draft {
            Some(draft) => draft::to_newest(ctx, self.0.revision_id, &draft).await,
            None => Ok(None),
        }
    }
}
