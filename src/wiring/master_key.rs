//! The master key: from the settings, or from its file in the data folder. Never replaced: what it sealed would be lost.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use office::Vault;
use secrecy::ExposeSecret as _;

use super::data_folder;
use crate::config::Settings;

/// Where the key is kept when the settings do not hold it.
pub(crate) fn path(settings: &Settings) -> PathBuf {
    settings.data.dir.join("master.key")
}

/// The key, made at the first start. A database without its key gets no new one.
pub(crate) fn read_or_make(settings: &Settings) -> anyhow::Result<[u8; 32]> {
    if let Some(key) = read(settings)? {
        return Ok(key);
    }
    let path = path(settings);
    if !settings.is_postgres() && settings.sqlite_file().exists() {
        // Another process that starts too made both just now.
        if let Some(key) = read(settings)? {
            return Ok(key);
        }
        bail!(
            "{} is missing, but the database {} was sealed with it: put the file back, or set MASTHEAD_MASTER_KEY",
            path.display(),
            settings.sqlite_file().display()
        );
    }
    let key = Vault::random_key()?;
    match data_folder::whole_private_file(&path, &format!("{}\n", STANDARD.encode(key))) {
        // Another process was faster: its key counts.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            read(settings)?.context("the master key is not readable")
        }
        made => {
            made.with_context(|| format!("the master key {} cannot be written", path.display()))?;
            Ok(key)
        }
    }
}

/// The key, if there is one.
pub(crate) fn read(settings: &Settings) -> anyhow::Result<Option<[u8; 32]>> {
    let given = settings.secrets.master_key.expose_secret();
    if !given.is_empty() {
        let key = parse(given).ok_or_else(|| anyhow!("MASTHEAD_MASTER_KEY (secrets.master_key) {FORM}"))?;
        return Ok(Some(key));
    }
    let path = path(settings);
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        read => read.with_context(|| {
            format!("the master key {} cannot be read: correct its owner or permissions", path.display())
        })?,
    };
    let key = parse(&text).ok_or_else(|| anyhow!("the master key {} {FORM}", path.display()))?;
    Ok(Some(key))
}

const FORM: &str = "must be 32 bytes in base64 or hex; make one with: openssl rand -base64 32";

fn parse(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    let bytes = if text.len() == 64 { hex::decode(text).ok()? } else { STANDARD.decode(text).ok()? };
    bytes.try_into().ok()
}

/// What to say when the key does not open what is in the database.
pub(crate) fn hint(settings: &Settings) -> String {
    let source = if settings.secrets.master_key.expose_secret().is_empty() {
        path(settings).display().to_string()
    } else {
        "MASTHEAD_MASTER_KEY".to_owned()
    };
    format!(
        "the master key from {source} does not open what this database holds: use the key that it was begun with"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_32_bytes_in_base64_or_hex() {
        assert_eq!(parse(&"07".repeat(32)), Some([7; 32]));
        assert_eq!(parse(&format!(" {}\n", STANDARD.encode([7; 32]))), Some([7; 32]));
        for wrong in ["", "07", "not a key", &"07".repeat(31), &"zz".repeat(32)] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
