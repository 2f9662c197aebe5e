//! A pause, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::Utc;
use entity::pause;
use office::pauses;

use crate::{
    error::Field,
    graphql::{
        channel::Channel, context::ContextExt as _, id, initiative::Initiative, member::Member, post::Post,
        relations, scalars::DateTime,
    },
};

/// How far a pause reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "pause::PauseScope")]
pub(crate) enum PauseScope {
    /// Everything of the office.
    Office,
    /// One channel.
    Channel,
    /// One initiative.
    Initiative,
}

/// Whether a pause stops anything at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum PauseState {
    /// Begins later.
    Upcoming,
    /// Stands: nothing leaves within its scope but what is exempt.
    Standing,
    /// Ended as planned.
    Ended,
    /// Lifted by somebody.
    Resumed,
}

impl PauseState {
    fn of(pause: &pause::Model, now: chrono::DateTime<Utc>) -> Self {
        if pause.resumed_at.is_some() {
            Self::Resumed
        } else if now < pause.starts_at {
            Self::Upcoming
        } else if pause.ends_at.is_some_and(|end| end <= now) {
            Self::Ended
        } else {
            Self::Standing
        }
    }
}

/// What lifting a pause does to the posts that it holds, as their gates were last looked at. Each passes them anew before it
/// leaves.
#[derive(Debug, SimpleObject)]
pub(crate) struct ResumeEffect {
    /// How many go back to their time, or leave as soon as a worker is free.
    released: i32,
    /// How many became too late: they are `MISSED`, and each asks for another time or to be given up.
    missed: i32,
    /// How many stay held: another gate is shut, or another pause stands.
    still_held: i32,
    /// Whether there are more than were looked at (`limits.resume_preview_posts`).
    more: bool,
}

impl From<pauses::ResumeEffect> for ResumeEffect {
    fn from(effect: pauses::ResumeEffect) -> Self {
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            released: count(effect.released),
            missed: count(effect.missed),
            still_held: count(effect.still_held),
            more: effect.more,
        }
    }
}

/// Nothing leaves within its scope, from a time, for a reason.
#[derive(Debug, Clone)]
pub(crate) struct Pause(pub(crate) Arc<pause::Model>);

impl From<pause::Model> for Pause {
    fn from(row: pause::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Nothing leaves within its scope, from a time, for a reason.
#[Object]
impl Pause {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// How far it reaches.
    async fn scope(&self) -> PauseScope {
        self.0.scope.into()
    }
    /// Whether it stops anything at this moment.
    async fn state(&self, ctx: &Context<'_>) -> Field<PauseState> {
        let office = ctx.office().map_err(Into::into);
        Some(office.map(|office| PauseState::of(&self.0, office.now())))
    }
    /// The channel; null unless the scope is `CHANNEL`.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, self.0.channel_id).await
    }
    /// The initiative; null unless the scope is `INITIATIVE`.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relations::initiative(ctx, self.0.initiative_id).await
    }
    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
    /// From when.
    async fn starts_at(&self) -> DateTime {
        self.0.starts_at.into()
    }
    /// Its planned end; null: until resumed.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime::from)
    }
    /// Posts that may leave all the same.
    async fn exempt(&self, ctx: &Context<'_>) -> Field<Vec<Post>> {
        let posts = self.0.exempt.0.iter().map(|id| relations::post(ctx, *id));
        let found = futures::future::join_all(posts).await;
        Some(found.into_iter().flatten().collect::<Result<_>>())
    }
    /// Who paused; null for the operator at the command line.
    async fn paused_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.paused_by).await
    }
    /// When it was lifted; null unless it was.
    async fn resumed_at(&self) -> Option<DateTime> {
        self.0.resumed_at.map(DateTime::from)
    }
    /// Who lifted it; null unless a member did. With `resumedAt` it was the operator at the command line.
    async fn resumed_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.resumed_by).await
    }
    /// When it was declared.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
