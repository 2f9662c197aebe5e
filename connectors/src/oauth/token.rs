//! The request for a credential and its answer (RFC 6749). What a refusal means is a table; it does not know platforms.

use std::time::Duration;

use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use super::{App, Exchange, Grant, provider::Provider};
use crate::{
    http::{Line, answer::Answer, failure::Failure},
    outcome::Cause,
};

/// An answer without a credential.
#[derive(Debug)]
pub(super) enum Refused {
    Answer(Failure),
    /// The application is not accepted, whatever it asks for.
    App(Cause),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Answer(failure)
    }
}

/// A credential as it was answered.
#[derive(Debug, Deserialize)]
pub(super) struct Given {
    pub(super) access_token: SecretString,
    refresh_token: Option<SecretString>,
    #[serde(default)]
    expires_in: serde_json::Value,
    #[serde(default)]
    scope: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: serde_json::Value,
}

impl Given {
    /// One that does not end.
    pub(super) fn lasting(access_token: SecretString) -> Self {
        Self { access_token, refresh_token: None, expires_in: serde_json::Value::Null, scope: None }
    }

    pub(super) fn into_grant(self, provider: &Provider) -> Grant {
        let told = self.scope.unwrap_or_default();
        let scopes: Vec<String> =
            told.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
        Grant {
            access: self.access_token,
            refresh: self.refresh_token.filter(usable),
            lifetime: lifetime(&self.expires_in),
            missing_scopes: provider.missing(&scopes),
            scopes,
        }
    }
}

/// Whether a token has the form of one (RFC 6749, appendix A): it becomes a header.
fn usable(token: &SecretString) -> bool {
    let token = token.expose_secret();
    !token.is_empty() && token.bytes().all(|byte| (b'!'..=b'~').contains(&byte))
}

/// How long a credential is good. Some servers write the number as text; what says nothing sensible says nothing.
fn lifetime(told: &serde_json::Value) -> Option<Duration> {
    let seconds = told.as_u64().or_else(|| told.as_str()?.trim().parse().ok())?;
    // Longer than a century is for ever.
    (1..3_200_000_000).contains(&seconds).then(|| Duration::from_secs(seconds))
}

pub(super) async fn ask(
    line: &Line,
    provider: &Provider,
    address: Url,
    app: &App,
    exchange: Exchange<'_>,
) -> Result<Given, Refused> {
    let mut form = vec![("client_id", app.client_id.as_str())];
    match &exchange {
        Exchange::Code { code, verifier, redirect_uri } => {
            form.extend([
                ("grant_type", "authorization_code"),
                ("code", code.expose_secret()),
                ("redirect_uri", redirect_uri.as_str()),
            ]);
            if provider.pkce() {
                form.push(("code_verifier", verifier.expose_secret()));
            }
        }
        Exchange::Refresh(token) => {
            form.extend([("grant_type", "refresh_token"), ("refresh_token", token.expose_secret())]);
        }
    }
    let mut request = line.request(Method::POST, address).header("accept", "application/json");
    match &app.client_secret {
        Some(secret) if provider.basic => {
            request = request.basic_auth(&app.client_id, Some(secret.expose_secret()));
        }
        Some(secret) => form.push(("client_secret", secret.expose_secret())),
        None => {}
    }
    read(&line.exchange(request.form(&form)).await?)
}

/// The answer, or what its refusal means.
pub(super) fn read(answer: &Answer) -> Result<Given, Refused> {
    if answer.is_success() {
        let given: Given = answer.json()?;
        if usable(&given.access_token) {
            return Ok(given);
        }
        let detail = "the platform's answer holds no credential that could be used";
        return Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status).into());
    }
    let code = serde_json::from_slice::<Refusal>(&answer.body).ok().and_then(|refusal| match refusal.error {
        serde_json::Value::String(code) => Some(code),
        // The Graph API's own form: what it refuses here is the code or the application; it says which by number.
        other => other.get("code").map(|number| format!("graph {number}")),
    });
    let told = |code: &'static str, detail: &'static str| Cause::new(code, detail).with_status(answer.status);
    let Some(code) = code.filter(|_| answer.status < 500) else { return Err(answer.failure().into()) };
    Err(match code.as_str() {
        "invalid_client" | "unauthorized_client" | "graph 101" | "graph 191" => {
            Refused::App(told("APP_REJECTED", "the platform does not accept the application's id and secret"))
        }
        "redirect_uri_mismatch" => Refused::App(told(
            "REDIRECT_UNKNOWN",
            "the platform does not know the application's redirect address",
        )),
        "invalid_grant" | "graph 100" | "graph 190" => Refused::Answer(
            Failure::credential("GRANT_INVALID", "the code or refresh token was used, revoked or has ended")
                .with_status(answer.status),
        ),
        "access_denied" => Refused::Answer(
            Failure::credential("ACCESS_DENIED", "the account did not agree").with_status(answer.status),
        ),
        "invalid_scope" => {
            Refused::App(told("SCOPE_REFUSED", "the platform does not let the application have these scopes"))
        }
        "temporarily_unavailable" | "slow_down" => Refused::Answer(
            Failure::not_sent("UNAVAILABLE", "the platform asks to try again later")
                .with_status(answer.status),
        ),
        _ if answer.status == 429 => Refused::Answer(answer.failure()),
        "invalid_request" | "unsupported_grant_type" => {
            Refused::App(told("REQUEST_REFUSED", "the platform does not take the application's request"))
        }
        _ => Refused::Answer(answer.failure()),
    })
}
