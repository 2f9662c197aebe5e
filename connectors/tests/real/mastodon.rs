//! The Mastodon connector against a server of Mastodon's API that others wrote, started by `tests/servers/mastodon.sh up`. It is
//! not Mastodon: where it parts from Mastodon's documentation, nothing is asserted.
//!
//! It reads `MASTODON_TEST_URL`, `MASTODON_TEST_TOKEN` and `MASTODON_TEST_OTHER_TOKEN`; without them it says that it was skipped.
//! Each test has an account of its own. It knows no other crate and nothing of the queue.

mod limits;
mod lost;
mod others;
mod rights;

use std::{sync::Arc, time::Duration};

use connectors::{
    ConnectionSettings, Connector, Difference, Evidence, Follows, Http, HttpLimits, LookUp, Message, Outcome,
    PlatformKind, Standing, connect,
};
use reqwest::{Method, multipart::Form};
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use crate::{
    bluesky::{message, pixel},
    machine::{Machine, delivered},
};

#[derive(Clone)]
struct Server {
    url: Url,
    token: String,
    other_token: String,
}

#[expect(clippy::disallowed_methods, reason = "a test is told by the environment where its server is")]
fn server() -> Option<Server> {
    let read = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let told = (read("MASTODON_TEST_URL"), read("MASTODON_TEST_TOKEN"), read("MASTODON_TEST_OTHER_TOKEN"));
    if let (Some(url), Some(token), Some(other_token)) = told {
        return Some(Server { url: url.parse().unwrap(), token, other_token });
    }
    println!("skipped: start tests/servers/mastodon.sh and set MASTODON_TEST_URL, _TOKEN and _OTHER_TOKEN");
    None
}

fn http() -> Http {
    Http::new(HttpLimits { total: Duration::from_secs(10), ..HttpLimits::default() }).unwrap()
}

fn settings(url: &Url) -> ConnectionSettings {
    ConnectionSettings {
        base_url: Some(url.clone()),
        allow_private_hosts: true,
        ..ConnectionSettings::default()
    }
}

fn at(url: &Url, token: &str) -> Box<dyn Connector> {
    let secret = SecretString::from(token.to_owned());
    let (feed, clock) = (Arc::<Machine>::default(), Arc::<Machine>::default());
    connect(PlatformKind::Mastodon, &settings(url), Some(secret), &http(), feed, clock).unwrap()
}

impl Server {
    /// An account that nobody else posts from: a look-up reads its latest statuses.
    async fn account(&self, name: &str) -> Account {
        let name = message(name).idempotency_key;
        let form = Form::new()
            .text("username", name.clone())
            .text("email", format!("{name}@example.test"))
            .text("password", name.clone())
            .text("locale", "en")
            .text("agreement", "true");
        let client = client();
        let request = client.post(self.url.join("/api/v1/accounts").unwrap()).bearer_auth(&self.token);
        let made = body(request.multipart(form)).await;
        Account {
            url: self.url.clone(),
            client,
            name,
            token: made["access_token"].as_str().unwrap().to_owned(),
        }
    }

    /// Somebody of the public.
    fn reader(&self) -> Account {
        Account {
            url: self.url.clone(),
            client: client(),
            name: "reader_one".to_owned(),
            token: self.other_token.clone(),
        }
    }
}

/// What its owner does there by hand.
struct Account {
    url: Url,
    client: reqwest::Client,
    name: String,
    token: String,
}

impl Account {
    fn connector(&self) -> Box<dyn Connector> {
        at(&self.url, &self.token)
    }

    async fn ask(&self, method: Method, route: &str, fields: Option<Value>) -> Value {
        let request = self.client.request(method, self.url.join("/api/v1/").unwrap().join(route).unwrap());
        let request = request.bearer_auth(&self.token);
        body(match fields {
            Some(fields) => request.json(&fields),
            None => request,
        })
        .await
    }

    async fn say(&self, fields: Value) -> Value {
        self.ask(Method::POST, "statuses", Some(fields)).await
    }

    async fn status(&self, remote_id: &str) -> Value {
        self.ask(Method::GET, &format!("statuses/{remote_id}"), None).await
    }

    /// The account's latest statuses.
    async fn statuses(&self) -> Vec<Value> {
        let me = self.ask(Method::GET, "accounts/verify_credentials", None).await;
        let route = format!("accounts/{}/statuses?limit=40", me["id"].as_str().unwrap());
        self.ask(Method::GET, &route, None).await.as_array().unwrap().clone()
    }
}

fn client() -> reqwest::Client {
    let unguided = reqwest::redirect::Policy::none();
    reqwest::Client::builder().no_proxy().redirect(unguided).build().unwrap()
}

