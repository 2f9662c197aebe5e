//! Each platform's addresses and scopes, as data. Where the channel's address is not the platform's own, everything is asked
//! of that address: a server of one's own, or something that stands before the platform.

use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use url::Url;

use super::{App, Consent};
use crate::{
    connector::PlatformKind,
    settings::{ConnectError, ConnectionSettings},
};

/// How a platform asks a person, and gives out credentials.
#[derive(Debug, Clone, Copy)]
pub(super) struct Provider {
    /// Its own API; none: every server is its own.
    api: Option<&'static str>,
    /// Where a person is asked: the platform's own site, and the path there.
    consent: (Option<&'static str>, &'static str),
    /// Where credentials are given: the same.
    token: (Option<&'static str>, &'static str),
    /// What the connector needs for all that it can do. The platform's page in `docs/channels` says what each is for.
    pub(super) scopes: &'static [&'static str],
    /// What stands between two scopes.
    separator: &'static str,
    /// Whether it knows PKCE.
    pkce: bool,
    /// Whether the application signs in by HTTP Basic, not in the form.
    pub(super) basic: bool,
    /// What else is told when a person is asked.
    more: &'static [(&'static str, &'static str)],
}

const MASTODON: Provider = Provider {
    api: None,
    consent: (None, "/oauth/authorize"),
    token: (None, "/oauth/token"),
    scopes: &[
        "read:accounts",
        "read:statuses",
        "read:notifications",
        "read:search",
        "write:statuses",
        "write:media",
    ],
    separator: " ",
    pkce: true,
    basic: false,
    more: &[],
};

const FACEBOOK: Provider = Provider {
    api: Some("https://graph.facebook.com"),
    consent: (Some("https://www.facebook.com"), "/v26.0/dialog/oauth"),
    token: (None, "/v26.0/oauth/access_token"),
    scopes: &[
        "pages_manage_posts",
        "pages_manage_engagement",
        "pages_read_engagement",
        "pages_read_user_content",
        "pages_show_list",
    ],
    separator: ",",
    pkce: false,
    basic: false,
    more: &[],
};

const LINKEDIN: Provider = Provider {
    api: Some("https://api.linkedin.com"),
    consent: (Some("https://www.linkedin.com"), "/oauth/v2/authorization"),
    token: (Some("https://www.linkedin.com"), "/oauth/v2/accessToken"),
    scopes: &["w_organization_social", "r_organization_social", "rw_organization_admin"],
    separator: " ",
    pkce: false,
    basic: false,
    more: &[],
};

const X: Provider = Provider {
    api: Some("https://api.x.com"),
    consent: (Some("https://x.com"), "/i/oauth2/authorize"),
    token: (None, "/2/oauth2/token"),
    scopes: &["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"],
    separator: " ",
    pkce: true,
    basic: true,
    more: &[],
};

const YOUTUBE: Provider = Provider {
    api: Some("https://www.googleapis.com"),
    consent: (Some("https://accounts.google.com"), "/o/oauth2/v2/auth"),
    token: (Some("https://oauth2.googleapis.com"), "/token"),
    scopes: &[
        "https://www.googleapis.com/auth/youtube.upload",
        "https://www.googleapis.com/auth/youtube.force-ssl",
    ],
    separator: " ",
    pkce: true,
    basic: false,
    // A refresh token comes only when a person is asked anew, and only for access while they are away.
    more: &[("access_type", "offline"), ("prompt", "consent")],
};

impl Provider {
    pub(super) const fn of(kind: PlatformKind) -> Option<Self> {
        match kind {
            PlatformKind::Mastodon => Some(MASTODON),
            PlatformKind::Facebook => Some(FACEBOOK),
            PlatformKind::LinkedIn => Some(LINKEDIN),
            PlatformKind::X => Some(X),
            PlatformKind::YouTube => Some(YOUTUBE),
            PlatformKind::Feed | PlatformKind::WordPress | PlatformKind::Webhook | PlatformKind::Bluesky => {
                None
            }
        }
    }

    fn address(
        &self,
        settings: &ConnectionSettings,
        (site, path): (Option<&'static str>, &'static str),
    ) -> Result<Url, ConnectError> {
        let base = settings.checked_base()?;
        let own = self.api.is_some_and(|api| Url::parse(api).is_ok_and(|api| api.origin() == base.origin()));
        let site = match site {
            Some(site) if own => Url::parse(site).map_err(|_unreadable| ConnectError::AddressInvalid)?,
            _ => base,
        };
        site.join(path).map_err(|_unreadable| ConnectError::AddressInvalid)
    }

    pub(super) fn token_url(&self, settings: &ConnectionSettings) -> Result<Url, ConnectError> {
        self.address(settings, self.token)
    }

    pub(super) fn consent_url(
        &self,
        settings: &ConnectionSettings,
        app: &App,
        consent: Consent<'_>,
    ) -> Result<Url, ConnectError> {
        let mut url = self.address(settings, self.consent)?;
        let scopes = self.scopes.join(self.separator);
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &app.client_id)
            .append_pair("redirect_uri", consent.redirect_uri.as_str())
            .append_pair("scope", &scopes)
            .append_pair("state", consent.state)
            .extend_pairs(self.more);
        if self.pkce {
            url.query_pairs_mut()
                .append_pair("code_challenge", &challenge(consent.verifier))
                .append_pair("code_challenge_method", "S256");
        }
        Ok(url)
    }

    /// Whether the verifier goes with the code.
    pub(super) const fn pkce(&self) -> bool {
        self.pkce
    }

    /// Scopes are told as a list, by spaces or by commas, whatever the platform itself takes.
    pub(super) fn missing(&self, given: &[String]) -> Vec<String> {
        if given.is_empty() {
            return Vec::new();
        }
        // `read` holds `read:accounts`.
        let holds = |have: &str, need: &str| {
            have == need || need.strip_prefix(have).is_some_and(|rest| rest.starts_with(':'))
        };
        let lacks = |need: &&&str| !given.iter().any(|have| holds(have, need));
        self.scopes.iter().filter(lacks).map(|need| (*need).to_owned()).collect()
    }
}

/// What goes with the question in the verifier's place (RFC 7636, `S256`).
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}
