//! OAuth 2.0: where a person lets the office's application speak for an account, how the code that comes of it becomes a
//! credential, and how that credential is refreshed before it ends. It knows each platform's addresses, scopes and quirks;
//! it does not know where applications and credentials are kept, nor when to refresh.

mod page;
mod provider;
mod token;

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::{
    connector::PlatformKind,
    http::{Http, failure::Verdict, prepare},
    outcome::Cause,
    settings::{ConnectError, ConnectionSettings},
};
use provider::Provider;

/// The application that the office registered at a platform.
#[derive(Debug, Clone)]
pub struct App {
    /// Its public name there.
    pub client_id: String,
    /// Its secret; absent where the platform gave none.
    pub client_secret: Option<SecretString>,
}

/// What is asked of a person, at the platform.
#[derive(Debug, Clone, Copy)]
pub struct Consent<'a> {
    /// Where the platform sends the person's browser afterwards; registered there, letter for letter.
    pub redirect_uri: &'a Url,
    /// Comes back with the browser: proves that it is the answer to this question.
    pub state: &'a str,
    /// The PKCE verifier, which never leaves us: its digest goes with the question.
    pub verifier: &'a str,
}

/// What is exchanged for a credential.
#[derive(Debug, Clone, Copy)]
pub enum Exchange<'a> {
    /// The code that the browser brought back, with the verifier and the address of the question.
    Code {
        /// The code: good once, and not for long.
        code: &'a SecretString,
        /// The verifier.
        verifier: &'a SecretString,
        /// The address that the question named.
        redirect_uri: &'a Url,
    },
    /// The refresh token that came with the former credential; some platforms take it once only.
    Refresh(&'a SecretString),
}

/// A credential as the platform gave it.
#[derive(Debug, Clone)]
pub struct Grant {
    /// What the connector signs in with.
    pub access: SecretString,
    /// With what the next is got; absent: as before, or there is none.
    pub refresh: Option<SecretString>,
    /// How long it is good; absent: the platform does not say, or for ever.
    pub lifetime: Option<Duration>,
    /// What it may do, as the platform said; empty: it said nothing, so what was asked for.
    pub scopes: Vec<String>,
    /// Scopes that were asked for and are not among those.
    pub missing_scopes: Vec<String>,
}

/// Why no credential was given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrantFailure {
    /// The code or refresh token is not taken: a person must begin again.
    #[error("the platform gives no credential for this: {0}")]
    Denied(Cause),
    /// The application itself is not accepted: its registration needs a person.
    #[error("the platform does not accept the application: {0}")]
    AppRejected(Cause),
    /// The settings do not suffice.
    #[error("{0}")]
    Settings(Cause),
    /// No trustworthy answer: the same may be tried again.
    #[error("the platform cannot be asked now: {cause}")]
    Unreachable {
        /// Why.
        cause: Cause,
        /// Not before this has passed, when the platform said so.
        retry_after: Option<Duration>,
    },
}

/// Whether accounts of this platform are connected by asking a person there.
pub fn offers(kind: PlatformKind) -> bool {
    Provider::of(kind).is_some()
}

/// Where a person is asked, as an address for their browser. Refuses a platform that has no such place.
pub fn consent_url(
    kind: PlatformKind,
    settings: &ConnectionSettings,
    app: &App,
    consent: Consent<'_>,
) -> Result<Url, ConnectError> {
    let provider = Provider::of(kind).ok_or(ConnectError::NoAuthorization)?;
    provider.consent_url(settings, app, consent)
}

/// Asks for a credential. A lost answer may have used up what was exchanged.
pub async fn grant(
    kind: PlatformKind,
    settings: &ConnectionSettings,
    app: &App,
    exchange: Exchange<'_>,
    http: &Http,
) -> Result<Grant, GrantFailure> {
    let unfit =
        |error: ConnectError| GrantFailure::Settings(Cause::new("CONNECTION_INVALID", error.to_string()));
    let provider = Provider::of(kind).ok_or_else(|| unfit(ConnectError::NoAuthorization))?;
    let address = provider.token_url(settings).map_err(unfit)?;
    let line = http.line(settings.allow_private_hosts);
    let asked = async {
        let given = token::ask(&line, &provider, address, app, exchange).await?;
        match (kind, exchange) {
            (PlatformKind::Facebook, Exchange::Code { .. }) => {
                Ok(page::token(&line, settings, app, given).await?)
            }
            _ => Ok(given),
        }
    };
    let given = prepare(http.limits(), async { Ok(asked.await) })
        .await
        .map_err(|late| GrantFailure::Unreachable { cause: late.cause, retry_after: None })?;
    given.map(|given| given.into_grant(&provider)).map_err(|refused: token::Refused| refused.into_failure())
}

impl token::Refused {
    fn into_failure(self) -> GrantFailure {
        match self {
            Self::Answer(failure) => match failure.verdict {
                Verdict::Refused | Verdict::CredentialRejected => GrantFailure::Denied(failure.cause),
                Verdict::NotSent | Verdict::Preparing | Verdict::Unknown => {
                    GrantFailure::Unreachable { cause: failure.cause, retry_after: failure.retry_after }
                }
            },
            Self::App(cause) => GrantFailure::AppRejected(cause),
        }
    }
}

#[cfg(test)]
mod tests;
