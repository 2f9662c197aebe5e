//! How far the approval of a whole page of drafts is, and what that rests on: the policies in force, and who is there.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{DraftId, MemberId, member::Roles};
use office::reviews::{self, InForce, Standing};

use super::{Loaders, Shared, Source};

/// The review policies in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PoliciesInForce;

/// The active members with their roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PeopleThere;

/// The approval of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ApprovalOf(DraftId);

/// The active members with their roles.
pub(crate) type People = Arc<Vec<(MemberId, Roles)>>;

impl Loaders {
    /// The review policies in force in the viewer's office.
    pub(crate) async fn review_policies(&self) -> Result<Arc<InForce>, Shared> {
        Ok(self.0.load_one(PoliciesInForce).await?.unwrap_or_default())
    }

    /// Who is there, for what nobody is left to do.
    pub(crate) async fn people(&self) -> Result<People, Shared> {
        Ok(self.0.load_one(PeopleThere).await?.unwrap_or_default())
    }

    /// How far a draft's approval is; none when it is not in the viewer's office.
    pub(crate) async fn approval(&self, id: DraftId) -> Result<Option<Arc<Standing>>, Shared> {
        self.0.load_one(ApprovalOf(id)).await
    }
}

impl Loader<PoliciesInForce> for Source {
    type Value = Arc<InForce>;
    type Error = Shared;

    async fn load(&self, _keys: &[PoliciesInForce]) -> Result<HashMap<PoliciesInForce, Self::Value>, Shared> {
        let found = InForce::load(self.office.db().read(), self.office_id).await.map_err(Arc::new)?;
        Ok(HashMap::from([(PoliciesInForce, Arc::new(found))]))
    }
}

impl Loader<PeopleThere> for Source {
    type Value = People;
    type Error = Shared;

    async fn load(&self, _keys: &[PeopleThere]) -> Result<HashMap<PeopleThere, Self::Value>, Shared> {
        let found = reviews::people(self.office.db().read(), self.office_id).await.map_err(Arc::new)?;
        Ok(HashMap::from([(PeopleThere, Arc::new(found))]))
    }
}

impl Loader<ApprovalOf> for Source {
    type Value = Arc<Standing>;
    type Error = Shared;

    async fn load(&self, keys: &[ApprovalOf]) -> Result<HashMap<ApprovalOf, Self::Value>, Shared> {
        let ids: Vec<DraftId> = keys.iter().map(|key| key.0).collect();
        let found = reviews::of_drafts(self.office.db().read(), self.office_id, &ids).await;
        let found = found.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(id, standing)| (ApprovalOf(id), Arc::new(standing))).collect())
    }
}
