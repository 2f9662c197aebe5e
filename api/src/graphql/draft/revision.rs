//! A revision, as clients see it: exactly what may be approved. Knows columns and relations, not rules.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use entity::{RevisionId, revision};
use office::{
    attestations,
    checks::{Judged, WholeRevision},
};

use super::{
    amplified::AmplifiedPost,
    object::Draft,
    target::{RevisionMedia, RevisionTarget},
    whole::{self, whole},
};
use crate::{
    error::Field,
    graphql::{
        attestation::Question,
        context::ContextExt as _,
        conversation::Conversation,
        finding::Finding,
        id,
        loaders::rows::{MediaOfRevision, ReviewsOfRevision, TargetsOfRevision},
        member::Member,
        relations,
        review::Review,
        scalars::{Date, DateTime, Url},
    },
};

/// In which capacity somebody speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "revision::Capacity")]
pub(crate) enum Capacity {
    /// For the office.
    Official,
    /// As a person: the text needs its label or disclaimer.
    PersonalOpinion,
}

/// A source, and who permitted its use.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Source {
    /// What it is.
    description: String,
    /// Who permitted its use; null when none is needed.
    permission_by: Option<String>,
    /// On which day; null when not told.
    permitted_on: Option<Date>,
}

impl From<&revision::Source> for Source {
    fn from(source: &revision::Source) -> Self {
        Self {
            description: source.description.clone(),
            permission_by: source.permission_by.clone(),
            permitted_on: source.permitted_on.map(Date::from),
        }
    }
}

/// One immutable revision of a draft: what is reviewed, approved and sent. An edit makes the next one.
#[derive(Debug, Clone)]
pub(crate) struct Revision(pub(crate) Arc<revision::Model>);

impl From<revision::Model> for Revision {
    fn from(row: revision::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// One immutable revision of a draft: what is reviewed, approved and sent. An edit makes the next one.
#[Object]
impl Revision {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The draft that it is a revision of.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        relations::draft(ctx, self.0.draft_id).await
    }
    /// From 1, without gaps.
    async fn number(&self) -> i32 {
        self.0.number
    }
    /// Title as of this revision.
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// Text for every channel without a variant; a channel's signature is not part of it (see `targets.composedText`).
    async fn text(&self) -> &str {
        &self.0.text
    }
    /// The link that goes with it; null when there is none.
    async fn link(&self) -> Option<Url> {
        self.0.link.clone().map(Url)
    }
    /// The post of others that it passes on or, where it says something, quotes; null where there is none. It is part of the
    /// digest.
    async fn amplifies(&self) -> Option<AmplifiedPost> {
        Some(AmplifiedPost { revision_id: self.0.id, url: self.0.amplifies.clone()? })
    }
    /// What the public said that it answers; null where it answers nothing. It is part of the digest.
    async fn answers(&self, ctx: &Context<'_>) -> Field<Conversation> {
        relations::conversation(ctx, self.0.answers).await
    }
    /// In which capacity the author speaks; null while undeclared, which blocks.
    async fn capacity(&self) -> Option<Capacity> {
        self.0.capacity.map(Capacity::from)
    }
    /// The key message of the plan that it serves; null when none was named.
    async fn key_message(&self) -> Option<&str> {
        self.0.key_message.as_deref()
    }
    /// Which of the plan's key messages that is, as `KeyMessage.id`; null when none was named, or words that no version of
    /// the plan has.
    async fn key_message_id(&self) -> Option<ID> {
        self.0.key_message_id.map(id::encode)
    }
    /// Whether its author was not sure that it may go out.
    async fn in_doubt(&self) -> bool {
        self.0.in_doubt
    }
    /// Its sources, and who permitted their use.
    async fn sources(&self) -> Vec<Source> {
        self.0.sources.0.iter().map(Source::from).collect()
    }
    /// Where it goes, with each channel's variant.
    async fn targets(&self, ctx: &Context<'_>) -> Field<Vec<RevisionTarget>> {
        let found = relations::children::<TargetsOfRevision>(ctx, self.0.id).await;
        let target = |target| RevisionTarget { target, revision: Arc::clone(&self.0) };
        Some(found.map(|rows| rows.into_iter().map(target).collect()))
    }
    /// Its media, in order.
    async fn media(&self, ctx: &Context<'_>) -> Field<Vec<RevisionMedia>> {
        let found = relations::children::<MediaOfRevision>(ctx, self.0.id).await;
        Some(found.map(|rows| whole::in_place(rows).into_iter().map(RevisionMedia).collect()))
    }
    /// What the guideline rules of the handbook in force say of it, gravest first; a finding that is the same on several
    /// channels is told once.
    async fn findings(&self, ctx: &Context<'_>) -> Field<Vec<Finding>> {
        Some(findings(ctx, self.0.id).await)
    }
    /// What the findings ask people, and what was answered for this revision. Answer with `attest`; an edit makes a new
    /// revision, which has to be answered for anew.
    async fn questions(&self, ctx: &Context<'_>) -> Field<Vec<Question>> {
        Some(questions(ctx, self.0.id).await)
    }
    /// The decisions on it, oldest first.
    async fn reviews(&self, ctx: &Context<'_>) -> Field<Vec<Review>> {
        let found = relations::children::<ReviewsOfRevision>(ctx, self.0.id).await;
        Some(found.map(|rows| rows.into_iter().map(Review).collect()))
    }
    /// Who wrote this revision; null when an integration did.
    async fn author(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.author_id).await
    }
    /// SHA-256, in hexadecimal digits, of exactly what will be sent on all of its channels: give it to `reviewDraft`.
    async fn digest(&self) -> &str {
        &self.0.digest
    }
    /// When it was written.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// What the rules say of a revision on all of its channels.
pub(super) async fn findings(ctx: &Context<'_>, id: RevisionId) -> Result<Vec<Finding>> {
    let (_, found) = checked(ctx, id).await?;
    Ok(found.into_iter().map(Finding).collect())
}

/// What they ask.
pub(super) async fn questions(ctx: &Context<'_>, id: RevisionId) -> Result<Vec<Question>> {
    let (whole, found) = checked(ctx, id).await?;
    Ok(attestations::questions(&whole, &found).into_iter().map(Question).collect())
}

async fn checked(ctx: &Context<'_>, id: RevisionId) -> Result<(Arc<WholeRevision>, Vec<Judged>)> {
    let (whole, handbook) = futures::try_join!(whole(ctx, id), whole::handbook(ctx))?;
    let found = whole.check_all(&handbook.handbook, ctx.office()?.now());
    Ok((whole, found))
}
