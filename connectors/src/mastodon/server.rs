//! One server as one account: an authenticated call, and what the server says of itself. It does not know
//! statuses.

use reqwest::{Method, multipart::Form};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::OnceCell;
use url::Url;

use super::wire::Instance;
use crate::{
    http::{Http, HttpLimits, Line, answer::Answer, failure::Failure},
    settings::{ConnectError, ConnectionSettings},
};

#[derive(Debug)]
pub(super) struct Server {
    line: Line,
    base: Url,
    token: SecretString,
    instance: OnceCell<Instance>,
}

/// What a call carries; JSON with the idempotency key where there is one.
pub(super) enum Body<'key> {
    None,
    Json(Value, Option<&'key str>),
    Form(Form),
}

impl Server {
    pub(super) fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
    ) -> Result<Self, ConnectError> {
        Ok(Self {
            base: settings.checked_base()?,
            line: http.line(settings.allow_private_hosts),
            token: secret.ok_or(ConnectError::CredentialMissing)?,
            instance: OnceCell::new(),
        })
    }

    pub(super) fn limits(&self) -> &HttpLimits {
        self.line.limits()
    }

    /// How long nothing more is to be asked, as the last answer said.
    pub(super) fn wait(&self) -> Option<std::time::Duration> {
        self.line.wait()
    }

    /// Whether an address is one of this server's own.
    pub(super) fn is_at(&self, url: &Url) -> bool {
        self.base.origin() == url.origin()
    }

    pub(super) fn known_instance(&self) -> Option<&Instance> {
        self.instance.get()
    }

    /// What the server says of itself, asked once. A server without the document gets the defaults.
    pub(super) async fn instance(&self) -> Result<&Instance, Failure> {
        let ask = || async {
            match self.call(Method::GET, "/api/v2/instance", &[], Body::None).await {
                Ok(answer) => answer.json(),
                Err(failure) if failure.cause.http_status == Some(404) => Ok(Instance::default()),
                Err(failure) => Err(failure),
            }
        };
        self.instance.get_or_try_init(ask).await.map_err(Failure::before_sending)
    }

    pub(super) async fn call(
        &self,
        method: Method,
        route: &str,
        query: &[(&str, &str)],
        body: Body<'_>,
    ) -> Result<Answer, Failure> {
        let answer = self.raw_call(method, route, query, body).await?;
        let is_platform = serde_json::from_slice::<Value>(&answer.body).is_ok_and(|body| body.is_object());
        answer.checked().map_err(|failure| if is_platform { failure } else { failure.not_the_platform() })
    }

    /// The answer whatever its status.
    pub(super) async fn raw_call(
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
            Body::Json(value, None) => request.json(&value),
            Body::Json(value, Some(key)) => request.header("idempotency-key", key).json(&value),
            // An upload publishes nothing, and may take as long as all that goes before publishing.
            Body::Form(form) => request.multipart(form).timeout(self.limits().preparation),
        };
        self.line.exchange(request).await
    }
}
