//! Facebook's way from a person's short-lived token to a Page's lasting one: the person's is made long-lived, and the Page is
//! asked for its own with it. It does not know how the person was asked.

use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use super::{
    App,
    token::{self, Given, Refused},
};
use crate::{
    http::{Line, failure::Failure},
    settings::ConnectionSettings,
};

#[derive(Deserialize)]
struct Page {
    access_token: Option<SecretString>,
}

/// The token of the Page that the settings name, for the person who was asked.
pub(super) async fn token(
    line: &Line,
    settings: &ConnectionSettings,
    app: &App,
    person: Given,
) -> Result<Given, Refused> {
    let lasting = long_lived(line, settings, app, &person).await?;
    let id = settings.username.as_deref().map(str::trim).unwrap_or_default();
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        let detail = "the channel's user name must be the Page's id, which has only digits";
        return Err(Failure::credential("PAGE_ID_INVALID", detail).into());
    }
    let mut address = join(settings, &format!("/v26.0/{id}"))?;
    address.query_pairs_mut().append_pair("fields", "access_token");
    let request = line.request(Method::GET, address).bearer_auth(lasting.access_token.expose_secret());
    let answer = crate::facebook::checked(line.exchange(request).await?)?;
    let page: Page = answer.json()?;
    page.access_token.map(Given::lasting).ok_or_else(|| {
        let detail = "the person who agreed has no role on this Page that may post";
        Failure::credential("PAGE_ROLE_MISSING", detail).into()
    })
}

/// A Page's token lasts as long as the person's that it is got with, and only a long-lived one lasts.
async fn long_lived(
    line: &Line,
    settings: &ConnectionSettings,
    app: &App,
    person: &Given,
) -> Result<Given, Refused> {
    let secret = app.client_secret.as_ref().map(secrecy::ExposeSecret::expose_secret).unwrap_or_default();
    let form = [
        ("grant_type", "fb_exchange_token"),
        ("client_id", &app.client_id),
        ("client_secret", secret),
        ("fb_exchange_token", person.access_token.expose_secret()),
    ];
    let address = join(settings, "/v26.0/oauth/access_token")?;
    token::read(&line.exchange(line.request(Method::POST, address).form(&form)).await?)
}

fn join(settings: &ConnectionSettings, path: &str) -> Result<url::Url, Refused> {
    let base =
        settings.checked_base().map_err(|error| Failure::refused("CONNECTION_INVALID", error.to_string()))?;
    Ok(base
        .join(path)
        .map_err(|_unreadable| Failure::refused("CONNECTION_INVALID", "the address cannot be read"))?)
}
