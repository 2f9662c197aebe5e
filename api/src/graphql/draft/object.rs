//! A draft, as clients see it. Knows columns and relations, not rules.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};
use entity::draft;
use futures::FutureExt as _;
use office::{
    drafts,
    paging::{Cursor, Direction, SortKey},
};

use super::{
    actions::{self, DraftAction},
    checklist::{self, ReviewQuestion},
    difference::{self, RevisionChanges},
    revision::{self, Revision},
};
use crate::{
    error::Field,
    graphql::{
        attestation::Question,
        comment::DraftComment,
        context::ContextExt as _,
        finding::Finding,
        id,
        initiative::Initiative,
        loaders::rows::{CommentsOfDraft, PostsOfDraft, ReviewsOfDraft},
        member::Member,
        paging::{Connection, PageArgs, page_of},
        post::{self, Post},
        relations,
        review::{DraftApproval, Review},
        scalars::DateTime,
    },
};

/// The order of a draft's revisions, part of their cursors.
const BY_NUMBER: &str = "revision.number.desc";

/// Where a draft is in its life. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "draft::DraftState")]
pub(crate) enum DraftState {
    /// Being written.
    Draft,
    /// Submitted: waits for a reviewer.
    InReview,
    /// Held until the named adviser answers.
    AdviceSought,
    /// The newest revision is approved and may be scheduled.
    Approved,
    /// Given up.
    Withdrawn,
}

/// What somebody wants to say, for one initiative, on one or more channels: a chain of immutable revisions.
#[derive(Debug, Clone)]
pub(crate) struct Draft(pub(crate) Arc<draft::Model>);

impl From<draft::Model> for Draft {
    fn from(row: draft::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// What somebody wants to say, for one initiative, on one or more channels: a chain of immutable revisions.
#[Object]
impl Draft {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Working title, as of the newest revision; channels that show a title use it.
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// Where it is in its life.
    async fn state(&self) -> DraftState {
        self.0.state.into()
    }
    /// Raised by each change: give it back as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// Who answers for it: who began it, or was given it since (`reassignDraft`); null when an integration began it.
    async fn author(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.author_id).await
    }
    /// For which initiative.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relations::initiative(ctx, Some(self.0.initiative_id)).await
    }
    /// The newest revision: what it says now.
    async fn revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.revision_id).await
    }
    /// All of its revisions, newest first. Read for one draft at a time: in a list of drafts ask for `revision`.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<Revision>> {
        Some(self.history(ctx, &PageArgs { first, after, last, before }).await)
    }
    /// The decisions on all of its revisions, and the advice that was sought, oldest first.
    async fn reviews(&self, ctx: &Context<'_>) -> Field<Vec<Review>> {
        let found = relations::children::<ReviewsOfDraft>(ctx, self.0.id).await;
        Some(found.map(|rows| rows.into_iter().map(Review).collect()))
    }
    /// How far the approval of the newest revision is under the review policies in force now: what is done, by whom, what is
    /// missing, until when.
    async fn approval(&self, ctx: &Context<'_>) -> Field<DraftApproval> {
        let found = async { Result::Ok(ctx.loaders()?.approval(self.0.id).await?.map(DraftApproval)) };
        found.await.transpose()
    }
    /// What changed from revision `from` to revision `to`, word by word. Left out, `from` is the revision that you approved
    /// last, and `to` the newest. Null where there is no such revision, or you approved none. Read for one draft at a time.
    async fn changes_since(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "`number` of the earlier revision.")] from: Option<i32>,
        #[graphql(desc = "`number` of the later revision.")] to: Option<i32>,
    ) -> Field<RevisionChanges> {
        difference::since(ctx, &self.0, (from, to)).await.transpose()
    }
    /// The comments on all of its revisions and the changes that are suggested, oldest first; replies are with what they
    /// reply to.
    async fn comments(&self, ctx: &Context<'_>) -> Field<Vec<DraftComment>> {
        let found = relations::children::<CommentsOfDraft>(ctx, self.0.id).await;
        let own = |row: &Arc<entity::draft_comment::Model>| row.parent_id.is_none();
        Some(found.map(|rows| rows.into_iter().filter(own).map(DraftComment).collect()))
    }
    /// Its posts, earliest due first, of all its revisions.
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<Post>> {
        Some(self.scheduled(ctx, &PageArgs { first, after, last, before }).await)
    }
    /// What the guideline rules of the handbook in force say of the newest revision, gravest first; the same finding on
    /// several channels is told once. Empty: nothing to say. A `BLOCK` without a waiver refuses `submitDraft`.
    async fn findings(&self, ctx: &Context<'_>) -> Field<Vec<Finding>> {
        Some(revision::findings(ctx, self.0.revision_id).await)
    }
    /// What the findings of the newest revision ask people, and what was answered for it. Answer with `attest`.
    async fn questions(&self, ctx: &Context<'_>) -> Field<Vec<Question>> {
        Some(revision::questions(ctx, self.0.revision_id).await)
    }
    /// What the handbook in force has a reviewer ask themselves, with the words of the clause behind each question: tick them
    /// in `reviewDraft`.
    async fn checklist(&self, ctx: &Context<'_>) -> Field<Vec<ReviewQuestion>> {
        Some(checklist::of(ctx).await)
    }
    /// What the viewer may do with it in its present state, as far as state, roles and responsibility decide: the buttons to
    /// show. The mutation has the last word (an unread handbook or a finding may still refuse).
    async fn allowed_actions(&self, ctx: &Context<'_>) -> Field<Vec<DraftAction>> {
        Some(actions::allowed(ctx, &self.0).await)
    }
    /// When it was begun.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

impl Draft {
    async fn history(&self, ctx: &Context<'_>, args: &PageArgs) -> Result<Connection<Revision>> {
        let request = args.request(ctx, BY_NUMBER)?;
        let (office, office_id, draft_id) = (ctx.office()?, self.0.office_id, self.0.id);
        let page = drafts::revisions(office, office_id, draft_id, &request).await?;
        let key = |row: &entity::revision::Model| Cursor {
            key: SortKey::Number(row.number.into()),
            id: row.id.into(),
        };
        let office = office.clone();
        Ok(Connection::new(page, BY_NUMBER, key, Revision::from).counted(move || {
            let office = office.clone();
            async move { drafts::count_revisions(&office, office_id, draft_id).await }.boxed()
        }))
    }

    async fn scheduled(&self, ctx: &Context<'_>, args: &PageArgs) -> Result<Connection<Post>> {
        let request = args.request(ctx, post::BY_DUE_AT_ASC)?;
        let rows = relations::children::<PostsOfDraft>(ctx, self.0.id).await?;
        let total = rows.len();
        let at = |row: &Arc<entity::post::Model>| post::due_at_key(row);
        let page = page_of(rows, at, Direction::Ascending, &request);
        Ok(Connection::new(page, post::BY_DUE_AT_ASC, at, Post).of_known(total))
    }
}
