//! Passwords for the command line: read from a file or standard input, or made. Never a flag's value, which others on
//! the machine can read.

use std::{io::Read as _, path::Path};

use anyhow::{Context as _, bail};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{cli::PasswordFrom, output};

/// A password, and whether it was made here.
pub(super) struct Password {
    pub(super) secret: SecretString,
    made: bool,
}

/// The password that the command line means.
pub(super) fn get(from: &PasswordFrom) -> anyhow::Result<Password> {
    let Some(path) = &from.password_file else {
        return Ok(Password { secret: office::new_token("")?, made: true });
    };
    let secret = read(path)?;
    if secret.expose_secret().is_empty() {
        bail!("the password is empty: leave --password-file out to have one made");
    }
    Ok(Password { secret, made: false })
}

/// A secret from a file, or from standard input with `-`.
pub(super) fn read(path: &Path) -> anyhow::Result<SecretString> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("the secret could not be read from standard input")?;
        text
    } else {
        std::fs::read_to_string(path)
            .with_context(|| format!("the file {} cannot be read", path.display()))?
    };
    Ok(SecretString::from(text.trim_end_matches(['\n', '\r'])))
}

impl Password {
    /// The password, if it was made here: nobody else knows it.
    pub(super) fn to_show(&self) -> Option<&str> {
        self.made.then(|| self.secret.expose_secret())
    }

    /// Prints it, if it was made here.
    pub(super) fn show(&self) {
        if let Some(password) = self.to_show() {
            output::message("the password, shown once:");
            output::line(password);
        }
    }
}
