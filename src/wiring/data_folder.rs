//! The data folder: made for its owner only.

use std::{
    fs::DirBuilder,
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

use anyhow::Context as _;

/// Makes the folder, with its parents, if it is not there.
pub(crate) fn make(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(|| {
        let folder = folder.display();
        format!(
            "the data folder {folder} cannot be made: choose another with --data-dir or MASTHEAD_DATA_DIR"
        )
    })
}

/// Whether files can be made in it.
pub(crate) fn writable(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    new_private_file(&probe, "")?;
    std::fs::remove_file(probe)
}

/// Writes a new file that only its owner can read; fails if there is one. Nobody ever sees half of it, and no stop leaves half.
pub(crate) fn whole_private_file(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", std::process::id()));
    let part = path.with_file_name(name);
    match std::fs::remove_file(&part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => new_private_file(&part, text)?,
    }
    // Unlike a renaming, a link takes the place of nothing.
    let linked = std::fs::hard_link(&part, path);
    std::fs::remove_file(&part)?;
    linked
}

/// Makes a new file that only its owner can read; fails if there is one.
pub(crate) fn new_private_file(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
