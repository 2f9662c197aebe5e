//! Where a person is asked to let a channel be connected, for whoever begins it. It knows the connectors' addresses; it asks
//! nobody.

use connectors::oauth::{self, App};
use entity::{channel::Connection, channel::Platform};
use office::channels::{Authorizer, Consent};
use secrecy::ExposeSecret as _;
use url::Url;

use crate::message;

/// The platforms that have a connector.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlatformAuthorizer;

impl Authorizer for PlatformAuthorizer {
    fn consent_url(
        &self,
        platform: Platform,
        settings: &Connection,
        consent: &Consent<'_>,
    ) -> Result<Url, String> {
        let kind = message::kind(platform)
            .ok_or_else(|| "Masthead has no connector for this platform".to_owned())?;
        let app = App { client_id: consent.client_id.to_owned(), client_secret: None };
        let asked = oauth::Consent {
            redirect_uri: consent.redirect_uri,
            state: consent.state.expose_secret(),
            verifier: consent.verifier.expose_secret(),
        };
        oauth::consent_url(kind, &message::place(settings), &app, asked).map_err(|error| error.to_string())
    }
}
