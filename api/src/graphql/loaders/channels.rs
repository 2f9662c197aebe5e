//! Channels for a whole page at once: those of an initiative, and what is worked out from more than their rows: what puts
//! them at risk, and when they could post next.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{ChannelId, OfficeId, channel, channel::Platform, channel_head};
use futures::{FutureExt as _, future::BoxFuture};
use office::{
    Office,
    calendar::LocalInstant,
    channels::{self, OrphanReason, Readiness},
    posts, read,
};
use uuid::Uuid;

use super::{Loaders, Relation, Shared, Source};

/// The channels that serve an initiative alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChannelsOfInitiative;

impl Relation for ChannelsOfInitiative {
    type Row = channel::Model;

    fn read<'a>(
        office: &'a Office,
        office_id: OfficeId,
        parents: &'a [Uuid],
    ) -> BoxFuture<'a, office::Result<Vec<channel::Model>>> {
        let column = channel::Column::InitiativeId;
        read::related::<channel::Entity>(office.db().read(), office_id, column, parents).boxed()
    }

    fn parent(row: &channel::Model) -> Uuid {
        row.initiative_id.map_or_else(Uuid::nil, Into::into)
    }
}

impl Loaders {
    /// What puts the channel at risk; empty: nothing.
    pub(crate) async fn orphan_risks(
        &self,
        channel: &Arc<channel::Model>,
    ) -> Result<Vec<OrphanReason>, Shared> {
        Ok(self.0.load_one(RiskOf(Arc::clone(channel))).await?.unwrap_or_default())
    }

    /// What activation needs of the channel.
    pub(crate) async fn readiness(&self, channel: &Arc<channel::Model>) -> Result<Vec<Readiness>, Shared> {
        Ok(self.0.load_one(ReadinessOf(Arc::clone(channel))).await?.unwrap_or_default())
    }

    /// The head of the channel's queue; none before its first post.
    pub(crate) async fn channel_head(
        &self,
        id: ChannelId,
    ) -> Result<Option<Arc<channel_head::Model>>, Shared> {
        self.0.load_one(HeadOf(id)).await
    }

    /// The active channels on a platform that could pass a post on.
    pub(crate) async fn amplifiers(
        &self,
        platform: Platform,
    ) -> Result<Arc<Vec<Arc<channel::Model>>>, Shared> {
        Ok(self.0.load_one(AmplifiersOn(platform)).await?.unwrap_or_default())
    }

    /// The next time at which the channel likes to post and nothing waits.
    pub(crate) async fn next_free_slot(&self, id: ChannelId) -> Result<Option<LocalInstant>, Shared> {
        self.0.load_one(FreeSlotOf(id)).await
    }
}

/// A platform of which the channels are asked for that could pass a post on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct AmplifiersOn(Platform);

impl Loader<AmplifiersOn> for Source {
    type Value = Arc<Vec<Arc<channel::Model>>>;
    type Error = Shared;

    async fn load(&self, keys: &[AmplifiersOn]) -> Result<HashMap<AmplifiersOn, Self::Value>, Shared> {
        let platforms: Vec<Platform> = keys.iter().map(|key| key.0).collect();
        let found = office::amplify::amplifiers(&self.office, self.office_id, &platforms).await;
        let shared = |rows: Vec<channel::Model>| Arc::new(rows.into_iter().map(Arc::new).collect());
        Ok(found
            .map_err(Arc::new)?
            .into_iter()
            .map(|(platform, rows)| (AmplifiersOn(platform), shared(rows)))
            .collect())
    }
}

/// A channel whose queue is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct HeadOf(ChannelId);

impl Loader<HeadOf> for Source {
    type Value = Arc<channel_head::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[HeadOf]) -> Result<HashMap<HeadOf, Self::Value>, Shared> {
        let ids: Vec<ChannelId> = keys.iter().map(|key| key.0).collect();
        let rows =
            office::queue::channel_heads(&self.office, self.office_id, &ids).await.map_err(Arc::new)?;
        Ok(rows.into_iter().map(|row| (HeadOf(row.channel_id), Arc::new(row))).collect())
    }
}

macro_rules! of_channels {
    ($($(#[$doc:meta])* $key:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        struct $key(Arc<channel::Model>);

        impl PartialEq for $key {
            fn eq(&self, other: &Self) -> bool {
                self.0.id == other.0.id
            }
        }

        impl Eq for $key {}

        impl std::hash::Hash for $key {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.id.hash(state);
            }
        }
    )+};
}

of_channels! {
    /// A channel whose risks are asked for.
    RiskOf
    /// A channel whose readiness is asked for.
    ReadinessOf
}

impl Loader<ReadinessOf> for Source {
    type Value = Vec<Readiness>;
    type Error = Shared;

    async fn load(&self, keys: &[ReadinessOf]) -> Result<HashMap<ReadinessOf, Self::Value>, Shared> {
        let rows: Vec<channel::Model> = keys.iter().map(|key| channel::Model::clone(&key.0)).collect();
        let found = channels::readiness(&self.office, self.office_id, &rows).await;
        let mut found = found.map_err(Arc::new)?;
        let one = |key: &ReadinessOf| Some((key.clone(), found.remove(&key.0.id)?));
        Ok(keys.iter().filter_map(one).collect())
    }
}

impl Loader<RiskOf> for Source {
    type Value = Vec<OrphanReason>;
    type Error = Shared;

    async fn load(&self, keys: &[RiskOf]) -> Result<HashMap<RiskOf, Self::Value>, Shared> {
        let rows: Vec<channel::Model> = keys.iter().map(|key| channel::Model::clone(&key.0)).collect();
        let found = channels::orphan_risks(&self.office, self.office_id, &rows).await;
        let mut found = found.map_err(Arc::new)?;
        let risk = |key: &RiskOf| Some((key.clone(), found.remove(&key.0.id)?));
        Ok(keys.iter().filter_map(risk).collect())
    }
}

/// The id of a channel whose next free slot is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct FreeSlotOf(ChannelId);

impl Loader<FreeSlotOf> for Source {
    type Value = LocalInstant;
    type Error = Shared;

    async fn load(&self, keys: &[FreeSlotOf]) -> Result<HashMap<FreeSlotOf, LocalInstant>, Shared> {
        let ids: Vec<ChannelId> = keys.iter().map(|key| key.0).collect();
        let db = self.office.db().read();
        let found = posts::next_free_slots(&self.office, db, self.office_id, &ids, self.office.now()).await;
        Ok(found.map_err(Arc::new)?.into_iter().map(|(id, time)| (FreeSlotOf(id), time)).collect())
    }
}
