//! Pictures made to fit: what an account does not take as it is stored is made again, smaller or of another type, and kept
//! beside the original.
//!
//! Knows the store, and that one recipe on one original gives one variant. Does not know platforms: what an account takes
//! is what its profile says. Whether something is to be made is decided by `recipe`, how by `make`; both are pure.

use std::sync::Arc;

use bytes::Bytes;
use entity::{OfficeId, channel::Abilities};
use object_store::{ObjectStore, ObjectStoreExt as _, path::Path};
use tokio::runtime::Handle;

use super::Stored;
use crate::{
    Office,
    compose::ComposedMedia,
    error::{Fault, Result},
    vault::sha256_hex,
};

mod canvas;
mod make;
mod read;
mod recipe;

use make::Made;
pub use recipe::Unfit;
use recipe::{Kind, Recipe};

/// A medium as it goes to an account.
#[derive(Debug)]
pub enum Fitted {
    /// The stored item itself.
    AsIs(Stored),
    /// A picture that was made of it.
    Variant(Variant),
    /// A picture that cannot be made to fit.
    Unfit(Unfit),
}

/// A picture that was made to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The file.
    pub bytes: Bytes,
    /// Its type.
    pub media_type: &'static str,
    /// The item's name, with the ending of this type.
    pub file_name: String,
    /// Hash of its bytes.
    pub sha256: String,
}

/// What goes to an account of an item of this office, by what the account takes; where that is not known, the item itself.
pub async fn fitted(
    office: &Office,
    office_id: OfficeId,
    item: &ComposedMedia,
    takes: Option<&Abilities>,
) -> Result<Fitted> {
    let original = super::stored(office, office_id, &item.sha256).await?;
    let recipe =
        takes.and_then(|takes| recipe::needed(&item.media_type, original.length(), takes, office.limits()));
    let Some(recipe) = recipe else { return Ok(Fitted::AsIs(original)) };
    let place = path(office_id, &item.sha256, &recipe);
    let made = match find(office, &place, &recipe).await? {
        Some(made) => Ok(made),
        None => make_and_keep(office, office_id, item, recipe, place).await?,
    };
    Ok(match made {
        Ok(Made { bytes, kind }) => Fitted::Variant(Variant {
            media_type: kind.media_type(),
            file_name: kind.named(&item.file_name),
            sha256: sha256_hex(&bytes),
            bytes,
        }),
        // A picture that moves would stand still. The platform says itself whether it takes it.
        Err(Unfit::Moves) => Fitted::AsIs(original),
        Err(unfit) => Fitted::Unfit(unfit),
    })
}

/// The variant that was made before; none where there is none, or only a part of one.
async fn find(office: &Office, place: &Path, recipe: &Recipe) -> Result<Option<Made>> {
    let bytes = match office.media.get(place).await {
        Ok(found) => found.bytes().await,
        Err(error) => Err(error),
    };
    match bytes {
        Ok(bytes) => Ok(whole(bytes, recipe)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(Fault::Media(error.to_string()).into()),
    }
}

/// The file, where it is one of the recipe's and ends as its type ends.
fn whole(bytes: Bytes, recipe: &Recipe) -> Option<Made> {
    let kind = Kind::of_whole(&bytes).filter(|kind| recipe.takes(*kind))?;
    recipe.holds(bytes.len()).then_some(Made { bytes, kind })
}

/// Makes the variant and stores it. Once begun it is finished though nobody waits any more: the next try finds it.
async fn make_and_keep(
    office: &Office,
    office_id: OfficeId,
    item: &ComposedMedia,
    recipe: Recipe,
    place: Path,
) -> Result<Result<Made, Unfit>> {
    let turn = Arc::clone(&office.fitting).acquire_owned().await;
    let turn = turn.map_err(|closed| Fault::Internal(closed.to_string()))?;
    // Whoever was before may have made it.
    if let Some(made) = find(office, &place, &recipe).await? {
        return Ok(Ok(made));
    }
    let original = super::bytes(office, office_id, &item.sha256).await?;
    let (media_type, pixels) = (item.media_type.clone(), office.limits().image_pixels);
    let (store, runtime) = (Arc::clone(&office.media), Handle::current());
    let making = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let made = make::make(&original, &media_type, &recipe, pixels)?;
        Ok::<_, Unfit>(runtime.block_on(keep(store.as_ref(), &place, &made)).map(|()| made))
    });
    match making.await {
        Ok(Ok(kept)) => kept.map(Ok),
        Ok(Err(unfit)) => Ok(Err(unfit)),
        // Files that stop a decoder do so every time.
        Err(stopped) if stopped.is_panic() => Ok(Err(Unfit::Damaged)),
        Err(stopped) => Err(Fault::Internal(format!("making a picture stopped: {stopped}")).into()),
    }
}

async fn keep(store: &dyn ObjectStore, place: &Path, made: &Made) -> Result<()> {
    let stored = store.put(place, made.bytes.clone().into()).await;
    stored.map_err(|error| Fault::Media(error.to_string()))?;
    tracing::info!(bytes = made.bytes.len(), media_type = made.kind.media_type(), "made a picture to fit");
    Ok(())
}

/// Where the variant is kept. A folder cannot have the name of the original, which is a file in a local store.
fn path(office_id: OfficeId, sha256: &str, recipe: &Recipe) -> Path {
    Path::from(format!("{office_id}/fitted/{sha256}/{}", recipe.key()))
}
