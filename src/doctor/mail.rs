//! Whether mail can leave.

use super::Check;
use crate::{config::Settings, wiring};

/// Connects to the mail server and signs in; sends nothing.
pub(super) async fn server(settings: &Settings) -> Check {
    const NAME: &str = "mail server";
    let mailer = match wiring::mail::mailer(settings) {
        Ok(Some(mailer)) => mailer,
        Ok(None) => {
            let next = "set mail.host and mail.from, then: masthead mail test ADDRESS";
            return Check::note(NAME, "none is set: mail waits in the outbox", next);
        }
        Err(error) => return Check::wrong(NAME, format!("{error:#}"), "correct [mail]"),
    };
    let at = format!("{}:{}", settings.mail.host, settings.mail.port);
    match wiring::mail::works(&mailer).await {
        Ok(()) => Check::ok(NAME, format!("{at} takes a connection; try: masthead mail test ADDRESS")),
        Err(error) => {
            let next = "correct [mail]: host, port, tls, user and password; or wait until the server is back";
            Check::wrong(NAME, format!("{at}: {error:#}"), next)
        }
    }
}
