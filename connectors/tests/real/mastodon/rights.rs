//! Credentials: how one is got by asking a person, one that is not known, and one that may only read. This server asks nobody for a
//! password, and checks neither the application's secret nor the verifier: those are not tried.

use connectors::{
    LookUp, Outcome, PlatformKind, Standing, Unread, VerifyFailure,
    oauth::{self, App, Consent, Exchange, Grant},
};
use reqwest::multipart::Form;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use url::Url;

use super::{Account, at, body, http, server, settings};
use crate::{bluesky::message, machine::delivered};

/// Registers an application and agrees to it as the account's owner, whose browser comes back with a code.
async fn granted(office: &Account, scopes: &str) -> Grant {
    let redirect_uri: Url = "https://desk.example/connect/callback".parse().unwrap();
    let fields =
        json!({ "client_name": "Masthead", "redirect_uris": redirect_uri.as_str(), "scopes": scopes });
    let made = body(office.client.post(office.url.join("/api/v1/apps").unwrap()).json(&fields)).await;
    let told = |name: &str| made[name].as_str().unwrap().to_owned();
    let app = App { client_id: told("client_id"), client_secret: Some(told("client_secret").into()) };
    let settings = settings(&office.url);
    let consent = Consent { redirect_uri: &redirect_uri, state: "s1", verifier: "v1" };
    let asked = oauth::consent_url(PlatformKind::Mastodon, &settings, &app, consent).unwrap();

    let page = office.client.get(asked.clone()).send().await.unwrap();
    assert_eq!(page.status(), 200, "the server asks a person");
    let mut form = Form::new().text("username", office.name.clone());
    for (name, value) in asked.query_pairs() {
        form = form.text(name.into_owned(), value.into_owned());
    }
    let agreed = office
        .client
        .post(office.url.join("/oauth/authorize").unwrap())
        .multipart(form)
        .send()
        .await
        .unwrap();
    let back: Url = agreed.headers()["location"].to_str().unwrap().parse().unwrap();
    assert!(back.as_str().starts_with(redirect_uri.as_str()), "{back}");
    let brought = |name| back.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    assert_eq!(brought("state"), "s1");
    let (code, verifier) = (SecretString::from(brought("code")), SecretString::from("v1"));
    let exchange = Exchange::Code { code: &code, verifier: &verifier, redirect_uri: &redirect_uri };
    oauth::grant(PlatformKind::Mastodon, &settings, &app, exchange, &http()).await.unwrap()
}

#[tokio::test]
async fn a_person_who_agrees_gives_a_credential_of_their_account() {
    let Some(server) = server() else { return };
    let office = server.account("consent").await;
    let grant = granted(&office, "read write:statuses write:media").await;
    assert_eq!((grant.missing_scopes.as_slice(), grant.lifetime), (&[][..], None));
    let connector = at(&office.url, grant.access.expose_secret());
    assert_eq!(connector.verify().await.unwrap().handle, office.name);
}

#[tokio::test]
async fn a_credential_that_may_only_read_publishes_nothing() {
    let Some(server) = server() else { return };
    let office = server.account("reads").await;
    let grant = granted(&office, "read").await;
    assert_eq!(grant.missing_scopes, ["write:statuses", "write:media"]);
    let (connector, message) = (at(&office.url, grant.access.expose_secret()), message("reads"));
    assert_eq!(connector.verify().await.unwrap().handle, office.name);
    let outcome = connector.publish(&message).await;
    assert!(
        matches!(&outcome, Outcome::CredentialRejected(cause) if cause.code == "FORBIDDEN"),
        "{outcome:?}"
    );
    assert!(office.statuses().await.is_empty());
    assert_eq!(connector.look_up(&message).await, LookUp::Absent);
}

#[tokio::test]
async fn a_credential_that_is_not_known_is_told_from_an_empty_account() {
    let Some(server) = server() else { return };
    let office = server.account("wrong").await;
    let (good, wrong, message) = (office.connector(), at(&server.url, "not-a-token"), message("wrong"));
    let id = delivered(good.publish(&message).await).remote_id;
    assert!(matches!(wrong.verify().await, Err(VerifyFailure::CredentialRejected(_))));
    assert!(matches!(wrong.publish(&message).await, Outcome::CredentialRejected(_)));
    assert!(matches!(wrong.update(&id, &message).await, Outcome::CredentialRejected(_)));
    assert!(matches!(wrong.delete(&id).await, Outcome::CredentialRejected(_)));
    assert!(matches!(wrong.inbound(None).await, Err(Unread::CredentialRejected(_))));
    let found = wrong.look_up(&message).await;
    assert!(matches!(found, LookUp::CannotTell(_)), "{found:?}");
    assert_eq!(good.read_back(&id, &message).await, Standing::AsSent);
    delivered(good.delete(&id).await);
    let standing = wrong.read_back(&id, &message).await;
    assert!(matches!(standing, Standing::CannotTell(_)), "{standing:?}");
}
