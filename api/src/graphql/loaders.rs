//! Dataloaders of one request: rows by id, and rows by the id of their parent, each in one statement for the whole page.
//! Generic over the office's entities; bound to the viewer's office, so that nothing of another is ever found.

use std::{
    collections::HashMap,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
    time::Duration,
};

use async_graphql::{
    dataloader::{DataLoader, HashMapCache, Loader},
    runtime::{TokioSpawner, TokioTimer},
};
use entity::OfficeId;
use office::{
    Office, OfficeError,
    read::{self, Owned},
};
use uuid::Uuid;

mod approvals;
mod channels;
mod facts;
pub(crate) mod rows;
mod warnings;

pub(crate) use channels::ChannelsOfInitiative;
pub(crate) use rows::{Relation, Row};

/// An error that all who waited for the same batch share.
pub(crate) type Shared = Arc<OfficeError>;

/// The loaders of one request.
pub(crate) struct Loaders(DataLoader<Source, HashMapCache>);

impl fmt::Debug for Loaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loaders(..)")
    }
}

/// Reads batches within one office.
struct Source {
    office: Office,
    office_id: OfficeId,
}

impl Loaders {
    /// For a viewer of that office. `cached`: a row is read once a request.
    pub(crate) fn new(office: Office, office_id: OfficeId, cached: bool) -> Self {
        let source = Source { office, office_id };
        let (spawner, timer) = (TokioSpawner::current(), TokioTimer::default());
        let loader = DataLoader::with_cache(source, spawner, timer, HashMapCache::default());
        loader.enable_all_cache(cached);
        Self(loader.delay(Duration::ZERO))
    }

    /// The row with this id; none when it is not in the viewer's office.
    pub(crate) async fn one<E>(&self, id: impl Into<Uuid>) -> Result<Option<Arc<E::Model>>, Shared>
    where
        E: Owned,
        E::Model: Row,
    {
        self.0.load_one(Key::<E>(id.into(), PhantomData)).await
    }

    /// The rows that belong to this parent, in the order of their ids.
    pub(crate) async fn children<R: Relation>(
        &self,
        parent: impl Into<Uuid>,
    ) -> Result<Vec<Arc<R::Row>>, Shared> {
        let found = self.0.load_one(Children::<R>(parent.into(), PhantomData)).await?;
        Ok(found.unwrap_or_default())
    }
}

/// The id of a row of `E`.
struct Key<E>(Uuid, PhantomData<fn() -> E>);

/// The id of a parent in the relation `R`.
struct Children<R>(Uuid, PhantomData<fn() -> R>);

macro_rules! key {
    ($($key:ident)+) => {$(
        impl<T> Clone for $key<T> {
            fn clone(&self) -> Self {
                Self(self.0, PhantomData)
            }
        }
        impl<T> PartialEq for $key<T> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }
        impl<T> Eq for $key<T> {}
        impl<T> Hash for $key<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }
    )+};
}

key! { Key Children }

impl<E> Loader<Key<E>> for Source
where
    E: Owned,
    E::Model: Row,
{
    type Value = Arc<E::Model>;
    type Error = Shared;

    async fn load(&self, keys: &[Key<E>]) -> Result<HashMap<Key<E>, Self::Value>, Shared> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = read::many::<E>(self.office.db().read(), self.office_id, &ids).await.map_err(Arc::new)?;
        Ok(rows.into_iter().map(|row| (Key(row.uuid(), PhantomData), Arc::new(row))).collect())
    }
}

impl<R: Relation> Loader<Children<R>> for Source {
    type Value = Vec<Arc<R::Row>>;
    type Error = Shared;

    async fn load(&self, keys: &[Children<R>]) -> Result<HashMap<Children<R>, Self::Value>, Shared> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = R::read(&self.office, self.office_id, &ids).await;
        let mut found: HashMap<Children<R>, Self::Value> = HashMap::with_capacity(keys.len());
        for row in rows.map_err(Arc::new)? {
            found.entry(Children(R::parent(&row), PhantomData)).or_default().push(Arc::new(row));
        }
        Ok(found)
    }
}
