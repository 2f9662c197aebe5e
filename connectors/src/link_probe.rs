//! Looks where a link leads, for the office's background checks. It connects to public addresses only, follows redirects
//! by hand, takes no page, and says what it found. It does not know who uses the link or when to look again.

mod host;
mod resolver;

use std::{sync::Arc, time::Duration};

use reqwest::{Client, Method, StatusCode, header, redirect};
use url::Url;

use crate::{ConnectError, HttpLimits};
use host::Reachable;
use resolver::{AddressRefused, HostUnknown, Names, VettedResolver};

/// Redirects that are followed, at most.
const REDIRECTS: usize = 5;

/// What was found where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkFound {
    /// Something answers there.
    Alive {
        /// With this status.
        status: u16,
        /// Where it leads in the end, without query and fragment, when that is another address.
        redirected_to: Option<Url>,
    },
    /// The server says that there is no such page.
    Dead {
        /// With this status: 404 or 410.
        status: u16,
    },
    /// There is no such host, says the resolver: now.
    NoSuchHost,
    /// It cannot be told: no answer, not in time, not to everybody, or too many redirects.
    Unreachable {
        /// The status, when there was an answer.
        status: Option<u16>,
    },
    /// It leads to a private or internal address, a strange port or no web address, and was not followed there.
    Refused,
}

/// The client of link checks: one request a connection, and no connection but to addresses that were vetted.
#[derive(Debug, Clone)]
pub struct LinkProbe {
    client: Client,
    reachable: Arc<Reachable>,
    total: Duration,
}

/// One answer, as far as it matters.
struct Answer {
    status: StatusCode,
    location: Option<Url>,
}

impl LinkProbe {
    /// Builds it. `internal_hosts` are never asked, nor anything below them. A check as a whole takes no longer than one
    /// request of `limits`.
    pub fn new(limits: &HttpLimits, internal_hosts: &[String]) -> Result<Self, ConnectError> {
        Self::build(limits, Reachable::new(internal_hosts), Names::System)
    }

    /// One for tests: it may also connect to 127.0.0.1, at any port.
    #[cfg(any(test, feature = "fake"))]
    pub fn with_loopback(limits: &HttpLimits, internal_hosts: &[String]) -> Result<Self, ConnectError> {
        Self::build(limits, Reachable::with_loopback(internal_hosts), Names::System)
    }

    fn build(limits: &HttpLimits, reachable: Reachable, names: Names) -> Result<Self, ConnectError> {
        let reachable = Arc::new(reachable);
        let client = Client::builder()
            .user_agent(concat!("Masthead/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .connect_timeout(limits.connect)
            .timeout(limits.total)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(VettedResolver::new(Arc::clone(&reachable), names)))
            .build()
            .map_err(ConnectError::Client)?;
        Ok(Self { client, reachable, total: limits.total })
    }

    /// Looks where the link leads.
    pub async fn probe(&self, link: &str) -> LinkFound {
        let Ok(url) = Url::parse(link) else { return LinkFound::Refused };
        tokio::time::timeout(self.total, self.follow(url))
            .await
            .unwrap_or(LinkFound::Unreachable { status: None })
    }

    async fn follow(&self, start: Url) -> LinkFound {
        let mut url = start.clone();
        let mut status = None;
        for _ in 0..=REDIRECTS {
            if !self.reachable.permits(&url) {
                return LinkFound::Refused;
            }
            let answer = match self.ask(&url).await {
                Ok(answer) => answer,
                Err(found) => return found,
            };
            let Some(next) = answer.location else {
                let redirected_to = (url != start).then(|| without_query(url));
                return read(answer.status, redirected_to);
            };
            status = Some(answer.status.as_u16());
            url = next;
        }
        LinkFound::Unreachable { status }
    }

    /// Asks for the head; where that is not answered well, for the page's first byte: many servers know no HEAD.
    async fn ask(&self, url: &Url) -> Result<Answer, LinkFound> {
        let head = self.request(Method::HEAD, url).await;
        match head {
            Ok(answer) if answer.status.is_success() || answer.status.is_redirection() => Ok(answer),
            Err(found @ (LinkFound::Refused | LinkFound::NoSuchHost)) => Err(found),
            Ok(_) | Err(_) => self.request(Method::GET, url).await,
        }
    }

    /// One request. The body, if one comes, is dropped with the connection.
    async fn request(&self, method: Method, url: &Url) -> Result<Answer, LinkFound> {
        let mut request = self.client.request(method.clone(), url.clone()).header(header::ACCEPT, "*/*");
        if method == Method::GET {
            request = request.header(header::RANGE, "bytes=0-0");
        }
        let response = request.send().await.map_err(|error| failed(&error))?;
        let status = response.status();
        let location = response.headers().get(header::LOCATION).filter(|_| status.is_redirection());
        let location = location.and_then(|to| to.to_str().ok()).and_then(|to| url.join(to).ok());
        Ok(Answer { status, location })
    }
}

/// What a final status says. Only a plain "there is no such page" is one: a server that wants a sign-in, is busy or broken
/// says nothing of the page.
fn read(status: StatusCode, redirected_to: Option<Url>) -> LinkFound {
    let number = status.as_u16();
    match number {
        // The range is not satisfiable: an empty page, but a page.
        200..=399 | 416 => LinkFound::Alive { status: number, redirected_to },
        404 | 410 => LinkFound::Dead { status: number },
        _ => LinkFound::Unreachable { status: Some(number) },
    }
}

/// What a failed request says. Nothing of reqwest's own message is kept: it holds the address.
fn failed(error: &reqwest::Error) -> LinkFound {
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        if cause.is::<AddressRefused>() {
            return LinkFound::Refused;
        }
        if cause.is::<HostUnknown>() {
            return LinkFound::NoSuchHost;
        }
        next = cause.source();
    }
    LinkFound::Unreachable { status: None }
}

/// Queries may carry what was meant for one visitor.
fn without_query(mut url: Url) -> Url {
    url.set_query(None);
    url.set_fragment(None);
    url
}

#[cfg(test)]
mod tests;
