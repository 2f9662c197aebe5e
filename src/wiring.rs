//! Puts the parts together: folder, master key, database, office. Knows the order of a start and what to say when it
//! does not work; knows no rules of the office.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use office::{Office, Parts, SystemClock, SystemIds, Vault};

use crate::config::Settings;

pub(crate) mod data_folder;
pub(crate) mod database;
pub(crate) mod mail;
pub(crate) mod master_key;
pub(crate) mod media;
pub(crate) mod schema;

/// Opens the office: makes what a first start makes, and brings the database up to date.
pub(crate) async fn open(settings: &Settings) -> anyhow::Result<Office> {
    data_folder::make(&settings.data.dir)?;
    let key = master_key::read_or_make(settings)?;
    let db = database::connect(settings).await?;
    schema::update(settings, &db).await?;
    let office = Office::new(Parts {
        db,
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        vault: Vault::new(key),
        media: media::store(settings)?,
        limits: settings.limits.clone(),
    });
    office::signing_keys::ensure(&office).await.context("the key that signs access tokens cannot be made")?;
    // Reading it proves that the master key is the one that sealed it.
    if office::signing_keys::current(&office).await.is_err() {
        bail!(master_key::hint(settings));
    }
    Ok(office)
}

/// Closes the office's pools, so that SQLite folds its log away.
pub(crate) async fn close(office: &Office) {
    if let Err(error) = office.db().clone().close().await {
        tracing::warn!(%error, "the database did not close cleanly");
    }
}
