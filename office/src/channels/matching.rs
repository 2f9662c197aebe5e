//! Which existing channels might serve instead of a new one: on the same platform, or with words of the audience in
//! common.

use std::collections::BTreeSet;

use entity::{
    OfficeId, channel,
    channel::{ChannelState, Platform},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Office, directory,
    error::Result,
    policy::{Permit, op},
};

/// Channels of an office that are compared.
const COMPARED_AT_MOST: u64 = 1_000;

/// Channels that are shown: the best, and no more than somebody can be asked to consider.
const SHOWN_AT_MOST: usize = 20;

/// Words that say nothing about an audience.
const COMMON: [&str; 28] = [
    "about",
    "also",
    "anyone",
    "area",
    "been",
    "both",
    "community",
    "everyone",
    "from",
    "general",
    "have",
    "into",
    "more",
    "other",
    "over",
    "people",
    "public",
    "some",
    "such",
    "that",
    "their",
    "them",
    "they",
    "this",
    "those",
    "well",
    "which",
    "with",
];

/// What a new channel would be.
#[derive(Debug, Clone, serde::Serialize)]
pub struct MatchChannels {
    /// On which platform; none: whichever.
    pub platform: Option<Platform>,
    /// Its address, which tells platforms apart that are [`Platform::Other`]; none: any of them is the same.
    pub url: Option<String>,
    /// For whom.
    pub audience: String,
}

/// An existing channel that might serve.
#[derive(Debug, Clone)]
pub struct ChannelMatch {
    /// The channel.
    pub channel: channel::Model,
    /// Whether it is on the same platform.
    pub same_platform: bool,
    /// Words of the audience that both have.
    pub shared_words: Vec<String>,
}

/// The existing channels that might serve, best first, at most 20.
pub async fn matches(
    office: &Office,
    permit: &Permit<op::ChannelMatches>,
    input: &MatchChannels,
) -> Result<Vec<ChannelMatch>> {
    among(office.db.read(), permit.office_id(), input).await
}

pub(super) async fn among(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    input: &MatchChannels,
) -> Result<Vec<ChannelMatch>> {
    let in_use = [ChannelState::Approved, ChannelState::Active, ChannelState::Dormant];
    let channels = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(office_id))
        .filter(channel::Column::State.is_in(in_use))
        .order_by_asc(channel::Column::Handle)
        .limit(COMPARED_AT_MOST)
        .all(db)
        .await?;
    let wanted = words(&input.audience);
    let compare = |channel: channel::Model| {
        let shared_words: Vec<_> = words(&channel.audience).intersection(&wanted).cloned().collect();
        let same_platform = input.is_on_platform_of(&channel);
        (same_platform || !shared_words.is_empty()).then_some(ChannelMatch {
            channel,
            same_platform,
            shared_words,
        })
    };
    let mut found: Vec<_> = channels.into_iter().filter_map(compare).collect();
    found.sort_by_key(|one| std::cmp::Reverse((one.shared_words.len(), one.same_platform)));
    found.truncate(SHOWN_AT_MOST);
    Ok(found)
}

impl MatchChannels {
    fn is_on_platform_of(&self, channel: &channel::Model) -> bool {
        let named = |url: &str| directory::platform_name(Platform::Other, url);
        Some(channel.platform) == self.platform
            && (channel.platform != Platform::Other
                || self.url.as_ref().is_none_or(|url| named(url) == named(&channel.url)))
    }
}

/// The telling words of a text, in lower case and without a plural's `s`.
fn words(text: &str) -> BTreeSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4 && !COMMON.contains(word))
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audiences_share_telling_words_whatever_their_case_or_number() {
        let both = |one: &str, other: &str| words(one).intersection(&words(other)).count();
        assert_eq!(both("Coastal communities, researchers", "A researcher on the coast"), 1);
        assert_eq!(both("People with some interest", "other people, from everyone"), 0);
        assert_eq!(both("the general public", "the general public"), 0);
    }
}
