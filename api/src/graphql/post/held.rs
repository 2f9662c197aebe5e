//! Why a post is held, by gates and by a person, as clients see it.

use async_graphql::{Context, Object, SimpleObject};
use entity::post;

use crate::{
    error::Field,
    graphql::{finding::Gate, member::Member, relations, scalars::DateTime},
};

/// Why a post is held, as it was found when it was last tried.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Hold {
    /// Since when.
    since: DateTime,
    /// The gates that were shut, most telling first.
    gates: Vec<Gate>,
}

impl From<post::Hold> for Hold {
    fn from(hold: post::Hold) -> Self {
        Self { since: hold.since.into(), gates: hold.gates.into_iter().map(Gate::from).collect() }
    }
}

/// A person's own hold on a post.
#[derive(Debug, Clone)]
pub(crate) struct PersonHold(pub(super) post::PersonHold);

/// A person's own hold on a post: nobody but people lets it go again (`releasePost`).
#[Object]
impl PersonHold {
    /// Who holds it; null for the operator at the command line.
    async fn by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.by).await
    }
    /// Their name when they did, or "the operator".
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
    /// Since when.
    async fn since(&self) -> DateTime {
        self.0.since.into()
    }
}
