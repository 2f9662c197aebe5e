//! Access tokens: short-lived `EdDSA` JWTs. Made and read here, with the keys of `office::signing_keys`. The algorithm is
//! the key's, never the header's; time is the office's clock. A token says who, never what they may do.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{MemberId, OfficeId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use office::{Fault, Office, OfficeError, signing_keys};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// For whom the tokens are.
const AUDIENCE: &str = "masthead-api";

/// Seconds by which clocks of two machines may differ.
const LEEWAY: i64 = 5;

/// Seconds after which the keys are read again.
const KEYS_GOOD_FOR: i64 = 60;

/// Seconds between two readings because of an unknown key: whoever invents key names must not cost us a query each.
const UNKNOWN_KEY_PAUSE: i64 = 5;

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    office: Uuid,
    sid: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl Claims {
    pub(crate) fn member_id(&self) -> MemberId {
        MemberId(self.sub)
    }

    pub(crate) fn office_id(&self) -> OfficeId {
        OfficeId(self.office)
    }

    pub(crate) fn session(&self) -> Uuid {
        self.sid
    }

    pub(crate) fn expires_at(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.exp, 0)
    }
}

/// The keys, as they were read last.
struct Keys {
    read_at: DateTime<Utc>,
    signing: (String, EncodingKey),
    verifying: HashMap<String, (DecodingKey, Vec<u8>)>,
}

/// Makes and reads access tokens.
pub(crate) struct TokenIssuer {
    office: Office,
    issuer: String,
    keys: Mutex<Option<Arc<Keys>>>,
}

impl fmt::Debug for TokenIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenIssuer(..)")
    }
}

impl TokenIssuer {
    /// `public_url` names the deployment in each token.
    pub(crate) fn new(office: Office, public_url: &str) -> Self {
        let issuer = if public_url.is_empty() { "masthead" } else { public_url };
        Self { office, issuer: issuer.to_owned(), keys: Mutex::new(None) }
    }

    /// A new access token for a member, and when it ends.
    pub(crate) async fn issue(
        &self,
        office_id: OfficeId,
        member_id: MemberId,
        session: Uuid,
    ) -> office::Result<(String, DateTime<Utc>)> {
        let keys = self.keys(KEYS_GOOD_FOR).await?;
        let now = self.office.now();
        let expires_at = now + TimeDelta::minutes(self.office.limits().access_token_minutes);
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: member_id.0,
            office: office_id.0,
            sid: session,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: expires_at.timestamp(),
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(keys.signing.0.clone());
        let token = encode(&header, &claims, &keys.signing.1);
        let token = token.map_err(|_signing| Fault::Crypto("an access token could not be signed"))?;
        Ok((token, DateTime::from_timestamp(claims.exp, 0).unwrap_or(expires_at)))
    }

    /// A document under our signature: a compact JWS (RFC 7515) whose payload is the document as it is. `media` keeps it
    /// from being taken for anything else that these keys sign.
    pub(crate) async fn sign(&self, media: &str, document: &[u8]) -> office::Result<String> {
        let keys = self.keys(KEYS_GOOD_FOR).await?;
        let (kid, key) = &keys.signing;
        let header = json!({ "alg": "EdDSA", "typ": media, "cty": "application/json", "kid": kid });
        let signed =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(document));
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), key, Algorithm::EdDSA);
        let signature = signature.map_err(|_signing| Fault::Crypto("a document could not be signed"))?;
        Ok(format!("{signed}.{signature}"))
    }

    /// What a token says; none when it is not one of ours or has ended.
    pub(crate) async fn read(&self, token: &str) -> office::Result<Option<Claims>> {
        let Some(kid) = decode_header(token).ok().and_then(|header| header.kid) else { return Ok(None) };
        let mut keys = self.keys(KEYS_GOOD_FOR).await?;
        if !keys.verifying.contains_key(&kid) {
            keys = self.keys(UNKNOWN_KEY_PAUSE).await?;
        }
        let Some((key, _)) = keys.verifying.get(&kid) else { return Ok(None) };
        let Ok(read) = decode::<Claims>(token, key, &self.validation()) else { return Ok(None) };
        let now = self.office.now().timestamp();
        let good = read.claims.nbf <= now + LEEWAY && now < read.claims.exp + LEEWAY;
        Ok(good.then_some(read.claims))
    }

    fn validation(&self) -> Validation {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // Checked above, against the office's clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation
    }

    /// The public keys, for whoever wants to verify our tokens.
    pub(crate) async fn jwks(&self) -> office::Result<serde_json::Value> {
        let keys = self.keys(KEYS_GOOD_FOR).await?;
        let mut list: Vec<_> = keys.verifying.iter().collect();
        list.sort_by_key(|(kid, _)| (*kid).clone());
        let one = |(kid, (_, public)): (&String, &(DecodingKey, Vec<u8>))| {
            let x = URL_SAFE_NO_PAD.encode(public);
            json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": kid, "x": x })
        };
        Ok(json!({ "keys": list.into_iter().map(one).collect::<Vec<_>>() }))
    }

    async fn keys(&self, good_for: i64) -> office::Result<Arc<Keys>> {
        let now = self.office.now();
        let known = self.keys.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(keys) = known.filter(|keys| (now - keys.read_at).num_seconds().abs() < good_for) {
            return Ok(keys);
        }
        let keys = Arc::new(read_keys(&self.office).await?);
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&keys));
        Ok(keys)
    }
}

async fn read_keys(office: &Office) -> Result<Keys, OfficeError> {
    let signing = signing_keys::current(office).await?;
    let verifying = signing_keys::verifying(office).await?;
    let verifying = verifying
        .into_iter()
        .map(|key| (key.kid, (DecodingKey::from_ed_der(&key.public), key.public)))
        .collect();
    let private = EncodingKey::from_ed_der(signing.pkcs8.expose_secret());
    Ok(Keys { read_at: office.now(), signing: (signing.kid, private), verifying })
}

#[cfg(test)]
mod tests;
