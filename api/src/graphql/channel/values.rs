//! What a channel's fields hold: its platform and states, the health of its credential, its public record.

use async_graphql::{Enum, SimpleObject};
use office::directory::platform_name;

use crate::graphql::scalars::{DateTime, Url};

/// Where a channel is. Clients must accept values that they do not know: platforms are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::channel::Platform")]
pub(crate) enum Platform {
    /// The office's own public news page, served by Masthead.
    Feed,
    /// A WordPress site.
    Wordpress,
    /// Mastodon, GoToSocial and kin.
    Mastodon,
    /// Bluesky.
    Bluesky,
    /// X.
    X,
    /// A Facebook page.
    Facebook,
    /// A LinkedIn organisation.
    Linkedin,
    /// A YouTube channel.
    Youtube,
    /// An Instagram account.
    Instagram,
    /// Any system that takes a signed JSON document over HTTP; `docs/webhook.md` says what it must do.
    Webhook,
    /// Any other, such as `TikTok` or `Threads`: `platformName` says which, read from the channel's address. Such a channel is
    /// in the registry and the directory, and what it says is published by hand.
    Other,
}

/// Where a channel is in its life. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::channel::ChannelState")]
pub(crate) enum ChannelState {
    /// Waits for the coordinator.
    Requested,
    /// May be set up.
    Approved,
    /// In use: posts may go out.
    Active,
    /// Resting: listed as such, and nothing goes out.
    Dormant,
    /// Closed for good. Final.
    Retired,
    /// Not taken up; `decisionReason` says why. Final.
    Declined,
}

/// Whether a channel's credential works. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::channel::CredentialState")]
pub(crate) enum CredentialState {
    /// None is stored; platforms without a connector, and the office's own feed, need none.
    Missing,
    /// Stored, not yet tried.
    Untested,
    /// The platform accepted it when it was last tried.
    Healthy,
    /// The platform refused it: connect the channel again with a new one.
    Rejected,
}

/// Whether a channel's credential works. The secret itself is never readable.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct CredentialHealth {
    /// Whether it works.
    state: CredentialState,
    /// When it was last tried; null before the first time.
    checked_at: Option<DateTime>,
    /// When it ends; null when it does not or is not known.
    expires_at: Option<DateTime>,
    /// Address of the server that it signs in to; null before the channel is connected.
    base_url: Option<Url>,
    /// User name that it signs in as; null where the secret names the account.
    username: Option<String>,
    /// What it may do, as the platform said; empty where it did not say.
    scopes: Vec<String>,
    /// When it is refreshed next, well before it ends; null when it is not refreshed.
    refresh_at: Option<DateTime>,
    /// When it was last refreshed; null before.
    refreshed_at: Option<DateTime>,
    /// Why the last refresh came to nothing, as `CODE: words`; null when it did not. While the platform only does not
    /// answer, the credential stays `HEALTHY` and the refresh is tried again.
    refresh_problem: Option<String>,
    /// `WEBHOOK`: whether its receiver is known to do nothing a second time when an idempotency key is repeated.
    honours_keys: bool,
}

impl CredentialHealth {
    /// Of a channel.
    pub(super) fn of(row: &entity::channel::Model) -> Self {
        Self {
            state: row.credential_state.into(),
            checked_at: row.credential_checked_at.map(DateTime::from),
            expires_at: row.credential_expires_at.map(DateTime::from),
            base_url: row.settings.base_url.clone().map(Url),
            username: row.settings.username.clone(),
            scopes: row
                .credential_scopes
                .as_deref()
                .map(|scopes| scopes.split_whitespace().map(str::to_owned).collect())
                .unwrap_or_default(),
            refresh_at: row.refresh_at.map(DateTime::from),
            refreshed_at: row.refreshed_at.map(DateTime::from),
            refresh_problem: row.refresh_cause.clone(),
            honours_keys: row.settings.honours_keys,
        }
    }
}

/// What the public may know of a channel, as it was approved last.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChannelRecord {
    /// Where it is.
    platform: Platform,
    /// The platform's name for people, such as `Mastodon`; where `platform` is `OTHER`, the one of the address, such as
    /// `TikTok`, or the address's host.
    platform_name: String,
    /// Account name there, without `@`.
    handle: String,
    /// Public address of the account.
    url: Url,
    /// Name.
    display_name: String,
    /// What it is for.
    purpose: String,
    /// Whom it reaches.
    audience: String,
    /// BCP 47 tag of its language, such as `en-CA`.
    language: String,
    /// Who runs it.
    bio_line: String,
    /// When somebody reads what comes in.
    monitored_hours: String,
    /// Where the public reaches whoever runs it, an e-mail or web address; null for records approved before there was one.
    contact: Option<String>,
}

impl From<entity::channel::DirectoryRecord> for ChannelRecord {
    fn from(record: entity::channel::DirectoryRecord) -> Self {
        Self {
            platform_name: platform_name(record.platform, &record.url),
            platform: record.platform.into(),
            handle: record.handle,
            url: Url(record.url),
            display_name: record.display_name,
            purpose: record.purpose,
            audience: record.audience,
            language: record.language,
            bio_line: record.bio_line,
            monitored_hours: record.monitored_hours,
            contact: record.contact,
        }
    }
}
