//! One account and the calls that are made as it: signing in where nobody has yet, and again when the session has ended. It
//! does not know posts.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::{Method, header};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{
    failure::{SESSION_ENDED, checked, not_passed_on},
    session::{Session, SignedIn},
};
use crate::{
    clock::Clock,
    http::{
        Http, HttpLimits, Line,
        answer::Answer,
        failure::{Failure, Verdict},
        sessions::{Sessions, Whose},
    },
    settings::{ConnectError, ConnectionSettings},
};

/// Who shows all posts and counts what is made of them, as the network names it: a home passes questions on to it.
const APP_VIEW: &str = "did:web:api.bsky.app#bsky_appview";

#[derive(Debug)]
pub(super) struct Account {
    line: Line,
    /// Where it signs in; its posts may be kept elsewhere.
    service: Url,
    settings: ConnectionSettings,
    identifier: String,
    password: SecretString,
    sessions: Sessions,
    whose: Whose,
    clock: Arc<dyn Clock>,
}

/// What a call carries.
pub(super) enum Body<'a> {
    /// Nothing: it asks, by these parameters.
    Query(&'a [(&'a str, &'a str)]),
    /// The same, of the one who shows all posts.
    Public(&'a [(&'a str, &'a str)]),
    Json(Value),
    /// A file and its media type.
    File(Bytes, &'a str),
}

impl Account {
    pub(super) fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        let service = settings.checked_base()?;
        let named = settings.username.as_deref().or(settings.channel_handle.as_deref());
        let identifier = named.unwrap_or_default().trim().trim_start_matches('@').to_owned();
        if identifier.is_empty() {
            return Err(ConnectError::UsernameMissing);
        }
        let password = secret.ok_or(ConnectError::CredentialMissing)?;
        let reach = if settings.allow_private_hosts { "private" } else { "public" };
        Ok(Self {
            line: http.line(settings.allow_private_hosts),
            whose: Whose::of(&["bluesky", service.as_str(), reach, &identifier, password.expose_secret()]),
            settings: settings.clone(),
            sessions: http.sessions().clone(),
            service,
            identifier,
            password,
            clock,
        })
    }

    pub(super) fn limits(&self) -> &HttpLimits {
        self.line.limits()
    }

    /// How long nothing more is to be asked, as the last answer said.
    pub(super) fn wait(&self) -> Option<std::time::Duration> {
        self.line.wait()
    }

    pub(super) fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The session, which may be another connector's. Signing in publishes nothing.
    pub(super) async fn session(&self) -> Result<Arc<Session>, Failure> {
        match self.sessions.get::<Session>(self.whose) {
            Some(session) if session.is_good(self.clock.now()) => Ok(session),
            Some(ending) => self.renew(&ending).await,
            None => self.sign_in().await,
        }
    }

    async fn sign_in(&self) -> Result<Arc<Session>, Failure> {
        let body = json!({ "identifier": self.identifier, "password": self.password.expose_secret() });
        let (route, body) = ("com.atproto.server.createSession", Body::Json(body));
        let answer = self.exchange(&self.service, None, route, &body).await;
        self.keep(&answer.and_then(checked).map_err(Failure::before_sending)?)
    }

    /// By the refresh token; log-ins are counted more strictly than renewals. When that has ended too: by signing in.
    async fn renew(&self, ended: &Session) -> Result<Arc<Session>, Failure> {
        let (route, body) = ("com.atproto.server.refreshSession", Body::Json(Value::Null));
        let answer = self.exchange(&self.service, Some(&ended.refresh), route, &body).await;
        match answer.and_then(checked) {
            Ok(answer) => self.keep(&answer),
            Err(failure) if matches!(failure.verdict, Verdict::CredentialRejected | Verdict::Refused) => {
                self.sessions.forget(self.whose);
                self.sign_in().await
            }
            Err(failure) => Err(failure.before_sending()),
        }
    }

    fn keep(&self, answer: &Answer) -> Result<Arc<Session>, Failure> {
        let signed_in: SignedIn = answer.json().map_err(Failure::before_sending)?;
        let session = Arc::new(signed_in.session(&self.service, &self.settings, self.clock.now())?);
        self.sessions.keep(self.whose, Arc::clone(&session));
        Ok(session)
    }

    /// A call that may be made twice: when the session has ended, it is made again in a new one.
    pub(super) async fn call(&self, route: &str, body: Body<'_>) -> Result<Answer, Failure> {
        let session = self.session().await?;
        let done =
            match self.exchange(&session.home, Some(&session.access), route, &body).await.and_then(checked) {
                Err(failure) if failure.cause.code == SESSION_ENDED => {
                    let session = self.renew(&session).await?;
                    self.exchange(&session.home, Some(&session.access), route, &body).await.and_then(checked)
                }
                done => done,
            };
        let passed_on = matches!(body, Body::Public(_));
        done.map_err(|failure| if passed_on { not_passed_on(failure) } else { failure })
    }

    /// Whose handle it is. A handle of nobody is none; a server that cannot say so now is asked again later.
    pub(super) async fn resolve(&self, handle: &str) -> Result<Option<String>, Failure> {
        #[derive(Deserialize)]
        struct Resolved {
            did: String,
        }
        match self.call("com.atproto.identity.resolveHandle", Body::Query(&[("handle", handle)])).await {
            Ok(answer) => Ok(Some(answer.json::<Resolved>()?.did)),
            Err(failure) if failure.verdict == Verdict::Refused => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Whether the account is at home here, and active. Anybody is told of a record, but only its owner of this.
    pub(super) async fn check_home(&self) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Known {
            did: String,
            active: Option<bool>,
        }
        let session = self.session().await?;
        let known: Known = self.call("com.atproto.server.getSession", Body::Query(&[])).await?.json()?;
        if known.did == session.did && known.active != Some(false) {
            return Ok(());
        }
        Err(Failure::credential("ACCOUNT_INACTIVE", "the account is not active"))
    }

    /// A call that is made once, in a session that was good a moment ago. One that has ended all the same was never
    /// used: nothing was done.
    pub(super) async fn call_once(
        &self,
        session: &Session,
        route: &str,
        body: Body<'_>,
    ) -> Result<Answer, Failure> {
        let done = self.exchange(&session.home, Some(&session.access), route, &body).await.and_then(checked);
        done.map_err(|failure| {
            if failure.cause.code == SESSION_ENDED {
                // Whoever comes next renews it.
                self.sessions.keep(self.whose, Arc::new(session.ended()));
                return Failure { verdict: Verdict::NotSent, ..failure };
            }
            failure
        })
    }

    async fn exchange(
        &self,
        server: &Url,
        token: Option<&SecretString>,
        route: &str,
        body: &Body<'_>,
    ) -> Result<Answer, Failure> {
        let mut url = server.clone();
        url.set_path(&format!("{}/xrpc/{route}", server.path().trim_end_matches('/')));
        url.set_query(None);
        let method = if let Body::Query(query) | Body::Public(query) = body {
            url.query_pairs_mut().extend_pairs(query.iter());
            Method::GET
        } else {
            Method::POST
        };
        let mut request = self.line.request(method, url);
        if let Some(token) = token {
            request = request.bearer_auth(token.expose_secret());
        }
        request = match body {
            Body::Query(_) | Body::Json(Value::Null) => request,
            Body::Public(_) => request.header("atproto-proxy", APP_VIEW),
            Body::Json(value) => request.json(value),
            // An upload publishes nothing, and may take as long as all that goes before publishing.
            Body::File(bytes, media_type) => request
                .header(header::CONTENT_TYPE, *media_type)
                .body(bytes.clone())
                .timeout(self.limits().preparation),
        };
        self.line.exchange(request).await
    }
}
