//! What the Mastodon API says, as far as we read it. Error prose is in the caller's or the server's language
//! and is never read.

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::Deserialize;

use super::server::{Body, Server};
use crate::{
    http::failure::Failure,
    outcome::{Evidence, Receipt},
};

/// The version of the API, 4.5's, since which statuses can quote others.
const QUOTES_SINCE: u32 = 7;

#[derive(Debug, Deserialize)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) acct: String,
    #[serde(default)]
    pub(super) display_name: String,
    pub(super) url: Option<String>,
    pub(super) note: Option<String>,
}

impl Account {
    /// Whose the credential is.
    pub(super) async fn own(server: &Server) -> Result<Self, Failure> {
        let route = "/api/v1/accounts/verify_credentials";
        server.call(Method::GET, route, &[], Body::None).await?.json()
    }
}

/// Whose a status is.
#[derive(Debug, Deserialize)]
pub(super) struct Author {
    pub(super) acct: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Status {
    pub(super) id: String,
    pub(super) url: Option<String>,
    pub(super) uri: Option<String>,
    pub(super) created_at: Option<DateTime<Utc>>,
    pub(super) account: Option<Author>,
    #[serde(default)]
    pub(super) content: String,
    pub(super) spoiler_text: Option<String>,
    pub(super) visibility: Option<String>,
    pub(super) in_reply_to_id: Option<String>,
    pub(super) in_reply_to_account_id: Option<String>,
    #[serde(default)]
    pub(super) media_attachments: Vec<Attachment>,
    pub(super) favourites_count: Option<u64>,
    pub(super) reblogs_count: Option<u64>,
    pub(super) quotes_count: Option<u64>,
    pub(super) replies_count: Option<u64>,
    /// Whether the account has passed it on.
    pub(super) reblogged: Option<bool>,
    pub(super) quote: Option<Quote>,
    pub(super) quote_approval: Option<QuoteApproval>,
}

/// What a status is known by.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    pub(super) id: String,
    pub(super) url: Option<String>,
    pub(super) uri: Option<String>,
}

/// The status that is shown below another one. Some servers have said it in other ways: whatever is not this is not read.
#[derive(Debug, Deserialize)]
pub(super) struct Quote {
    state: Option<String>,
    pub(super) quoted_status: Option<Named>,
}

impl Quote {
    /// Whether nobody sees it, and nobody will. One that waits for its author's word may be seen yet; one that only this
    /// account does not see is seen by others.
    pub(super) fn is_withheld(&self) -> bool {
        matches!(self.state.as_deref(), Some("rejected" | "revoked" | "deleted" | "unauthorized"))
    }
}

/// Who may quote a status.
#[derive(Debug, Deserialize)]
pub(super) struct QuoteApproval {
    current_user: Option<String>,
}

impl QuoteApproval {
    /// Where the server does not know, it will ask the author's own.
    pub(super) fn denies_us(&self) -> bool {
        self.current_user.as_deref() == Some("denied")
    }
}

/// A picture or film of a status.
#[derive(Debug, Deserialize)]
pub(super) struct Attachment {
    pub(super) description: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Notification {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// A [`Status`], as far as the server of a stranger wrote one.
    #[serde(default)]
    pub(super) status: serde_json::Value,
}

impl Status {
    pub(super) fn named(&self) -> Named {
        Named { id: self.id.clone(), url: self.url.clone(), uri: self.uri.clone() }
    }

    pub(super) fn receipt(&self, evidence: Evidence) -> Receipt {
        Receipt { remote_id: self.id.clone(), url: self.url.clone(), published_at: self.created_at, evidence }
    }
}

/// The exact words of a status, as they were sent.
#[derive(Debug, Deserialize)]
pub(super) struct Source {
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Media {
    pub(super) id: String,
}

/// What a server says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Instance {
    version: String,
    source_url: Option<String>,
    configuration: Configuration,
    api_versions: ApiVersions,
}

/// Which changes of Mastodon's API a server has, counted by Mastodon.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ApiVersions {
    mastodon: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Configuration {
    statuses: Statuses,
    media_attachments: Attachments,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Statuses {
    max_characters: Option<usize>,
    max_media_attachments: Option<usize>,
    characters_reserved_per_url: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Attachments {
    supported_mime_types: Vec<String>,
    image_size_limit: Option<u64>,
}

/// The limits that a status is held to.
#[derive(Debug)]
pub(super) struct Limits {
    pub(super) max_characters: usize,
    pub(super) max_media: usize,
    pub(super) link_weight: usize,
    pub(super) media_types: Vec<String>,
    pub(super) max_image_bytes: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_characters: 500,
            max_media: 4,
            link_weight: 23,
            media_types: Vec::new(),
            max_image_bytes: None,
        }
    }
}

impl Instance {
    pub(super) fn limits(&self) -> Limits {
        let Configuration { statuses, media_attachments } = &self.configuration;
        let default = Limits::default();
        Limits {
            max_characters: statuses.max_characters.unwrap_or(default.max_characters),
            max_media: statuses.max_media_attachments.unwrap_or(default.max_media),
            link_weight: statuses.characters_reserved_per_url.unwrap_or(default.link_weight),
            media_types: media_attachments.supported_mime_types.clone(),
            max_image_bytes: media_attachments.image_size_limit,
        }
    }

