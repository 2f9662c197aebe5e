//! An exception, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::waiver;

use crate::{
    error::Field,
    graphql::{
        draft::{Draft, Revision},
        id,
        member::Member,
        relations,
        scalars::DateTime,
    },
};

/// A coordinator's exception to one finding on one revision.
#[derive(Debug, Clone)]
pub(crate) struct Waiver(pub(crate) Arc<waiver::Model>);

impl From<waiver::Model> for Waiver {
    fn from(row: waiver::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A coordinator's exception to one finding on one revision, with its reason. It lapses when the draft is revised or the rule
/// says something else.
#[Object]
impl Waiver {
    /// Global id: give it to `revokeWaiver`.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The draft.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        relations::draft(ctx, self.0.draft_id).await
    }
    /// The revision that it holds for; it may not be the newest any more.
    async fn revision(&self, ctx: &Context<'_>) -> Field<Revision> {
        relations::revision(ctx, self.0.revision_id).await
    }
    /// `key` of the finding.
    async fn finding_key(&self) -> &str {
        &self.0.finding_key
    }
    /// The rule that found it.
    async fn rule(&self) -> &str {
        &self.0.rule
    }
    /// The rule's version then.
    async fn rule_version(&self) -> i32 {
        self.0.rule_version
    }
    /// The clause that the rule served then.
    async fn clause(&self) -> &str {
        &self.0.clause
    }
    /// The part of the revision that it is about.
    async fn target(&self) -> &str {
        &self.0.target
    }
    /// Why the exception was made.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
    /// The coordinator who made it.
    async fn waived_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.waived_by)).await
    }
    /// When.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it was taken back; null while it stands.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime::from)
    }
    /// Who took it back; null while it stands.
    async fn revoked_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.revoked_by).await
    }
}
