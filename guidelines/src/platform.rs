//! The platforms, and how long a text each of them takes.
//! It knows published default limits. It does not know an instance's own limits: a caller who has
//! asked the server passes them in `Submission::length`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Where a text may be going.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Platform {
    /// The office's own Atom or RSS feed.
    Feed,
    /// A WordPress site.
    WordPress,
    /// Mastodon and what speaks its API.
    Mastodon,
    /// Bluesky.
    Bluesky,
    /// X, formerly Twitter.
    X,
    /// Facebook pages.
    Facebook,
    /// LinkedIn pages.
    LinkedIn,
    /// YouTube video descriptions.
    YouTube,
    /// Instagram captions.
    Instagram,
    /// Any system behind a webhook.
    Webhook,
    /// Any other platform, of whose limits nothing is known here.
    Other,
}

impl Platform {
    /// Every platform, in a fixed order.
    pub const ALL: [Self; 11] = [
        Self::Feed,
        Self::WordPress,
        Self::Mastodon,
        Self::Bluesky,
        Self::X,
        Self::Facebook,
        Self::LinkedIn,
        Self::YouTube,
        Self::Instagram,
        Self::Webhook,
        Self::Other,
    ];

    /// The word used on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "FEED",
            Self::WordPress => "WORDPRESS",
            Self::Mastodon => "MASTODON",
            Self::Bluesky => "BLUESKY",
            Self::X => "X",
            Self::Facebook => "FACEBOOK",
            Self::LinkedIn => "LINKEDIN",
            Self::YouTube => "YOUTUBE",
            Self::Instagram => "INSTAGRAM",
            Self::Webhook => "WEBHOOK",
            Self::Other => "OTHER",
        }
    }

    /// The limit that holds where nobody has asked the server for its own.
    pub const fn length_rule(self) -> LengthRule {
        match self {
            Self::Feed | Self::WordPress | Self::Webhook | Self::Other => {
                LengthRule::new(100_000, LengthUnit::Characters)
            }
            Self::Mastodon => {
                LengthRule { url_weight: Some(23), ..LengthRule::new(500, LengthUnit::Mastodon) }
            }
            Self::Bluesky => {
                LengthRule { max_bytes: Some(3_000), ..LengthRule::new(300, LengthUnit::Graphemes) }
            }
            Self::X => LengthRule { url_weight: Some(23), ..LengthRule::new(280, LengthUnit::XWeighted) },
            Self::Facebook => LengthRule::new(63_206, LengthUnit::Characters),
            Self::LinkedIn => LengthRule::new(3_000, LengthUnit::Characters),
            Self::YouTube => LengthRule::new(5_000, LengthUnit::Characters),
            Self::Instagram => LengthRule::new(2_200, LengthUnit::Characters),
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word is no platform's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown platform {0:?}: use one of FEED, WORDPRESS, MASTODON, BLUESKY, X, FACEBOOK, LINKEDIN, YOUTUBE, INSTAGRAM, WEBHOOK"
)]
pub struct ParsePlatformError(String);

impl FromStr for Platform {
    type Err = ParsePlatformError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|platform| platform.as_str().eq_ignore_ascii_case(word))
            .ok_or_else(|| ParsePlatformError(word.to_owned()))
    }
}

/// What one counts when one counts a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LengthUnit {
    /// As X weighs it: NFC, links 23, emoji and CJK 2.
    XWeighted,
    /// As Mastodon does: graphemes, links at a fixed weight, `@user@host` as `@user`.
    Mastodon,
    /// Unicode extended grapheme clusters.
    Graphemes,
    /// Unicode scalar values.
    Characters,
}

/// A platform's limit and its way of counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LengthRule {
    /// The most a text may measure.
    pub limit: u32,
    /// In which unit.
    pub unit: LengthUnit,
    /// A second limit, in UTF-8 bytes.
    #[serde(default)]
    pub max_bytes: Option<u32>,
    /// What a link weighs, where it has a fixed weight.
    #[serde(default)]
    pub url_weight: Option<u32>,
}

impl LengthRule {
    /// A plain limit: no second limit in bytes, links weigh what they are.
    pub const fn new(limit: u32, unit: LengthUnit) -> Self {
        Self { limit, unit, max_bytes: None, url_weight: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_wire_round_trip() {
        for platform in Platform::ALL {
            assert_eq!(platform.as_str().parse(), Ok(platform));
            assert_eq!(serde_json::to_value(platform).unwrap(), platform.as_str());
        }
        assert!("TIKTOK".parse::<Platform>().unwrap_err().to_string().contains("use one of"));
    }
}
