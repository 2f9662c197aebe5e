//! A change, small: the client fetches what it needs to know, here or by id.

use async_graphql::{Context, ID, Object};
use entity::audit_entry;

use crate::{
    error::Field,
    graphql::{draft::Draft, id, post::Post, relations, scalars::DateTime},
};

/// The subject kind of drafts in the chain.
pub(super) const DRAFT: &str = "Draft";
/// The subject kind of posts in the chain.
pub(super) const POST: &str = "Post";

/// Something changed in the office.
#[derive(Debug, Clone)]
pub(crate) struct Change(pub(super) audit_entry::Model);

/// Something changed in the office.
#[Object]
impl Change {
    /// Its place in the office's chain, from 1: give the last one that you saw as `after` to catch up after a lost
    /// connection. A subscription to some things skips the numbers of others.
    async fn sequence(&self) -> i64 {
        self.0.sequence
    }
    /// When.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }
    /// What was done: a mutation's name such as `reviseDraft`, or an event's such as `holdPost`. New ones may come.
    async fn action(&self) -> &str {
        &self.0.action
    }
    /// Type of the thing, such as `Draft`. New ones may come.
    async fn subject_kind(&self) -> &str {
        &self.0.subject_kind
    }
    /// Global id of the thing, for `node`; null when its type has none.
    async fn subject_id(&self) -> Option<ID> {
        id::encode_named(&self.0.subject_kind, self.0.subject_id)
    }
    /// The draft as it is now; null when the change is not about a draft.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        if self.0.subject_kind != DRAFT {
            return None;
        }
        relations::draft(ctx, self.0.subject_id.into()).await
    }
    /// The post as it is now; null when the change is not about a post.
    async fn post(&self, ctx: &Context<'_>) -> Field<Post> {
        if self.0.subject_kind != POST {
            return None;
        }
        relations::post(ctx, self.0.subject_id.into()).await
    }
}
