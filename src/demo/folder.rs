//! A temporary folder that goes when the demo does.

use std::path::{Path, PathBuf};

use crate::{config::Environment, wiring::data_folder};

/// Deleted when dropped.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn make(name: &str) -> anyhow::Result<Self> {
        let path = Environment::temporary_folder().join(name);
        data_folder::make(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "the demo's folder could not be deleted");
        }
    }
}
