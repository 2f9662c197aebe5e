//! What the platform gives at signing in: whose account it is, where its posts are kept, and the tokens. It does not know how
//! it is asked for, and nothing of it that is secret is ever shown.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use crate::{http::failure::Failure, settings::ConnectionSettings};

/// A token is renewed this long before it ends, so that it lasts for whatever is begun with it.
const BEFORE_THE_END: Duration = Duration::from_mins(5);

/// One account, signed in.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// The account's own name, which stays when the handle changes.
    pub(super) did: String,
    /// The name that people know it by.
    pub(super) handle: String,
    /// The server that keeps its posts.
    pub(super) home: Url,
    pub(super) access: SecretString,
    pub(super) refresh: SecretString,
    good_until: Option<DateTime<Utc>>,
}

/// The answer to a log-in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SignedIn {
    did: String,
    handle: String,
    access_jwt: SecretString,
    refresh_jwt: SecretString,
    active: Option<bool>,
    status: Option<String>,
    did_doc: Option<DidDocument>,
}

#[derive(Deserialize)]
struct DidDocument {
    #[serde(default)]
    service: Vec<Service>,
}

#[derive(Deserialize)]
struct Service {
    id: String,
    #[serde(rename = "serviceEndpoint")]
    endpoint: serde_json::Value,
}

impl SignedIn {
    /// The session, if the account may post. Where its document names a home, that is where its calls go: it is held to the
    /// same rules as the address that a person gave.
    pub(super) fn session(
        self,
        service: &Url,
        settings: &ConnectionSettings,
        now: DateTime<Utc>,
    ) -> Result<Session, Failure> {
        if self.active == Some(false) {
            return Err(inactive(self.status.as_deref()));
        }
        let named = self.did_doc.and_then(|document| {
            document.service.into_iter().find(|service| service.id.ends_with("#atproto_pds"))
        });
        let home =
            match named.as_ref().map(|named| named.endpoint.as_str().and_then(|url| Url::parse(url).ok())) {
                Some(Some(home)) if settings.check(&home).is_ok() => home,
                None => service.clone(),
                Some(_) => {
                    let detail = "the account's own document names a home that may not be connected to";
                    return Err(Failure::refused("ADDRESS_REFUSED", detail));
                }
            };
        let life = lifetime(self.access_jwt.expose_secret());
        let good_until = life.map(|life| now + life.saturating_sub(BEFORE_THE_END));
        Ok(Session {
            did: self.did,
            handle: self.handle,
            home,
            access: self.access_jwt,
            refresh: self.refresh_jwt,
            good_until,
        })
    }
}

impl Session {
    /// Whether it lasts long enough to be used now.
    pub(super) fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.good_until.is_none_or(|until| now < until)
    }

    /// The same, known to be used up.
    pub(super) fn ended(&self) -> Self {
        Self { good_until: Some(DateTime::UNIX_EPOCH), ..self.clone() }
    }

    /// The account's page.
    pub(super) fn page(&self) -> String {
        // What the platform says of a handle whose domain no longer points back.
        let name = if self.handle == "handle.invalid" { &self.did } else { &self.handle };
        format!("https://bsky.app/profile/{name}")
    }
}

fn inactive(status: Option<&str>) -> Failure {
    let (code, detail) = match status {
        Some("takendown") => ("ACCOUNT_TAKEN_DOWN", "the platform has taken the account down"),
        Some("suspended") => ("ACCOUNT_SUSPENDED", "the platform has suspended the account"),
        Some("deactivated") => ("ACCOUNT_DEACTIVATED", "the account is deactivated"),
        _ => ("ACCOUNT_INACTIVE", "the account is not active"),
    };
    Failure::credential(code, detail)
}

/// How long a token lives, by its own words: a difference, so that the two clocks need not agree.
fn lifetime(token: &str) -> Option<Duration> {
    #[derive(Deserialize)]
    struct Claims {
        iat: u64,
        exp: u64,
    }
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Claims = serde_json::from_slice(&claims).ok()?;
    claims.exp.checked_sub(claims.iat).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::http::failure::Verdict;

    fn session(said: &Value, private: bool) -> Result<Session, Failure> {
        let mut answer = json!({ "did": "did:plc:a", "handle": "a.example", "accessJwt": "the-token", "refreshJwt": "the-other" });
        answer.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        let settings = ConnectionSettings { allow_private_hosts: private, ..ConnectionSettings::default() };
        let signed_in: SignedIn = serde_json::from_value(answer).unwrap();
        signed_in.session(&"https://service.example".parse().unwrap(), &settings, DateTime::UNIX_EPOCH)
    }

    #[test]
    fn an_account_that_may_not_post_is_told_from_one_that_may() {
        for (status, code) in [
            ("takendown", "ACCOUNT_TAKEN_DOWN"),
            ("suspended", "ACCOUNT_SUSPENDED"),
            ("deactivated", "ACCOUNT_DEACTIVATED"),
            ("new", "ACCOUNT_INACTIVE"),
        ] {
            let failure = session(&json!({ "active": false, "status": status }), false).unwrap_err();
            assert_eq!((failure.verdict, failure.cause.code.as_str()), (Verdict::CredentialRejected, code));
        }
        assert!(session(&json!({ "active": true }), false).is_ok());
    }

    #[test]
    fn the_home_is_the_documents_and_is_checked_as_any_address() {
        let home = |endpoint: &str, private| {
            let service = json!([{ "id": "#other", "serviceEndpoint": {} }, { "id": "#atproto_pds", "serviceEndpoint": endpoint }]);
            session(&json!({ "didDoc": { "service": service } }), private)
                .map(|session| session.home.to_string())
        };
        assert_eq!(home("https://home.example", false).unwrap(), "https://home.example/");
        assert_eq!(home("http://localhost:2583", true).unwrap(), "http://localhost:2583/");
        for endpoint in
            ["http://home.example", "ftp://home.example", "https://me:pw@home.example", "nonsense"]
        {
            assert_eq!(home(endpoint, false).unwrap_err().cause.code, "ADDRESS_REFUSED", "{endpoint}");
        }
        assert_eq!(session(&json!({}), false).unwrap().home.as_str(), "https://service.example/");
    }

    #[test]
    fn a_token_is_renewed_before_it_ends_and_never_shown() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"iat":1000,"exp":8200}"#);
        let session = session(&json!({ "accessJwt": format!("a.{claims}.c") }), false).unwrap();
        let at = |minutes| DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minutes);
        assert!(session.is_good(at(114)) && !session.is_good(at(115)));
        let shown = format!("{session:?}");
        assert!(!shown.contains(&claims) && !shown.contains("the-other"), "{shown}");
    }
}
