//! From what a client sent as credentials to the one who asks. Absent is anonymous; present but bad is refused. Rights
//! are read at each request: a token says who somebody is, not what they may do.

use std::net::IpAddr;

use office::{OfficeError, Requester, integrations, members};
use secrecy::SecretString;

use crate::graphql::{Caller, Services};

/// What came with a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials {
    /// The value of `Authorization`, if there was one.
    pub(crate) authorization: Option<String>,
    /// Where it came from.
    pub(crate) peer: Option<IpAddr>,
    /// The request's id.
    pub(crate) request_id: String,
    /// W3C trace context.
    pub(crate) trace_parent: Option<String>,
}

/// Why there is no requester.
#[derive(Debug)]
pub(crate) enum Denied {
    /// The credentials are bad.
    Bad(&'static str),
    /// They could not be checked.
    Fault(OfficeError),
}

impl From<OfficeError> for Denied {
    fn from(error: OfficeError) -> Self {
        match error {
            OfficeError::Fault(_) => Self::Fault(error),
            // Not told apart: which of them it was helps only a guesser.
            _ => Self::Bad("this token is not valid any more: sign in again, or ask for a new one"),
        }
    }
}

/// Who sends the request.
pub(crate) async fn caller(services: &Services, credentials: &Credentials) -> Result<Caller, Denied> {
    let Some(authorization) = &credentials.authorization else {
        return Ok(anonymous(credentials));
    };
    let token = bearer(authorization).ok_or(Denied::Bad("send `Authorization: Bearer …`"))?;
    let mut caller = if token.starts_with(integrations::TOKEN_PREFIX) {
        integration(services, token).await?
    } else {
        member(services, token).await?
    };
    caller.peer = credentials.peer;
    caller.request_id.clone_from(&credentials.request_id);
    if let Some(requester) = &mut caller.requester {
        requester.request_id = Some(credentials.request_id.clone());
        requester.trace_parent.clone_from(&credentials.trace_parent);
    }
    Ok(caller)
}

fn anonymous(credentials: &Credentials) -> Caller {
    let address = credentials.peer.map_or_else(String::new, |peer| peer.to_string());
    Caller {
        requester: None,
        expires_at: None,
        session: None,
        bucket: format!("address:{address}"),
        request_id: credentials.request_id.clone(),
        peer: credentials.peer,
    }
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

async fn integration(services: &Services, token: &str) -> Result<Caller, Denied> {
    let requester = integrations::authenticate(&services.office, &SecretString::from(token)).await?;
    Ok(signed_in(requester))
}

async fn member(services: &Services, token: &str) -> Result<Caller, Denied> {
    let claims = services.tokens.read(token).await?;
    let claims = claims.ok_or(Denied::Bad("this access token is not valid or has ended: refresh it"))?;
    let requester = members::requester_for(&services.office, claims.member_id()).await?;
    if requester.office_id != claims.office_id() {
        return Err(Denied::Bad("this access token is not of the member's office"));
    }
    let mut caller = signed_in(requester);
    caller.expires_at = claims.expires_at();
    caller.session = Some(claims.session());
    Ok(caller)
}

/// Whoever asks has one budget, however many tokens they hold: a member gets a new one every few minutes.
fn signed_in(requester: Requester) -> Caller {
    let who = requester.actor.id().unwrap_or_default();
    Caller {
        requester: Some(requester),
        expires_at: None,
        session: None,
        bucket: format!("actor:{who}"),
        request_id: String::new(),
        peer: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bearer_is_taken() {
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("bearer  abc "), Some("abc"));
        for other in ["", "abc", "Basic abc", "Bearer ", "Bearer"] {
            assert_eq!(bearer(other), None, "{other:?}");
        }
    }
}
