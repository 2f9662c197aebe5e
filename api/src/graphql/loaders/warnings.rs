//! The warnings about the posts of a whole page at once.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::post;
use office::warnings::{self, Warning};

use super::{Loaders, Shared, Source};

impl Loaders {
    /// What to know about a post's time while it waits.
    pub(crate) async fn warnings(&self, post: &Arc<post::Model>) -> Result<Vec<Warning>, Shared> {
        Ok(self.0.load_one(WarningsOf(Arc::clone(post))).await?.unwrap_or_default())
    }
}

/// A post whose warnings are asked for.
#[derive(Clone)]
struct WarningsOf(Arc<post::Model>);

impl PartialEq for WarningsOf {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for WarningsOf {}

impl std::hash::Hash for WarningsOf {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl Loader<WarningsOf> for Source {
    type Value = Vec<Warning>;
    type Error = Shared;

    async fn load(&self, keys: &[WarningsOf]) -> Result<HashMap<WarningsOf, Self::Value>, Shared> {
        let rows: Vec<post::Model> = keys.iter().map(|key| post::Model::clone(&key.0)).collect();
        let told = warnings::of_posts(&self.office, self.office_id, &rows).await.map_err(Arc::new)?;
        Ok(keys.iter().cloned().zip(told).collect())
    }
}
