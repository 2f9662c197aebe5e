//! LinkedIn's API as one organisation: an authenticated call in one version of it. It does not know posts.

use reqwest::{Method, header};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

use super::{failure::checked, urn::Organization};
use crate::{
    http::{Http, HttpLimits, Line, answer::Answer, failure::Failure},
    message::MediaPart,
    settings::{ConnectError, ConnectionSettings},
};

/// The version that is spoken, a year and a month. LinkedIn keeps each for a year at least and then answers 426
/// (`API_VERSION_ENDED`): raise it with every release, once the release notes of the versions between are read.
pub(super) const VERSION: &str = "202608";
const HOME: &str = "https://api.linkedin.com";

#[derive(Debug)]
pub(super) struct Api {
    line: Line,
    base: Url,
    settings: ConnectionSettings,
    token: SecretString,
    organization: Organization,
}

/// What a call carries, and by which of Rest.li's methods it is meant where HTTP has none of that name.
pub(super) enum Body<'a> {
    None,
    /// A search, by these parameters beside those of the route.
    Finder(&'a [(&'a str, &'a str)]),
    Json(&'a Value),
    /// Changes to some of the fields.
    Patch(&'a Value),
    /// An action of a resource.
    Action(&'a str, &'a Value),
}

impl Api {
    pub(super) fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
    ) -> Result<Self, ConnectError> {
        let mut settings = settings.clone();
        if settings.base_url.is_none() {
            settings.base_url = Url::parse(HOME).ok();
        }
        Ok(Self {
            base: settings.checked_base()?,
            line: http.line(settings.allow_private_hosts),
            organization: Organization::parse(settings.username.as_deref())?,
            token: secret.ok_or(ConnectError::CredentialMissing)?,
            settings,
        })
    }

    pub(super) fn limits(&self) -> &HttpLimits {
        self.line.limits()
    }

    /// How long nothing more is to be asked, as the last answer said.
    pub(super) fn wait(&self) -> Option<std::time::Duration> {
        self.line.wait()
    }

    pub(super) fn organization(&self) -> &Organization {
        &self.organization
    }

    pub(super) async fn call(&self, method: Method, route: &str, body: Body<'_>) -> Result<Answer, Failure> {
        checked(self.exchange(method, route, body).await?)
    }

    /// The answer whatever its status. A route may carry a query that is written already: Rest.li's lists allow no other.
    pub(super) async fn exchange(
        &self,
        method: Method,
        route: &str,
        body: Body<'_>,
    ) -> Result<Answer, Failure> {
        let mut url = self.base.clone();
        let (path, query) = route.split_once('?').map_or((route, None), |(path, query)| (path, Some(query)));
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        url.set_query(query);
        match &body {
            Body::Finder(query) => {
                url.query_pairs_mut().extend_pairs(query.iter());
            }
            Body::Action(action, _) => {
                url.query_pairs_mut().append_pair("action", action);
            }
            Body::None | Body::Json(_) | Body::Patch(_) => {}
        }
        let request = self.line.request(method, url).bearer_auth(self.token.expose_secret());
        let request =
            request.header("linkedin-version", VERSION).header("x-restli-protocol-version", "2.0.0");
        let request = match body {
            Body::None => request,
            Body::Finder(_) => request.header("x-restli-method", "FINDER"),
            Body::Json(value) | Body::Action(_, value) => request.json(value),
            Body::Patch(value) => request.header("x-restli-method", "PARTIAL_UPDATE").json(value),
        };
        self.line.exchange(request).await
    }

    /// Sends a file to where the platform told. That address is its own permission, and may be another host's: the token
    /// stays here. An upload publishes nothing, and may take as long as all that goes before publishing.
    pub(super) async fn put(&self, told: &str, part: &MediaPart) -> Result<Answer, Failure> {
        let url = Url::parse(told).ok().filter(|url| self.settings.check(url).is_ok());
        let Some(url) = url else {
            return Err(Failure::refused(
                "UPLOAD_ADDRESS_REFUSED",
                "the platform told an address for an upload that is none",
            ));
        };
        let request = self
            .line
            .request(Method::PUT, url)
            .header(header::CONTENT_TYPE, &part.media_type)
            .header(header::CONTENT_LENGTH, part.content.length())
            .body(part.content.body());
        checked(self.line.exchange(request.timeout(self.limits().preparation)).await?)
    }
}
