//! A partner, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::partner;

use crate::{
    error::Field,
    graphql::{
        channel::Platform,
        id,
        initiative::Initiative,
        member::Member,
        relations,
        scalars::{Date, DateTime, Url},
    },
};

/// An account of a partner.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PartnerAccount {
    /// Its usual address.
    address: Url,
    /// On which platform; null for a site, and for platforms on which no channel can be.
    platform: Option<Platform>,
}

/// Somebody of the network that the office supports. Partners are for the office alone: no public directory shows them.
#[derive(Debug, Clone)]
pub(crate) struct Partner(pub(crate) Arc<partner::Model>);

impl From<partner::Model> for Partner {
    fn from(row: partner::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Somebody of the network that the office supports. Partners are for the office alone: no public directory shows them.
#[Object]
impl Partner {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Why the office supports it.
    async fn why(&self) -> &str {
        &self.0.why
    }
    /// The language that it speaks, as a BCP 47 tag.
    async fn language(&self) -> &str {
        &self.0.language
    }
    /// Its accounts: a post of one of them is known as this partner's. Each account is one partner's.
    async fn accounts(&self) -> Vec<PartnerAccount> {
        let account = |account: &partner::Account| PartnerAccount {
            address: Url(account.address.clone()),
            platform: account.platform.map(Into::into),
        };
        self.0.accounts.0.iter().map(account).collect()
    }
    /// The initiative that it belongs to; null for a partner of the whole office.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relations::initiative(ctx, self.0.initiative_id).await
    }
    /// Who looks after the relation. They may have left since: see `withoutKeeper` of `PartnerFilter`.
    async fn keeper(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.keeper_id)).await
    }
    /// The last day of the partnership; null without a planned end. From the day after, its accounts are nobody's whom the
    /// office knows.
    async fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date::from)
    }
    /// When somebody ended it; null while nobody has.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime::from)
    }
    /// Who ended it; null while nobody has.
    async fn ended_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.ended_by).await
    }
    /// Who recorded it.
    async fn created_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.created_by)).await
    }
    /// Raised by each change: give it back as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// When it was recorded.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