async fn body(request: reqwest::RequestBuilder) -> Value {
    let answer = request.send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{status} {text}");
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn the_account_and_what_its_server_lets_it_do_are_told() {
    let Some(server) = server() else { return };
    let profile = at(&server.url, &server.token).verify().await.unwrap();
    assert_eq!(
        (profile.handle.as_str(), profile.display_name.as_deref()),
        ("commsdesk", Some("Press office"))
    );
    assert_eq!(profile.url, Some(server.url.join("/@commsdesk").unwrap().to_string()));
    assert_eq!(profile.bio.as_deref(), Some("Run by the press office"));
    let can = profile.capabilities;
    assert_eq!((can.text.max, can.text.link_weight, can.max_media), (Some(500), Some(23), 4));
    assert_eq!(can.max_media_bytes, Some(10_485_760));
    assert!(can.media_types.contains(&"image/png".to_owned()), "{can:?}");
    assert!(!can.idempotent_send, "only Mastodon itself is known to keep keys");
}

#[tokio::test]
async fn a_post_is_published_once_found_changed_and_taken_back() {
    let Some(server) = server() else { return };
    let office = server.account("life").await;
    let (connector, mut message) = (office.connector(), message("life"));
    message.text.push_str("\n\nAsk @reader_one.");
    assert_eq!(connector.look_up(&message).await, LookUp::Absent);
    let receipt = delivered(connector.publish(&message).await);
    assert_eq!(receipt.evidence, Evidence::Answer);
    let status = office.status(&receipt.remote_id).await;
    assert_eq!(receipt.url.as_deref(), status["url"].as_str());
    assert_eq!((&status["visibility"], &status["language"]), (&json!("public"), &json!("en")));
    assert_eq!(status["mentions"][0]["acct"], "reader_one");
    assert_eq!(status["tags"][0]["name"], "openday");
    assert!(
        status["content"].as_str().unwrap().contains("href=\"https://example.org/open?day=1&amp;night=0\"")
    );
    assert!((receipt.published_at.unwrap() - message.first_sent_at.unwrap()).num_seconds().abs() < 60);

    let again = delivered(connector.publish(&message).await);
    assert_eq!((again.remote_id.as_str(), office.statuses().await.len()), (receipt.remote_id.as_str(), 1));
    assert!(
        matches!(connector.look_up(&message).await, LookUp::Found(found) if found.remote_id == again.remote_id)
    );
    assert_eq!(connector.read_back(&receipt.remote_id, &message).await, Standing::AsSent);

    let sent = message.clone();
    message.text = "Moved to Monday.".to_owned();
    delivered(connector.update(&receipt.remote_id, &message).await);
    assert_eq!(connector.read_back(&receipt.remote_id, &message).await, Standing::AsSent);
    assert_eq!(connector.read_back(&receipt.remote_id, &sent).await, Standing::Changed(Difference::Words));
    let status = office.status(&receipt.remote_id).await;
    assert_eq!(status["created_at"].as_str().unwrap().parse(), Ok(receipt.published_at.unwrap()));

    delivered(connector.delete(&receipt.remote_id).await);
    delivered(connector.delete(&receipt.remote_id).await);
    assert!(office.statuses().await.is_empty());
    assert_eq!(connector.look_up(&message).await, LookUp::Absent);
    assert_eq!(connector.read_back(&receipt.remote_id, &message).await, Standing::Gone);
    let late = connector.update(&receipt.remote_id, &message).await;
    assert!(matches!(&late, Outcome::Refused(cause) if cause.code == "GONE"), "{late:?}");
}

#[tokio::test]
async fn each_picture_says_what_it_shows() {
    let Some(server) = server() else { return };
    let office = server.account("picture").await;
    let (connector, mut message) = (office.connector(), message("picture"));
    message.media.push(pixel());
    message.media.push(pixel());
    message.media[1].alt_text = Some("Ein Türgriff".to_owned());
    let id = delivered(connector.publish(&message).await).remote_id;
    let status = office.status(&id).await;
    let told: Vec<_> = status["media_attachments"].as_array().unwrap().iter().collect();
    assert_eq!(
        told.iter().map(|one| &one["description"]).collect::<Vec<_>>(),
        ["An \"open\" door", "Ein Türgriff"]
    );
    assert!(told.iter().all(|one| one["type"] == "image"), "{told:?}");
    assert!(matches!(connector.look_up(&message).await, LookUp::Found(found) if found.remote_id == id));

    assert_eq!(connector.read_back(&id, &message).await, Standing::AsSent);
    message.media[1].alt_text = None;
    assert_eq!(connector.read_back(&id, &message).await, Standing::Changed(Difference::AltText));
    message.media.pop();
    assert_eq!(connector.read_back(&id, &message).await, Standing::Changed(Difference::Media));
    assert_eq!(
        connector.look_up(&message).await,
        LookUp::Absent,
        "another number of pictures is another post"
    );
}

#[tokio::test]
async fn a_thread_is_answers_and_nothing_answers_what_is_gone() {
    let Some(server) = server() else { return };
    let office = server.account("thread").await;
    let connector = office.connector();
    let first = delivered(connector.publish(&message("first")).await).remote_id;
    let follows = Some(Follows { remote_id: first.clone(), root_id: first.clone() });
    let second = Message { follows, ..message("second") };
    assert_eq!(connector.look_up(&second).await, LookUp::Absent);
    let second_id = delivered(connector.publish(&second).await).remote_id;
    let status = office.status(&second_id).await;
    assert_eq!(status["in_reply_to_id"], first.as_str());
    assert_eq!(status["in_reply_to_account_id"], status["account"]["id"]);
    assert!(matches!(connector.look_up(&second).await, LookUp::Found(found) if found.remote_id == second_id));
    let alone = Message { follows: None, ..second.clone() };
    assert_eq!(connector.look_up(&alone).await, LookUp::Absent, "an answer is no post of its own");

    // This server, unlike Mastodon, would let an answer to nothing stand.
    delivered(connector.delete(&second_id).await);
    let follows = Some(Follows { remote_id: second_id, root_id: first });
    let orphan = Message { follows, ..message("orphan") };
    let outcome = connector.publish(&orphan).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "FOLLOWED_GONE"), "{outcome:?}");
    assert_eq!(office.statuses().await.len(), 1);
}
