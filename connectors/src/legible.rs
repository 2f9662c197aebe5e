//! What of a platform's answer can be read: one odd thing in a list, which anybody may have written there, must not hide the
//! others. It does not know any platform.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// A list, as far as its items can be read.
#[derive(Debug)]
pub(crate) struct Legible<T> {
    pub(crate) items: Vec<T>,
    /// How many there are that cannot.
    pub(crate) odd: usize,
}

impl<T> Default for Legible<T> {
    fn default() -> Self {
        Self { items: Vec::new(), odd: 0 }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Legible<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let listed = Vec::<Value>::deserialize(deserializer)?;
        let all = listed.len();
        let items: Vec<T> = listed.into_iter().filter_map(|item| T::deserialize(item).ok()).collect();
        Ok(Self { odd: all.saturating_sub(items.len()), items })
    }
}

/// For a field that can be done without: what is there, or nothing where that cannot be read.
pub(crate) fn or_nothing<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    Ok(T::deserialize(Value::deserialize(deserializer)?).unwrap_or_default())
}
