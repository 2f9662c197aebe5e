//! X's API as one account: an authenticated call, and whose token it is. It does not know posts.

use reqwest::{Method, multipart::Form};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::OnceCell;
use url::Url;

use super::failure::{checked, data};
use crate::{
    http::{
        Http, HttpLimits, Line,
        answer::Answer,
        failure::Failure,
        sessions::{Sessions, Whose},
    },
    settings::{ConnectError, ConnectionSettings},
};

const HOME: &str = "https://api.x.com";

#[derive(Debug)]
pub(super) struct Api {
    line: Line,
    base: Url,
    token: SecretString,
    account: OnceCell<Account>,
    sessions: Sessions,
}

/// Whose token it is.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) username: String,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
}

/// What a call carries.
pub(super) enum Body<'a> {
    None,
    Json(&'a Value),
    /// A piece of a file.
    Form(Form),
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
            token: secret.ok_or(ConnectError::CredentialMissing)?,
            account: OnceCell::new(),
            sessions: http.sessions().clone(),
        })
    }

    pub(super) fn limits(&self) -> &HttpLimits {
        self.line.limits()
    }

    /// How long nothing more is to be asked, as the last answer said.
    pub(super) fn wait(&self) -> Option<std::time::Duration> {
        self.line.wait()
    }

    /// Whose token it is, asked once: each question is billed, and only 75 are allowed in a quarter of an hour.
    pub(super) async fn account(&self) -> Result<&Account, Failure> {
        self.account.get_or_try_init(|| self.ask_account()).await
    }

    /// The same as it is now.
    pub(super) async fn ask_account(&self) -> Result<Account, Failure> {
        let query = [("user.fields", "description")];
        let answer = self.call(Method::GET, "/2/users/me", &query, Body::None).await?;
        let account: Account = data(&answer)?;
        if super::post::is_id(&account.id) {
            Ok(account)
        } else {
            Err(Failure::unknown("GARBAGE_ANSWER", "the platform's answer cannot be read"))
        }
    }

    /// Where an upload is remembered that X has whole, so that another attempt of the same message need not send it again.
    pub(super) fn uploads(&self) -> &Sessions {
        &self.sessions
    }

    /// The name of one upload of a message, by which it is remembered.
    pub(super) fn upload(&self, message: &str, position: usize) -> Whose {
        let token = self.token.expose_secret();
        Whose::of(&["x upload", self.base.as_str(), token, message, &position.to_string()])
    }

    pub(super) async fn call(
        &self,
        method: Method,
        route: &str,
        query: &[(&str, &str)],
        body: Body<'_>,
    ) -> Result<Answer, Failure> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{route}", self.base.path().trim_end_matches('/')));
        url.set_query(None);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let request = self.line.request(method, url).bearer_auth(self.token.expose_secret());
        let request = match body {
            Body::None => request,
            Body::Json(value) => request.json(value),
            // An upload publishes nothing, and may take as long as all that goes before publishing.
            Body::Form(form) => request.multipart(form).timeout(self.limits().preparation),
        };
        checked(self.line.exchange(request).await?)
    }
}
