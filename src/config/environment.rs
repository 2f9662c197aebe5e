//! The environment of the process, read once. Knows which variables are settings.

use std::{collections::BTreeMap, path::PathBuf};

/// What each setting's variable begins with.
const PREFIX: &str = "MASTHEAD__";

/// The short names, and the keys that they set.
const SHORT: [(&str, &str); 4] = [
    ("DATABASE_URL", "database.url"),
    ("MASTHEAD_DATA_DIR", "data.dir"),
    ("MASTHEAD_MASTER_KEY", "secrets.master_key"),
    ("PORT", "server.port"),
];

/// Variables by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Of this process. What is not Unicode is no setting of ours.
    pub(crate) fn read() -> Self {
        let unicode = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self(unicode.collect())
    }

    #[cfg(test)]
    pub(super) fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// Key, name of the variable and value, weakest first. An empty variable counts as not set.
    pub(super) fn settings(&self) -> Vec<(String, String, String)> {
        let short = SHORT.iter().filter_map(|(name, key)| {
            let value = self.0.get(*name)?;
            Some(((*key).to_owned(), (*name).to_owned(), value.clone()))
        });
        let long = self.0.iter().filter_map(|(name, value)| {
            let key = name.strip_prefix(PREFIX)?.to_lowercase().replacen("__", ".", 1);
            Some((key, name.clone(), value.clone()))
        });
        short.chain(long).filter(|(_, _, value)| !value.is_empty()).collect()
    }

    /// The folder for temporary files.
    pub(crate) fn temporary_folder() -> PathBuf {
        std::env::temp_dir()
    }

    /// What this machine calls itself.
    pub(crate) fn host_name(&self) -> String {
        let file = || std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
        let name = self.0.get("HOSTNAME").cloned().or_else(file).unwrap_or_default();
        if name.trim().is_empty() { "localhost".to_owned() } else { name.trim().to_owned() }
    }
}
