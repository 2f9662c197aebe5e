//! What a platform showed of a channel's account, and what can be done there.

use sea_orm::{FromJsonQueryResult, prelude::DateTimeUtc};
use serde::{Deserialize, Serialize};

use super::Model;

/// What a platform showed of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The name that the platform knows it by.
    pub handle: String,
    /// The name shown to people; null when there is none.
    pub display_name: Option<String>,
    /// Its public page; null when the platform does not say.
    pub url: Option<String>,
    /// Its public description, as plain text; null when it has none, or the platform does not show it.
    pub bio: Option<String>,
    /// Whether the platform shows descriptions at all.
    pub bio_shown: bool,
    /// What can be done there; null for accounts that were looked at before this was asked.
    #[serde(default)]
    pub abilities: Option<Abilities>,
    /// When it was looked at.
    pub read_at: DateTimeUtc,
}

/// What can be done on an account, as its platform stated it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a list of independent abilities, not a state")]
pub struct Abilities {
    /// Most characters of a text, as the platform counts; null: no limit.
    pub text_max: Option<u64>,
    /// Most media of one post.
    pub media_max: u64,
    /// MIME types taken; empty: the platform does not say.
    pub media_types: Vec<String>,
    /// Largest picture in bytes; null: not known.
    pub media_bytes_max: Option<u64>,
    /// Whether media carry alternative text.
    pub alt_text: bool,
    /// Whether the captions of films arrive; null for accounts that were looked at before this was asked.
    #[serde(default)]
    pub captions: Option<bool>,
    /// Whether a published post can be changed.
    pub edit: bool,
    /// Whether a published post can be taken back.
    pub delete: bool,
    /// How a post that follows another is shown: THREAD, COMMENT or ALONE.
    pub follow: String,
    /// Whether a published post can be read back and compared.
    pub read_back: bool,
    /// Whether what the public says to the account can be read.
    pub inbound: bool,
    /// Whether the platform tells how often a post was seen or answered.
    pub metrics: bool,
    /// Whether the account can pass on what others published.
    pub amplify: bool,
    /// Whether a post of others can be shown below words of one's own; null for accounts that were looked at before this was
    /// asked.
    #[serde(default)]
    pub quotes: Option<bool>,
    /// Whether what the public said to the account can be answered there; null for accounts that were looked at before this
    /// was asked.
    #[serde(default)]
    pub replies: Option<bool>,
}

impl Model {
    /// The account's public description, where somebody has read it; empty where the account has none.
    fn live_bio(&self) -> Option<&str> {
        let profile = self.profile.as_ref().filter(|profile| profile.bio_shown)?;
        Some(profile.bio.as_deref().unwrap_or_default())
    }

    /// Whether it says how to reach who runs it: an address of the web or of mail. Absent where nobody has read it.
    pub fn names_contact(&self) -> Option<bool> {
        let bio = self.live_bio()?.to_lowercase();
        let mail = |word: &str| {
            word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        };
        let link = |word: &str| word.contains("://") || word.starts_with("www.");
        Some(bio.split_whitespace().any(|word| mail(word) || link(word)))
    }

    /// Whether the account's public description names who runs it: every word of the bio line is there. Absent where nobody
    /// has read the description, or the platform shows none.
    pub fn names_operator(&self) -> Option<bool> {
        let bio = self.live_bio()?;
        let words = |text: &str| {
            let lower = text.to_lowercase();
            lower
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let there: std::collections::HashSet<String> = words(bio);
        let wanted: std::collections::HashSet<String> = words(&self.bio_line);
        Some(!wanted.is_empty() && wanted.is_subset(&there))
    }
}
