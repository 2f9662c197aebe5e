//! An integration as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};

use crate::{
    error::Field,
    graphql::{id, member::Member, relation, scalars::DateTime},
};

/// One thing that an integration's token may do. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::integration::Scope")]
pub(crate) enum Scope {
    /// `directory:read`: read the office's channels.
    DirectoryRead,
    /// `office:read`: read initiatives, drafts, posts and the handbook.
    OfficeRead,
    /// `drafts:write`: create, revise, submit and withdraw drafts.
    DraftsWrite,
    /// `posts:write`: schedule, move and cancel approved posts.
    PostsWrite,
}

/// A machine client.
#[derive(Debug, Clone)]
pub(crate) struct Integration(pub(crate) Arc<entity::integration::Model>);

impl From<entity::integration::Model> for Integration {
    fn from(row: entity::integration::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A machine client, with a token that may do what its scopes say until it is revoked. The token itself is shown once, by
/// `createIntegration`, and kept nowhere.
#[Object]
impl Integration {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// What the client is, for people.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// What its token may do.
    async fn scopes(&self) -> Vec<Scope> {
        self.0.scopes.0.iter().copied().map(Scope::from).collect()
    }
    /// The first characters of its token, to tell tokens apart.
    async fn token_hint(&self) -> &str {
        &self.0.token_hint
    }
    /// Who made it; null when it was made on the command line.
    async fn created_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::maybe::<entity::member::Entity, _>(ctx, self.0.created_by, Member).await
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When its token was last accepted, to the minute; null before the first use.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime::from)
    }
    /// When it was revoked; null while its token is valid.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime::from)
    }
}
