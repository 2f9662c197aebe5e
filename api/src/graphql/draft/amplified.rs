//! The post of others that a draft passes on or quotes, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result};
use entity::RevisionId;
use office::{amplify::Whose, checks::WholeRevision};

use super::whole::whole;
use crate::{
    error::Field,
    graphql::{channel::Channel, partner::Partner, relations, scalars::Url},
};

/// Whose a post is that is passed on or quoted, as far as its address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum AmplifiedSource {
    /// One of the office's channels: see `channel`.
    Channel,
    /// A channel that another office publishes: see `handle`.
    OtherOffice,
    /// A partner: see `partner`.
    Partner,
    /// Nobody whom the office knows: the rule `GP5.unknown-source` says so.
    Unknown,
    /// The address does not say whose it is, as on LINKEDIN: the rule `GP5.unknown-source` says so.
    Unnamed,
}

/// The post of others that a revision passes on, or quotes below its words. Open `url` before you approve it: by the address it
/// is of the account that the address names, and not every platform holds an address to that name.
#[derive(Debug)]
pub(crate) struct AmplifiedPost {
    pub(super) revision_id: RevisionId,
    pub(super) url: String,
}

impl AmplifiedPost {
    async fn whole(&self, ctx: &Context<'_>) -> Result<Arc<WholeRevision>> {
        whole(ctx, self.revision_id).await
    }
}

fn of(whole: &WholeRevision) -> Whose {
    whole.around.amplified.clone().unwrap_or(Whose::Unknown)
}

/// The post of others that a revision passes on, or quotes below its words. Open `url` before you approve it: by the address it
/// is of the account that the address names, and not every platform holds an address to that name.
#[Object]
impl AmplifiedPost {
    /// Its address: exactly what is passed on or quoted.
    async fn url(&self) -> Url {
        Url(self.url.clone())
    }
    /// Whose it is by its address.
    async fn source(&self, ctx: &Context<'_>) -> Field<AmplifiedSource> {
        Some(self.whole(ctx).await.map(|whole| match of(&whole) {
            Whose::Channel(_) => AmplifiedSource::Channel,
            Whose::OtherOffice(_) => AmplifiedSource::OtherOffice,
            Whose::Partner(_) => AmplifiedSource::Partner,
            Whose::Unknown => AmplifiedSource::Unknown,
            Whose::Unnamed => AmplifiedSource::Unnamed,
        }))
    }
    /// The partner; null unless it is one's.
    async fn partner(&self, ctx: &Context<'_>) -> Field<Partner> {
        let whole = match self.whole(ctx).await {
            Ok(whole) => whole,
            Err(error) => return Some(Err(error)),
        };
        let Whose::Partner(id) = of(&whole) else { return None };
        Some(relations::row::<entity::partner::Entity>(ctx, id).await?.map(Partner))
    }
    /// The office's channel; null unless it is one's.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        let whole = match self.whole(ctx).await {
            Ok(whole) => whole,
            Err(error) => return Some(Err(error)),
        };
        let Whose::Channel(id) = of(&whole) else { return None };
        relations::channel(ctx, Some(id)).await
    }
    /// The handle that another office publishes; null unless it is another office's channel.
    async fn handle(&self, ctx: &Context<'_>) -> Field<String> {
        match self.whole(ctx).await.map(|whole| of(&whole)) {
            Ok(Whose::OtherOffice(handle)) => Some(Ok(handle)),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        }
    }
}
