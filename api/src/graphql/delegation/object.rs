//! A delegation, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use entity::delegation;

use crate::{
    error::Field,
    graphql::{
        context::ContextExt as _,
        id,
        member::Member,
        relations,
        scalars::{Date, DateTime, TimeZone},
    },
};

/// A member's tasks given to a deputy for some days.
#[derive(Debug, Clone)]
pub(crate) struct Delegation(pub(crate) Arc<delegation::Model>);

impl From<delegation::Model> for Delegation {
    fn from(row: delegation::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A member's tasks given to a deputy for some days. In these days `tasks` shows them to the deputy too, who may do what
/// else is the member's alone to do: as project manager, as steward, as adviser. The deputy acts in their own name and with
/// their own roles.
#[Object]
impl Delegation {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Whose tasks.
    async fn member(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.member_id)).await
    }
    /// Who stands in.
    async fn deputy(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.deputy_id)).await
    }
    /// The first day.
    async fn starts_on(&self) -> Date {
        self.0.starts_on.into()
    }
    /// The last day, which still belongs to it.
    async fn ends_on(&self) -> Date {
        self.0.ends_on.into()
    }
    /// The zone of the days: the office's when it was written down.
    async fn time_zone(&self) -> TimeZone {
        TimeZone(self.0.time_zone.clone())
    }
    /// What the deputy should know; null when nothing was said.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }
    /// Whether the deputy stands in at this moment.
    async fn holds_now(&self, ctx: &Context<'_>) -> Field<bool> {
        let holds = async {
            let now = ctx.office()?.now();
            Result::Ok(self.0.ended_at.is_none() && self.0.starts_at <= now && now < self.0.ends_at)
        };
        Some(holds.await)
    }
    /// Who wrote it down.
    async fn created_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.created_by)).await
    }
    /// When it was ended before its time; null when it was not.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime::from)
    }
    /// Who ended it; null when it was not.
    async fn ended_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.ended_by).await
    }
    /// When it was written down.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
