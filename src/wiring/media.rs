//! Where media are kept: a folder of this machine, or a bucket that many machines share. Knows how a store is opened, and how
//! to see that it works; not what is in it.

use std::sync::Arc;

use anyhow::Context as _;
use object_store::{
    ObjectStore, ObjectStoreExt as _, aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
    prefix::PrefixStore,
};
use secrecy::ExposeSecret as _;

use super::data_folder;
use crate::config::{Settings, bucket};

/// The store that the settings name. Nothing is asked of it yet.
pub(crate) fn store(settings: &Settings) -> anyhow::Result<Arc<dyn ObjectStore>> {
    match bucket(&settings.media.url) {
        Some((bucket, folder)) => shared(settings, bucket, folder),
        None => Ok(Arc::new(local(settings)?)),
    }
}

fn local(settings: &Settings) -> anyhow::Result<LocalFileSystem> {
    let folder = settings.data.dir.join("media");
    data_folder::make(&folder)?;
    let store = LocalFileSystem::new_with_prefix(&folder);
    store.with_context(|| format!("the media folder {} cannot be used", folder.display()))
}

fn shared(settings: &Settings, bucket: &str, folder: &str) -> anyhow::Result<Arc<dyn ObjectStore>> {
    let media = &settings.media;
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(bucket)
        .with_region(&media.region)
        .with_allow_http(media.allow_http);
    if !media.endpoint.is_empty() {
        // Stores of one's own are rarely given a name for each bucket.
        builder = builder
            .with_endpoint(media.endpoint.trim_end_matches('/'))
            .with_virtual_hosted_style_request(false);
    }
    if !media.access_key.expose_secret().is_empty() {
        builder = builder
            .with_access_key_id(media.access_key.expose_secret())
            .with_secret_access_key(media.secret_key.expose_secret());
    }
    let store = builder.build().context("the media store cannot be opened: see [media]")?;
    Ok(if folder.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, folder)) })
}

/// Whether the store takes, gives back and forgets a small file.
pub(crate) async fn works(settings: &Settings) -> anyhow::Result<()> {
    const WORDS: &[u8] = b"masthead";
    let (store, at) = (store(settings)?, Path::from("doctor"));
    store.put(&at, WORDS.into()).await.map_err(|error| told("take", &error))?;
    let kept = store.get(&at).await.map_err(|error| told("give back", &error))?;
    let kept = kept.bytes().await.map_err(|error| told("give back", &error))?;
    store.delete(&at).await.map_err(|error| told("forget", &error))?;
    anyhow::ensure!(kept == WORDS, "it gives another file back than it was given");
    Ok(())
}

/// What went wrong, without the store's own words: they repeat the key.
fn told(what: &str, error: &object_store::Error) -> anyhow::Error {
    use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
    let why = match error {
        NotFound { .. } => "there is no such bucket",
        PermissionDenied { .. } | Unauthenticated { .. } => "the key is not known there, or may not do it",
        _ => "it does not answer as an S3 store does",
    };
    anyhow::anyhow!("it does not {what} a file: {why}")
}
