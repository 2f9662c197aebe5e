//! Where the bytes of media are kept, and reading them: whole, or piece by piece. It does not know what they are.

use std::sync::Arc;

use bytes::Bytes;
use entity::OfficeId;
use object_store::{ObjectStore, ObjectStoreExt as _, buffered, path::Path};

use crate::{
    Office,
    error::{Fault, Result},
};

/// The bytes of a stored item of this office.
pub async fn bytes(office: &Office, office_id: OfficeId, sha256: &str) -> Result<Bytes> {
    let stored = office.media.get(&path(office_id, sha256)).await.map_err(|e| Fault::Media(e.to_string()))?;
    Ok(stored.bytes().await.map_err(|e| Fault::Media(e.to_string()))?)
}

/// A stored item that is read piece by piece.
#[derive(Debug)]
pub struct Stored {
    store: Arc<dyn ObjectStore>,
    path: Path,
    length: u64,
}

impl Stored {
    /// Its size in bytes.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// The bytes from `from` on, `length` of them.
    pub async fn range(&self, from: u64, length: u64) -> Result<Bytes> {
        let range = from..from.saturating_add(length);
        Ok(self.store.get_range(&self.path, range).await.map_err(|e| Fault::Media(e.to_string()))?)
    }
}

/// Opens a stored item of this office.
pub async fn stored(office: &Office, office_id: OfficeId, sha256: &str) -> Result<Stored> {
    let (store, path) = (Arc::clone(&office.media), path(office_id, sha256));
    let length = store.head(&path).await.map_err(|e| Fault::Media(e.to_string()))?.size;
    Ok(Stored { store, path, length })
}

/// The same; none when it is not there.
pub(crate) async fn find(office: &Office, office_id: OfficeId, sha256: &str) -> Result<Option<Stored>> {
    let (store, path) = (Arc::clone(&office.media), path(office_id, sha256));
    match store.head(&path).await {
        Ok(head) => Ok(Some(Stored { store, path, length: head.size })),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(Fault::Media(error.to_string()).into()),
    }
}

/// Where the bytes of an item of this office go, piece by piece. What is not shut down is not there.
pub(crate) fn writer(office: &Office, office_id: OfficeId, sha256: &str) -> buffered::BufWriter {
    buffered::BufWriter::new(Arc::clone(&office.media), path(office_id, sha256))
}

/// Where an item of this office is kept.
pub(super) fn path(office_id: OfficeId, sha256: &str) -> Path {
    Path::from(format!("{office_id}/{sha256}"))
}
