//! The Bluesky connector against a real AT Protocol server and its `AppView`, started by `tests/servers/bluesky.sh up`.
//!
//! It reads `BLUESKY_TEST_URL` (the address), `BLUESKY_TEST_IDENTIFIER` and `BLUESKY_TEST_PASSWORD`, and for what the `AppView`
//! tells another account, `BLUESKY_TEST_OTHER_IDENTIFIER` and `_OTHER_PASSWORD`; without them it says that it was skipped. It
//! knows no other crate and nothing of the queue.

mod proxy;
mod quotes;
mod shown;
mod threads;
mod told;
mod voice;

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use chrono::{TimeDelta, Utc};
use connectors::{
    ConnectionSettings, Connector, Evidence, Http, HttpLimits, LookUp, MediaPart, Message, Outcome,
    PlatformKind, VerifyFailure, connect,
};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use crate::machine::{Machine, PIXEL, delivered};
pub(crate) use proxy::{SwallowingProxy, Watch};

#[derive(Clone)]
struct Server {
    url: Url,
    identifier: String,
    password: String,
}

#[expect(clippy::disallowed_methods, reason = "a test is told by the environment where its server is")]
fn server() -> Option<Server> {
    let read = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let account = (read("BLUESKY_TEST_URL"), read("BLUESKY_TEST_IDENTIFIER"), read("BLUESKY_TEST_PASSWORD"));
    if let (Some(url), Some(identifier), Some(password)) = account {
        return Some(Server { url: url.parse().unwrap(), identifier, password });
    }
    println!("skipped: start tests/servers/bluesky.sh and set BLUESKY_TEST_URL, _IDENTIFIER and _PASSWORD");
    None
}

impl Server {
    fn at(&self, url: &Url, password: &str) -> Box<dyn Connector> {
        self.by(url, password, Arc::default())
    }

    fn by(&self, url: &Url, password: &str, clock: Arc<Machine>) -> Box<dyn Connector> {
        let settings = ConnectionSettings {
            base_url: Some(url.clone()),
            username: Some(self.identifier.clone()),
            allow_private_hosts: true,
            ..ConnectionSettings::default()
        };
        let http = Http::new(HttpLimits { total: Duration::from_secs(10), ..HttpLimits::default() }).unwrap();
        let secret = SecretString::from(password.to_owned());
        let feed = Arc::<Machine>::default();
        connect(PlatformKind::Bluesky, &settings, Some(secret), &http, feed, clock).unwrap()
    }

    fn connector(&self) -> Box<dyn Connector> {
        self.at(&self.url, &self.password)
    }

    /// What anybody may read.
    async fn read(&self, method: &str, query: &[(&str, &str)]) -> Value {
        let mut url = self.url.join(&format!("/xrpc/{method}")).unwrap();
        url.query_pairs_mut().append_pair("repo", &self.identifier).extend_pairs(query);
        url.query_pairs_mut().append_pair("collection", "app.bsky.feed.post");
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.get(url).send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice(&answer).unwrap()
    }

    /// How many of the account's last posts have the word.
    async fn count(&self, word: &str) -> usize {
        let listed = self.read("com.atproto.repo.listRecords", &[("limit", "100")]).await;
        let records = listed["records"].as_array().unwrap();
        records.iter().filter(|record| record["value"]["text"].as_str().unwrap().contains(word)).count()
    }

    async fn record(&self, remote_id: &str) -> Value {
        let key = remote_id.rsplit('/').next().unwrap();
        self.read("com.atproto.repo.getRecord", &[("rkey", key)]).await
    }
}

#[expect(clippy::disallowed_methods, reason = "each run of the test needs words that no run before it had")]
pub(crate) fn message(name: &str) -> Message {
    let now = Utc::now();
    let key = format!("{name}{}", now.timestamp_micros());
    Message {
        title: Some("Open day".to_owned()),
        text: format!("Türen öffnen um zehn. 👩‍👩‍👧 #OpenDay\n\nWord of the day: {key}"),
        idempotency_key: key,
        link: Some("https://example.org/open?day=1&night=0".to_owned()),
        language: Some("en-CA".to_owned()),
        media: Vec::new(),
        follows: None,
        quotes: None,
        answers: None,
        due_at: Some(now),
        first_sent_at: Some(now),
        last_sent_at: Some(now),
        prepared: connectors::Prepared::default(),
        not_after: None,
    }
}

