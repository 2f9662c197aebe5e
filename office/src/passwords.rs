//! Passwords: Argon2id, two at a time, off the threads that serve requests. Knows no members.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

use crate::{
    Limits,
    error::{Fault, RefusalCode, Result, refuse},
};

/// Each hash takes 19 MiB and a core: more at a time would let sign-ins crowd everything else out.
static HASHING: Semaphore = Semaphore::const_new(2);

/// Longest password, in bytes: hashing time must not depend on who sends how much.
const PASSWORD_BYTES: usize = 1_024;

/// The hash of nothing that anybody can type, with the parameters of real ones: verified for unknown users, so that
/// the time taken does not tell who exists.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Refuses a password that is too short or too long.
pub(crate) fn fits(limits: &Limits, field: &str, password: &SecretString) -> Result<()> {
    let password = password.expose_secret();
    if password.chars().count() < limits.password_chars {
        let message = format!("{field} must have at least {} characters", limits.password_chars);
        return refuse(RefusalCode::Invalid, field, message);
    }
    if password.len() > PASSWORD_BYTES {
        let message = format!("{field} must have at most {PASSWORD_BYTES} bytes");
        return refuse(RefusalCode::TooLong, field, message);
    }
    Ok(())
}

/// The PHC string to store.
pub(crate) async fn hash(password: SecretString) -> Result<String> {
    off_thread(move || {
        let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|_cause| Fault::Crypto("a password could not be hashed"))
    })
    .await
}

/// Whether the password is the stored one. With nothing stored it takes as long and says no.
pub(crate) async fn verify(password: SecretString, stored: Option<String>) -> Result<bool> {
    if password.expose_secret().len() > PASSWORD_BYTES {
        return Ok(false);
    }
    off_thread(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        let hash = PasswordHash::new(&stored)
            .map_err(|_unreadable| Fault::Crypto("a stored password hash cannot be read"))?;
        let same = Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok();
        Ok(known && same)
    })
    .await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T> {
    let _turn = HASHING.acquire().await.map_err(|_closed| Fault::Crypto("hashing is closed"))?;
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|_panicked| Fault::Crypto("hashing stopped"))??)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_somebody_known_passes() {
        let right = SecretString::from("correct horse battery staple");
        let stored = hash(right.clone()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify(right.clone(), Some(stored.clone())).await.unwrap());
        assert!(!verify(SecretString::from("wrong"), Some(stored)).await.unwrap());
        assert!(!verify(right, None).await.unwrap());
    }
}
