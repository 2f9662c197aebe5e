//! What an office is founded with.

use office::offices::{CreateOffice, FirstAdministrator};
use secrecy::SecretString;

/// A new office's name and zone.
pub(crate) fn new_office(slug: &str) -> CreateOffice {
    CreateOffice {
        name: format!("Office {slug}"),
        slug: slug.to_owned(),
        time_zone: "America/Vancouver".to_owned(),
        language: "en".to_owned(),
    }
}

/// A new office's administrator.
pub(crate) fn first_administrator() -> FirstAdministrator {
    FirstAdministrator {
        name: "Ada Minh".to_owned(),
        email: "ada@example.org".to_owned(),
        password: SecretString::from("correct horse battery"),
    }
}