    /// Whether a status can quote another. A server that does not would take the words and leave the quote out.
    pub(super) fn quotes(&self) -> bool {
        self.api_versions.mastodon.is_some_and(|version| version >= QUOTES_SINCE)
    }

    /// Whether this is a Mastodon (or a fork of it) known to keep idempotency keys. Others that speak its
    /// API name themselves in the version, or are older or younger than any Mastodon.
    pub(super) fn keeps_keys(&self) -> bool {
        let ours =
            self.source_url.as_deref().is_some_and(|url| url.trim_end_matches('/').ends_with("/mastodon"));
        let major = self.version.split('.').next().and_then(|major| major.parse::<u32>().ok());
        ours && !self.version.contains("compatible") && major.is_some_and(|major| (4..=5).contains(&major))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mastodon_itself_is_known_to_keep_keys() {
        let rows = [
            ("4.3.2", Some("https://github.com/mastodon/mastodon"), true),
            ("4.4.0+glitch", Some("https://github.com/glitch-soc/mastodon"), true),
            ("4.2.0 (compatible; Hollo 0.5)", Some("https://github.com/fedify-dev/hollo"), false),
            ("2.7.2 (compatible; Pleroma 2.5.0)", None, false),
            ("0.17.3+git", Some("https://codeberg.org/superseriousbusiness/gotosocial"), false),
            ("3.5.3", Some("https://github.com/mastodon/mastodon"), false),
            ("", None, false),
        ];
        for (version, source_url, keeps) in rows {
            let instance = Instance {
                version: version.to_owned(),
                source_url: source_url.map(str::to_owned),
                ..Instance::default()
            };
            assert_eq!(instance.keeps_keys(), keeps, "{version}");
        }
    }

    #[test]
    fn quotes_are_taken_since_the_seventh_version_of_the_api() {
        let rows = [
            (r#"{"version":"4.5.0","api_versions":{"mastodon":7}}"#, true),
            (r#"{"version":"4.6.0","api_versions":{"mastodon":9,"glitch":1}}"#, true),
            (r#"{"version":"4.4.8","api_versions":{"mastodon":6}}"#, false),
            (r#"{"version":"4.5.0 (compatible; Other 1)","api_versions":{}}"#, false),
            (r#"{"version":"4.5.0"}"#, false),
        ];
        for (json, quotes) in rows {
            assert_eq!(serde_json::from_str::<Instance>(json).unwrap().quotes(), quotes, "{json}");
        }
    }

    #[test]
    fn a_quote_is_withheld_where_readers_will_not_see_it() {
        let rows = [
            (
                r#"{"state":"accepted","quoted_status":{"id":"7","url":"https://social.example/@ana/7"}}"#,
                false,
            ),
            (r#"{"state":"pending","quoted_status":null}"#, false),
            (r#"{"state":"muted_account","quoted_status":{"id":"7"}}"#, false),
            (r#"{"state":"rejected","quoted_status":null}"#, true),
            (r#"{"state":"revoked"}"#, true),
            (r#"{"state":"deleted"}"#, true),
            (r#"{"state":"unauthorized"}"#, true),
            // Another server's own way of telling: the status itself.
            (r#"{"id":"7","content":"Flu jabs"}"#, false),
        ];
        for (json, withheld) in rows {
            assert_eq!(serde_json::from_str::<Quote>(json).unwrap().is_withheld(), withheld, "{json}");
        }
    }

    #[test]
    fn limits_are_the_servers_own() {
        let json = r#"{"version":"4.3.2","configuration":{"statuses":{"max_characters":5000,
            "characters_reserved_per_url":25}}}"#;
        let limits = serde_json::from_str::<Instance>(json).unwrap().limits();
        assert_eq!((limits.max_characters, limits.max_media, limits.link_weight), (5000, 4, 25));
    }
}
