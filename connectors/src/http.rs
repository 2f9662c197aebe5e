//! The one HTTP client: its limits, where it may connect, and how each of its failures is read. It does not
//! know any platform's dialect.

pub(crate) mod allowance;
pub(crate) mod answer;
pub(crate) mod failure;
pub(crate) mod guard;
pub(crate) mod sessions;
pub(crate) mod transport;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use reqwest::{Client, RequestBuilder, redirect};
use url::Url;

use crate::settings::ConnectError;
use answer::Answer;
pub(crate) use failure::Failure;
use guard::{GuardedResolver, Reach};
use sessions::Sessions;

/// How long and how much the client waits for and takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpLimits {
    /// To make a connection, TLS included.
    pub connect: Duration,
    /// Between two pieces of an answer's body.
    pub read: Duration,
    /// One request and its answer.
    pub total: Duration,
    /// All that goes before the one request that publishes: look-ups, uploads, waiting for processing.
    pub preparation: Duration,
    /// Of that, waiting for the platform to process what a post shows; then the try gives its place back, and another asks
    /// again. A change of a post waits on.
    pub processing: Duration,
    /// Between two questions whether an upload is processed, within one try.
    pub poll_every: Duration,
    /// From there to the next try, where the platform does not say when to ask.
    pub ask_after: Duration,
    /// Largest answer taken.
    pub answer_bytes: usize,
    /// Redirects followed while finding an API; no other request follows any.
    pub redirects: usize,
}

impl Default for HttpLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(10),
            total: Duration::from_secs(20),
            preparation: Duration::from_mins(1),
            processing: Duration::from_secs(5),
            poll_every: Duration::from_secs(1),
            ask_after: Duration::from_secs(10),
            answer_bytes: 2 * 1024 * 1024,
            redirects: 3,
        }
    }
}

impl HttpLimits {
    /// A call of [`crate::Connector::publish`] ends within this; a lease on the post must be longer.
    pub const fn longest_publish(&self) -> Duration {
        self.preparation.saturating_add(self.total)
    }
}

/// The client that every connector shares. It uses no proxy of the environment: a proxy would connect to
/// addresses that were never checked.
#[derive(Debug, Clone)]
pub struct Http {
    public: Client,
    private: Client,
    limits: HttpLimits,
    sessions: Sessions,
}

impl Http {
    /// Builds the client.
    pub fn new(limits: HttpLimits) -> Result<Self, ConnectError> {
        let build = |reach| {
            Client::builder()
                .user_agent(concat!("Masthead/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(limits.connect)
                .timeout(limits.total)
                .redirect(redirect::Policy::none())
                .retry(reqwest::retry::never())
                .no_proxy()
                .pool_idle_timeout(Duration::from_secs(3))
                .dns_resolver(Arc::new(GuardedResolver::new(reach)))
                .build()
                .map_err(ConnectError::Client)
        };
        Ok(Self {
            public: build(Reach::Public)?,
            private: build(Reach::Private)?,
            limits,
            sessions: Sessions::default(),
        })
    }

    /// The limits that it keeps.
    pub const fn limits(&self) -> &HttpLimits {
        &self.limits
    }

    /// What platforms gave connectors at signing in.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    pub(crate) fn line(&self, allow_private_hosts: bool) -> Line {
        let (reach, client) = if allow_private_hosts {
            (Reach::Private, self.private.clone())
        } else {
            (Reach::Public, self.public.clone())
        };
        Line { client, reach, limits: self.limits, wait: Arc::default() }
    }
}

/// The client as one connection uses it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    client: Client,
    reach: Reach,
    limits: HttpLimits,
    /// What the last answer said of waiting.
    wait: Arc<Mutex<Option<Duration>>>,
}

impl Line {
    /// How long nothing more is to be asked, as the last answer said; none while more is allowed.
    pub(crate) fn wait(&self) -> Option<Duration> {
        *self.wait.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn limits(&self) -> &HttpLimits {
        &self.limits
    }

    pub(crate) fn request(&self, method: reqwest::Method, url: Url) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// One request, and its answer whatever the status. An upload may take the whole preparation.
    pub(crate) async fn exchange(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let request = request.build().map_err(|error| transport::read(&error))?;
        guard::check_literal(request.url(), self.reach)?;
        let response = self.client.execute(request).await.map_err(|error| transport::read(&error))?;
        let answer = Answer::read(response, &self.limits).await?;
        *self.wait.lock().unwrap_or_else(PoisonError::into_inner) = allowance::wait(&answer);
        Ok(answer)
    }

    /// Follows redirects from `url` as far as the limits go; they may only lead to the same site.
    pub(crate) async fn follow(&self, method: reqwest::Method, url: Url) -> Result<(Url, Answer), Failure> {
        let mut url = url;
        for _ in 0..=self.limits.redirects {
            let answer = self.exchange(self.request(method.clone(), url.clone())).await?;
            let Some(next) = answer.redirect_from(&url) else { return Ok((url, answer)) };
            if !guard::same_site(&url, &next) {
                let detail = "the address redirects to another site: correct the channel's address";
                return Err(Failure::refused("REDIRECTED_ELSEWHERE", detail).with_status(answer.status));
            }
            url = next;
        }
        Err(Failure::refused("REDIRECTED_TOO_OFTEN", "the address redirects too often"))
    }
}

/// Runs what goes before publishing within its limit: whatever fails there, the message is not out.
pub(crate) async fn prepare<T>(
    limits: &HttpLimits,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    match tokio::time::timeout(limits.preparation, work).await {
        Ok(done) => done.map_err(Failure::before_sending),
        Err(_elapsed) => Err(Failure::out_of_time()),
    }
}
