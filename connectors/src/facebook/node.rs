//! One Page of the Graph API: an authenticated call, what it answers as far as we read it, and whose the token is. It does
//! not know what is posted.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use reqwest::{Method, multipart::Form};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{failure, usage};
use crate::{
    http::{Http, HttpLimits, Line, answer::Answer, failure::Failure},
    settings::{ConnectError, ConnectionSettings},
};

/// The version that every shape here is of. A version lives about two years.
const VERSION: &str = "v26.0";

/// The token is somebody else's.
const NOT_THE_PAGE: &str = "NOT_THE_PAGES_TOKEN";

#[derive(Debug)]
pub(super) struct Page {
    line: Line,
    base: Url,
    id: String,
    token: SecretString,
    /// What the last answer said of how much is used up.
    wait: Mutex<Option<Duration>>,
}

/// What a call carries.
pub(super) enum Body {
    None,
    Json(Value),
    Form(Form),
}

/// What was made.
#[derive(Debug, Deserialize)]
pub(super) struct Created {
    pub(super) id: String,
}

/// Whether it was done.
#[derive(Debug, Deserialize)]
pub(super) struct Done {
    success: bool,
}

impl Done {
    pub(super) fn checked(&self, status: u16) -> Result<(), Failure> {
        if self.success {
            return Ok(());
        }
        let detail = "the platform answered that it did not do it, and not why";
        Err(Failure::unknown("NOT_CONFIRMED", detail).with_status(status))
    }
}

/// What a Page says of itself.
#[derive(Debug, Deserialize)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) username: Option<String>,
    pub(super) link: Option<String>,
    pub(super) about: Option<String>,
}

impl Page {
    pub(super) fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
    ) -> Result<Self, ConnectError> {
        let base = settings.checked_base()?;
        let id = settings.username.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let id = id.ok_or(ConnectError::UsernameMissing)?;
        if !id.chars().all(|c| c.is_ascii_digit()) {
            return Err(ConnectError::PageIdInvalid);
        }
        Ok(Self {
            base,
            id: id.to_owned(),
            line: http.line(settings.allow_private_hosts),
            token: secret.ok_or(ConnectError::CredentialMissing)?,
            wait: Mutex::new(None),
        })
    }

    pub(super) fn limits(&self) -> &HttpLimits {
        self.line.limits()
    }

    /// How long nothing more is to be asked, as the last answer said.
    pub(super) fn wait(&self) -> Option<Duration> {
        let used_up = *self.wait.lock().unwrap_or_else(PoisonError::into_inner);
        used_up.max(self.line.wait())
    }

    /// The address of one of the Page's own lists.
    pub(super) fn route(&self, edge: &str) -> String {
        format!("/{}{edge}", self.id)
    }

    /// Whether this is the Page's id.
    pub(super) fn is(&self, id: &str) -> bool {
        self.id == id
    }

    /// Whether it is the id of a post of the Page: a comment's begins with its post's number.
    pub(super) fn has_post(&self, id: &str) -> bool {
        id.split_once('_').is_some_and(|(page, _)| self.is(page))
    }

    /// Whether the token is the Page's own. With a person's or another Page's, a post would be somebody else's, or a list
    /// would be shown empty.
    pub(super) async fn check_own(&self) -> Result<(), Failure> {
        let answer = self.call(Method::GET, "/me", &[("fields", "id")], Body::None).await?;
        if answer.json::<Created>()?.id == self.id {
            return Ok(());
        }
        let detail = "the token is not the one of this Page: take the Page access token, not a person's";
        Err(Failure::credential(NOT_THE_PAGE, detail).with_status(answer.status))
    }

    /// One call. The token goes in a header and never into an address, which others log.
    pub(super) async fn call(
        &self,
        method: Method,
        route: &str,
        query: &[(&str, &str)],
        body: Body,
    ) -> Result<Answer, Failure> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}/{VERSION}{route}", self.base.path().trim_end_matches('/')));
        url.set_query(None);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let request = self.line.request(method, url).bearer_auth(self.token.expose_secret());
        let request = match body {
            Body::None => request,
            Body::Json(value) => request.json(&value),
            // An upload publishes nothing, and may take as long as all that goes before publishing.
            Body::Form(form) => request.multipart(form).timeout(self.limits().preparation),
        };
        let answer = self.line.exchange(request).await?;
        *self.wait.lock().unwrap_or_else(PoisonError::into_inner) = usage::wait(&answer);
        failure::checked(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_digits() {
        let http = Http::new(HttpLimits::default()).unwrap();
        let page = |username: Option<&str>| {
            let settings = ConnectionSettings {
                base_url: Some("https://graph.facebook.com".parse().unwrap()),
                username: username.map(str::to_owned),
                ..ConnectionSettings::default()
            };
            Page::new(&settings, Some(SecretString::from("s")), &http)
        };
        assert!(matches!(page(None), Err(ConnectError::UsernameMissing)));
        assert!(matches!(page(Some(" ")), Err(ConnectError::UsernameMissing)));
        for name in ["office.example", "104/feed", "-1", "١٢"] {
            assert!(matches!(page(Some(name)), Err(ConnectError::PageIdInvalid)), "{name}");
        }
        assert_eq!(page(Some(" 104 ")).unwrap().route("/feed"), "/104/feed");
    }
}
