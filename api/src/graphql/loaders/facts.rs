//! What is loaded once for a whole page but is not a row: the handbook in force, who wrote a draft, and revisions with all
//! that surrounds them.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{DraftId, InitiativeId, MemberId, RevisionId};
use office::{
    checks::{self, WholeRevision},
    coverage::{self, Coverage, Period},
    drafts,
    handbooks::{self, Compiled},
};

use super::{Loaders, Shared, Source};

/// The handbook in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct InForce;

/// A revision with all that surrounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct WholeOf(RevisionId);

/// What was said for an initiative in a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct CoverageOf(InitiativeId, Period);

/// The writers of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct WritersOf(DraftId);

impl Loaders {
    /// The handbook in force, compiled; none never happens in an office that was set up.
    pub(crate) async fn handbook(&self) -> Result<Option<Arc<Compiled>>, Shared> {
        self.0.load_one(InForce).await
    }

    /// A revision with all that it takes to check it; none when it is not in the viewer's office.
    pub(crate) async fn whole(&self, id: RevisionId) -> Result<Option<Arc<WholeRevision>>, Shared> {
        self.0.load_one(WholeOf(id)).await
    }

    /// What was said for an initiative in these days.
    pub(crate) async fn coverage(
        &self,
        id: InitiativeId,
        period: Period,
    ) -> Result<Option<Arc<Coverage>>, Shared> {
        self.0.load_one(CoverageOf(id, period)).await
    }

    /// Everyone who wrote any part of a draft.
    pub(crate) async fn writers(&self, id: DraftId) -> Result<Vec<MemberId>, Shared> {
        Ok(self.0.load_one(WritersOf(id)).await?.unwrap_or_default())
    }
}

impl Loader<InForce> for Source {
    type Value = Arc<Compiled>;
    type Error = Shared;

    async fn load(&self, _keys: &[InForce]) -> Result<HashMap<InForce, Self::Value>, Shared> {
        let handbook = handbooks::in_force(&self.office, self.office.db().read(), self.office_id).await;
        Ok(HashMap::from([(InForce, handbook.map_err(Arc::new)?)]))
    }
}

impl Loader<WholeOf> for Source {
    type Value = Arc<WholeRevision>;
    type Error = Shared;

    async fn load(&self, keys: &[WholeOf]) -> Result<HashMap<WholeOf, Self::Value>, Shared> {
        let ids: Vec<RevisionId> = keys.iter().map(|key| key.0).collect();
        let found = checks::load_many(&self.office, self.office.db().read(), self.office_id, &ids).await;
        Ok(found.map_err(Arc::new)?.into_iter().map(|(id, whole)| (WholeOf(id), Arc::new(whole))).collect())
    }
}

impl Loader<CoverageOf> for Source {
    type Value = Arc<Coverage>;
    type Error = Shared;

    async fn load(&self, keys: &[CoverageOf]) -> Result<HashMap<CoverageOf, Self::Value>, Shared> {
        let mut asked: HashMap<Period, Vec<InitiativeId>> = HashMap::new();
        for CoverageOf(id, period) in keys {
            asked.entry(*period).or_default().push(*id);
        }
        let mut found = HashMap::with_capacity(keys.len());
        for (period, ids) in asked {
            let reports = coverage::of(&self.office, self.office_id, &ids, period).await.map_err(Arc::new)?;
            found.extend(reports.into_iter().map(|(id, whole)| (CoverageOf(id, period), Arc::new(whole))));
        }
        Ok(found)
    }
}

impl Loader<WritersOf> for Source {
    type Value = Vec<MemberId>;
    type Error = Shared;

    async fn load(&self, keys: &[WritersOf]) -> Result<HashMap<WritersOf, Self::Value>, Shared> {
        let ids: Vec<DraftId> = keys.iter().map(|key| key.0).collect();
        let written = drafts::writers_of(self.office.db().read(), self.office_id, &ids).await;
        let mut found: HashMap<WritersOf, Self::Value> = HashMap::with_capacity(keys.len());
        for (draft, member) in written.map_err(Arc::new)? {
            found.entry(WritersOf(draft)).or_default().push(member);
        }
        Ok(found)
    }
}
