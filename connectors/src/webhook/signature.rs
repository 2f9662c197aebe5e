//! What a receiver tells our requests by: an HMAC of the instant and of what is sent. It does not know what that is.

use aws_lc_rs::hmac;
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

/// The shared secret, ready to sign.
#[derive(Debug)]
pub(super) struct Signer(hmac::Key);

/// The two headers of a signed request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Signature {
    /// Seconds since 1970.
    pub(super) timestamp: String,
    /// `sha256=` and the HMAC in lower-case hexadecimal.
    pub(super) value: String,
}

impl Signer {
    pub(super) fn new(secret: &SecretString) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes()))
    }

    /// Signs `<seconds>.<content>`: whoever catches the request cannot date it anew.
    pub(super) fn sign(&self, at: DateTime<Utc>, content: &[u8]) -> Signature {
        let timestamp = at.timestamp().to_string();
        let mut signing = hmac::Context::with_key(&self.0);
        for part in [timestamp.as_bytes(), b".", content] {
            signing.update(part);
        }
        Signature { value: format!("sha256={}", hex::encode(signing.sign())), timestamp }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_that_the_manual_shows() {
        let at = DateTime::from_timestamp(1_795_341_600, 0).unwrap();
        let signature = Signer::new(&SecretString::from("a shared secret")).sign(at, br#"{"id":"k1"}"#);
        assert_eq!(signature.timestamp, "1795341600");
        assert_eq!(
            signature.value,
            "sha256=4656070ccfae52147a75121537aaab20a85e1aaf7687d83836ba39ee5664fb6f"
        );
    }
}