pub(crate) fn pixel() -> MediaPart {
    MediaPart {
        file_name: "door.png".to_owned(),
        media_type: "image/png".to_owned(),
        content: Bytes::from_static(PIXEL).into(),
        alt_text: Some("An \"open\" door".to_owned()),
        sha256: "ef01".repeat(16),
        captions: Vec::new(),
    }
}

#[tokio::test]
async fn a_post_with_a_picture_is_published_once_found_changed_and_taken_back() {
    let Some(server) = server() else { return };
    let (connector, mut message) = (server.connector(), message("life"));
    let word = message.idempotency_key.clone();
    let profile = connector.verify().await.unwrap();
    assert_eq!(profile.handle, server.identifier);
    assert_eq!(connector.look_up(&message).await, LookUp::Absent);
    message.media.push(pixel());
    let receipt = delivered(connector.publish(&message).await);
    assert_eq!(receipt.evidence, Evidence::Answer);
    let page = format!("https://bsky.app/profile/{}/post/", server.identifier);
    assert!(receipt.url.as_ref().unwrap().starts_with(&page));

    let again = delivered(connector.publish(&message).await);
    assert_eq!(
        (again.remote_id.as_str(), again.evidence),
        (receipt.remote_id.as_str(), Evidence::IdempotencyKey)
    );
    assert_eq!(server.count(&word).await, 1);

    let published_at = receipt.published_at;
    message.text = format!("Moved to Monday. {word}");
    let changed = delivered(connector.update(&receipt.remote_id, &message).await);
    assert!((changed.published_at.unwrap() - published_at.unwrap()).abs() < TimeDelta::milliseconds(1));
    assert!(
        matches!(connector.look_up(&message).await, LookUp::Found(found) if found.remote_id == receipt.remote_id)
    );

    delivered(connector.delete(&receipt.remote_id).await);
    delivered(connector.delete(&receipt.remote_id).await);
    assert_eq!(server.count(&word).await, 0);
    assert_eq!(connector.look_up(&message).await, LookUp::Absent);
    assert!(
        matches!(connector.update(&receipt.remote_id, &message).await, Outcome::Refused(cause) if cause.code == "GONE")
    );
}

