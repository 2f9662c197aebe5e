//! A blackout, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use entity::blackout;
use office::blackouts;

use crate::{
    error::Field,
    graphql::{
        channel::Channel,
        context::ContextExt as _,
        id,
        member::Member,
        post::Post,
        relations,
        scalars::{Date, DateTime, TimeZone},
    },
};

/// Days, hours of the day, or both, in which nothing goes out on a channel or in the whole office.
#[derive(Debug, Clone)]
pub(crate) struct Blackout(pub(crate) Arc<blackout::Model>);

impl From<blackout::Model> for Blackout {
    fn from(row: blackout::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Days, hours of the day, or both, in which nothing goes out on a channel or in the whole office.
#[Object]
impl Blackout {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The channel; null for every channel of the office.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, self.0.channel_id).await
    }
    /// The first day; null for every day.
    async fn starts_on(&self) -> Option<Date> {
        self.0.starts_on.map(Date::from)
    }
    /// The last day, which still belongs to it; null for every day.
    async fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date::from)
    }
    /// Whether the days come again each year.
    async fn yearly(&self) -> bool {
        self.0.yearly
    }
    /// The time, `HH:MM`, from which nothing goes out on these days; null for whole days.
    async fn from_time(&self) -> Option<&str> {
        self.0.from_time.as_deref()
    }
    /// The time until which: on the day after when it is not later than `fromTime`. Null for whole days.
    async fn to_time(&self) -> Option<&str> {
        self.0.to_time.as_deref()
    }
    /// The zone of the days and hours.
    async fn time_zone(&self) -> TimeZone {
        TimeZone(self.0.time_zone.clone())
    }
    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
    /// Whether it is quiet by this blackout at this moment.
    async fn quiet_now(&self, ctx: &Context<'_>) -> Field<bool> {
        let quiet = async { Result::Ok(blackouts::is_quiet(&self.0, ctx.office()?.now())?) };
        Some(quiet.await)
    }
    /// Posts that may leave all the same.
    async fn exempt(&self, ctx: &Context<'_>) -> Field<Vec<Post>> {
        let posts = self.0.exempt.0.iter().map(|id| relations::post(ctx, *id));
        let found = futures::future::join_all(posts).await;
        Some(found.into_iter().flatten().collect::<Result<_>>())
    }
    /// Who declared it.
    async fn created_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.created_by)).await
    }
    /// When it was taken away; null while it stands.
    async fn removed_at(&self) -> Option<DateTime> {
        self.0.removed_at.map(DateTime::from)
    }
    /// Who took it away; null while it stands.
    async fn removed_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.removed_by).await
    }
    /// When it was declared.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
