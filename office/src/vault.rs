//! Secrets at rest: sealed by the deployment's master key, bound to the row that holds them, so that a sealed secret
//! copied to another row does not open. Also the hashes and random tokens of the office.

use aws_lc_rs::{
    aead::{AES_256_GCM_SIV, Aad, Nonce, RandomizedNonceKey},
    digest, hmac, rand,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretBox, SecretString};

use crate::error::{Fault, Result};

/// Seals and opens secrets.
pub struct Vault {
    key: SecretBox<[u8; 32]>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(..)")
    }
}

/// Version of the sealed form: nonce (12 bytes), then ciphertext and tag.
const SEALED_V1: u8 = 1;
const NONCE_LENGTH: usize = 12;

impl Vault {
    /// From the master key.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key: SecretBox::new(Box::new(key)) }
    }

    /// A new random master key.
    pub fn random_key() -> Result<[u8; 32]> {
        let mut key = [0u8; 32];
        rand::fill(&mut key).map_err(|_unspecified| Fault::Crypto("no randomness"))?;
        Ok(key)
    }

    fn cipher(&self) -> Result<RandomizedNonceKey> {
        RandomizedNonceKey::new(&AES_256_GCM_SIV, self.key.expose_secret())
            .map_err(|_unspecified| Fault::Crypto("the master key does not fit").into())
    }

    /// Seals `secret`; it opens only with the same `context` (table, column and row).
    pub fn seal(&self, context: &str, secret: &[u8]) -> Result<Vec<u8>> {
        let mut body = secret.to_vec();
        let nonce = self
            .cipher()?
            .seal_in_place_append_tag(Aad::from(context.as_bytes()), &mut body)
            .map_err(|_unspecified| Fault::Crypto("sealing failed"))?;
        let mut sealed = vec![SEALED_V1];
        sealed.extend_from_slice(nonce.as_ref());
        sealed.append(&mut body);
        Ok(sealed)
    }

    /// Tells equal secrets from different ones, to whoever has the master key and nobody else.
    pub(crate) fn fingerprint(&self, context: &str, secret: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.key.expose_secret());
        // A key of its own for each context: the master key itself only seals.
        let key = hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&key, context.as_bytes()).as_ref());
        hex::encode(hmac::sign(&key, secret))
    }

    /// Opens what [`Vault::seal`] sealed under the same context.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken =
            || Fault::Crypto("a stored secret does not open: is this the master key that sealed it?");
        let (version, rest) = sealed.split_first().ok_or_else(broken)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LENGTH).ok_or_else(broken)?;
        if *version != SEALED_V1 {
            return Err(broken().into());
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_wrong_length| broken())?;
        let mut body = body.to_vec();
        let open = self
            .cipher()?
            .open_in_place(nonce, Aad::from(context.as_bytes()), &mut body)
            .map(|plain| plain.to_vec());
        open.map_err(|_unspecified| broken().into())
    }
}

impl Vault {
    /// Opens a secret that is text.
    pub(crate) fn open_text(&self, context: &str, sealed: &[u8]) -> Result<SecretString> {
        let opened = self.open(context, sealed)?;
        let text = String::from_utf8(opened).map_err(|_bytes| Fault::Crypto("a stored secret is no text"))?;
        Ok(SecretString::from(text))
    }
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

/// SHA-256 in hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

/// A new random token of 256 bits with a readable prefix: shown once, stored only as its hash.
pub fn new_token(prefix: &str) -> Result<SecretString> {
    let bytes = Vault::random_key()?;
    Ok(SecretString::from(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))))
}

/// What is stored of a token.
pub fn token_hash(token: &SecretString) -> String {
    sha256_hex(token.expose_secret().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_only_in_its_own_row() {
        let vault = Vault::new([7; 32]);
        let sealed = vault.seal("channel|credential|1", b"app password").unwrap();
        assert_eq!(vault.open("channel|credential|1", &sealed).unwrap(), b"app password");
        assert!(vault.open("channel|credential|2", &sealed).is_err());
        assert!(Vault::new([8; 32]).open("channel|credential|1", &sealed).is_err());
        for cut in 0..sealed.len() {
            assert!(vault.open("channel|credential|1", &sealed[..cut]).is_err());
        }
        assert!(!sealed.windows(12).any(|window| window == b"app password"));
    }

    #[test]
    fn a_fingerprint_depends_on_key_context_and_secret() {
        let vault = Vault::new([7; 32]);
        let one = vault.fingerprint("a", b"secret");
        assert_eq!(one, vault.fingerprint("a", b"secret"));
        assert_ne!(one, vault.fingerprint("b", b"secret"));
        assert_ne!(one, vault.fingerprint("a", b"other"));
        assert_ne!(one, Vault::new([8; 32]).fingerprint("a", b"secret"));
    }
}
