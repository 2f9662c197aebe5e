//! How a channel is connected: where it is, as whom, and with which connector. It knows which settings each
//! platform needs; it does not know where settings and secrets are kept.

use std::sync::Arc;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    bluesky::Bluesky,
    clock::Clock,
    connector::{Connector, PlatformKind},
    facebook::Facebook,
    feed::{FeedConnector, FeedStore},
    http::Http,
    linkedin::LinkedIn,
    mastodon::Mastodon,
    webhook::Webhook,
    wordpress::WordPress,
    x::X,
    youtube::YouTube,
};

/// The part of a connection that is no secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectionSettings {
    /// Where the site or server is, as its visitors write it.
    pub base_url: Option<Url>,
    /// Who logs in, where the platform needs a name. Facebook: the Page's numeric id; LinkedIn: the organisation, by its
    /// number or URN.
    pub username: Option<String>,
    /// Lets the connection reach private and loopback addresses, and speak without TLS.
    pub allow_private_hosts: bool,
    /// WordPress: the root of its REST API, where it cannot be found from the site.
    pub api_root: Option<Url>,
    /// WordPress: also makes the first picture the post's featured image.
    pub featured_image: bool,
    /// Webhook: the channel's id, told in a header.
    pub channel_id: Option<String>,
    /// The channel's account name. Webhook: told in the document; Bluesky: who signs in, where there is no user name.
    pub channel_handle: Option<String>,
    /// Webhook: whether its receiver is known to do nothing a second time when a key is repeated.
    pub honours_keys: bool,
}

/// Why a connection cannot be made from its settings.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// No address.
    #[error("the channel has no address: set its base URL")]
    AddressMissing,
    /// Not an address of the web.
    #[error("the channel's address must be an http or https URL without a user name in it")]
    AddressInvalid,
    /// A credential would travel in the clear.
    #[error("the channel's address must start with https://, or private hosts must be allowed")]
    Insecure,
    /// No user name.
    #[error("the channel has no user name")]
    UsernameMissing,
    /// Not the id of a Page.
    #[error("the channel's user name must be the Page's id, which has only digits")]
    PageIdInvalid,
    /// LinkedIn: the user name is no organisation.
    #[error(
        "the channel's user name must be the organisation's number, or its URN such as urn:li:organization:2414183"
    )]
    OrganizationInvalid,
    /// Nobody can be asked there.
    #[error("accounts of this platform are not connected by asking a person there: give its credential")]
    NoAuthorization,
    /// No credential.
    #[error("the channel has no credential: a steward must connect it")]
    CredentialMissing,
    /// The HTTP client cannot be built.
    #[error("the HTTP client cannot be built")]
    Client(#[source] reqwest::Error),
}

impl ConnectionSettings {
    pub(crate) fn checked_base(&self) -> Result<Url, ConnectError> {
        let url = self.base_url.clone().ok_or(ConnectError::AddressMissing)?;
        self.check(&url)?;
        if let Some(root) = &self.api_root {
            self.check(root)?;
        }
        Ok(url)
    }

    pub(crate) fn check(&self, url: &Url) -> Result<(), ConnectError> {
        if url.host().is_none() || !url.username().is_empty() || url.password().is_some() {
            return Err(ConnectError::AddressInvalid);
        }
        match url.scheme() {
            "https" => Ok(()),
            "http" if self.allow_private_hosts => Ok(()),
            "http" => Err(ConnectError::Insecure),
            _ => Err(ConnectError::AddressInvalid),
        }
    }
}

/// The connector of one channel. Nothing is asked of the platform yet. `clock` says when a request was signed.
pub fn connect(
    kind: PlatformKind,
    settings: &ConnectionSettings,
    secret: Option<SecretString>,
    http: &Http,
    feed: Arc<dyn FeedStore>,
    clock: Arc<dyn Clock>,
) -> Result<Box<dyn Connector>, ConnectError> {
    Ok(match kind {
        PlatformKind::Feed => Box::new(FeedConnector::new(feed)),
        PlatformKind::WordPress => Box::new(WordPress::new(settings, secret, http)?),
        PlatformKind::Mastodon => Box::new(Mastodon::new(settings, secret, http)?),
        PlatformKind::Webhook => Box::new(Webhook::new(settings, secret, http, clock)?),
        PlatformKind::Bluesky => Box::new(Bluesky::new(settings, secret, http, clock)?),
        PlatformKind::Facebook => Box::new(Facebook::new(settings, secret, http, clock)?),
        PlatformKind::LinkedIn => Box::new(LinkedIn::new(settings, secret, http, clock)?),
        PlatformKind::X => Box::new(X::new(settings, secret, http, clock)?),
        PlatformKind::YouTube => Box::new(YouTube::new(settings, secret, http, clock)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_checked_before_a_credential_travels() {
        let cases = [
            ("https://example.org", false, true),
            ("http://example.org", false, false),
            ("http://127.0.0.1:8080", true, true),
            ("ftp://example.org", true, false),
            ("https://me:pw@example.org", true, false),
        ];
        for (address, allow_private_hosts, good) in cases {
            let settings = ConnectionSettings {
                base_url: Some(address.parse().unwrap()),
                allow_private_hosts,
                ..ConnectionSettings::default()
            };
            assert_eq!(settings.checked_base().is_ok(), good, "{address}");
        }
        assert!(ConnectionSettings::default().checked_base().is_err());
    }
}