#[tokio::test]
async fn a_picture_says_what_it_shows() {
    let Some(server) = server() else { return };
    let (connector, mut message) = (server.connector(), message("picture"));
    message.media.push(pixel());
    let receipt = delivered(connector.publish(&message).await);
    let record = server.record(&receipt.remote_id).await["value"].clone();
    let image = &record["embed"]["images"][0];
    assert_eq!(
        (&image["alt"], &image["image"]["mimeType"]),
        (&"An \"open\" door".into(), &"image/png".into())
    );
    assert_eq!(image["aspectRatio"], serde_json::json!({ "width": 1, "height": 1 }));
    assert_eq!(
        (&record["langs"], &record["text"]),
        (&serde_json::json!(["en"]), &message.text_with_link().into())
    );
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_makes_no_second_post() {
    let Some(server) = server() else { return };
    let proxy = SwallowingProxy::start(&server.url).await;
    let (connector, message) = (server.at(&proxy.url, &server.password), message("lost"));
    assert_eq!(connector.look_up(&message).await, LookUp::Absent);
    proxy.swallow.store(true, Ordering::SeqCst);
    let outcome = connector.publish(&message).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    match connector.look_up(&message).await {
        LookUp::Found(receipt) => assert_eq!(receipt.evidence, Evidence::IdempotencyKey),
        other => panic!("{other:?}"),
    }
    delivered(connector.publish(&message).await);
    // An attempt that is made otherwise meets the first one all the same.
    let later = Message {
        first_sent_at: message.first_sent_at.map(|at| at + TimeDelta::seconds(1)),
        ..message.clone()
    };
    let outcome = connector.publish(&later).await;
    assert!(matches!(&outcome, Outcome::Unknown(cause) if cause.code == "ALREADY_THERE"), "{outcome:?}");
    assert_eq!(server.count(&message.idempotency_key).await, 1);
}

#[tokio::test]
async fn the_server_keeps_what_the_bytes_of_each_facet_are() {
    let Some(server) = server() else { return };
    let (connector, message) = (server.connector(), message("facets"));
    let receipt = delivered(connector.publish(&message).await);
    let record = server.record(&receipt.remote_id).await["value"].clone();
    let text = record["text"].as_str().unwrap().as_bytes();
    let place = |facet: &Value, end: &str| usize::try_from(facet["index"][end].as_u64().unwrap()).unwrap();
    let facets = record["facets"].as_array().unwrap();
    let seen: Vec<&str> = facets
        .iter()
        .map(|facet| str::from_utf8(&text[place(facet, "byteStart")..place(facet, "byteEnd")]).unwrap())
        .collect();
    assert_eq!(seen, ["#OpenDay", "https://example.org/open?day=1&night=0"]);
}

#[tokio::test]
async fn a_link_has_a_card_and_a_mention_its_account() {
    let Some(server) = server() else { return };
    let (connector, mut message) = (server.connector(), message("card"));
    message.text =
        format!("By @{} and @nobody.{} {}", server.identifier, server.identifier, message.idempotency_key);
    let receipt = delivered(connector.publish(&message).await);
    let record = server.record(&receipt.remote_id).await["value"].clone();
    assert_eq!(record["embed"]["external"]["uri"], "https://example.org/open?day=1&night=0");
    assert_eq!(record["embed"]["external"]["title"], "Open day");
    let facets = record["facets"].as_array().unwrap();
    assert_eq!(facets.len(), 2, "{facets:?}");
    assert_eq!(receipt.remote_id.split('/').nth(2), facets[0]["features"][0]["did"].as_str());
}

#[tokio::test]
async fn a_session_is_renewed_before_it_ends() {
    let Some(server) = server() else { return };
    let (proxy, clock) = (SwallowingProxy::start(&server.url).await, Arc::<Machine>::default());
    let connector = server.by(&proxy.url, &server.password, Arc::clone(&clock));
    connector.verify().await.unwrap();
    clock.ahead.store(true, Ordering::SeqCst);
    let receipt = delivered(connector.publish(&message("renewed")).await);
    delivered(connector.delete(&receipt.remote_id).await);
    let seen = proxy.seen.lock().unwrap();
    let count = |call| seen.iter().filter(|line| line.contains(call)).count();
    assert_eq!((count("createSession"), count("refreshSession"), count("putRecord")), (1, 1, 1), "{seen:?}");
}

#[tokio::test]
async fn a_wrong_password_is_told_from_an_empty_account() {
    let Some(server) = server() else { return };
    let (wrong, message) = (server.at(&server.url, "not-the-pass-word"), message("wrong"));
    assert!(matches!(wrong.verify().await, Err(VerifyFailure::CredentialRejected(_))));
    assert!(matches!(wrong.publish(&message).await, Outcome::CredentialRejected(_)));
    let found = wrong.look_up(&message).await;
    assert!(matches!(found, LookUp::CannotTell(_)), "{found:?}");
}

#[tokio::test]
async fn what_the_server_does_not_take_is_refused_and_what_fits_is_not() {
    let Some(server) = server() else { return };
    let (connector, mut long) = (server.connector(), message("long"));
    long.link = None;
    long.text = "ä".repeat(300);
    let receipt = delivered(connector.publish(&long).await);
    delivered(connector.delete(&receipt.remote_id).await);
    let mut odd = message("odd");
    odd.language = Some("xx-nonsense-nonsense".to_owned());
    odd.link = Some("https://".to_owned() + &"a".repeat(20));
    delivered(connector.publish(&odd).await);
    let mut strange = message("strange");
    strange.link = Some("no address at all".to_owned());
    let outcome = connector.publish(&strange).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.http_status == Some(400)), "{outcome:?}");
}
