//! The WordPress connector against a real WordPress, started by `tests/servers/wordpress.sh up`.
//!
//! It reads `WORDPRESS_TEST_URL`, `WORDPRESS_TEST_USER` and `WORDPRESS_TEST_PASSWORD`; without them it says
//! that it was skipped. It knows no other crate and nothing of the queue.

mod films;
mod reading;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use chrono::Utc;
use connectors::{
    ConnectionSettings, Connector, Evidence, Http, HttpLimits, LookUp, MediaPart, Message, Outcome,
    PlatformKind, VerifyFailure, connect,
};
use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use url::Url;

use crate::machine::{Machine, PIXEL, delivered};

#[derive(Clone)]
struct Site {
    url: Url,
    user: String,
    password: String,
}

#[expect(clippy::disallowed_methods, reason = "a test is told by the environment where its server is")]
fn site() -> Option<Site> {
    let read = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let site = (read("WORDPRESS_TEST_URL"), read("WORDPRESS_TEST_USER"), read("WORDPRESS_TEST_PASSWORD"));
    if let (Some(url), Some(user), Some(password)) = site {
        return Some(Site { url: url.parse().unwrap(), user, password });
    }
    println!("skipped: start tests/servers/wordpress.sh and set WORDPRESS_TEST_URL, _USER and _PASSWORD");
    None
}

impl Site {
    fn connector(&self, settings: ConnectionSettings, password: &str) -> Box<dyn Connector> {
        let settings = ConnectionSettings {
            base_url: settings.base_url.or_else(|| Some(self.url.clone())),
            username: Some(self.user.clone()),
            allow_private_hosts: true,
            ..settings
        };
        let http = Http::new(HttpLimits { total: Duration::from_secs(10), ..HttpLimits::default() }).unwrap();
        let secret = SecretString::from(password.to_owned());
        connect(
            PlatformKind::WordPress,
            &settings,
            Some(secret),
            &http,
            Arc::<Machine>::default(),
            Arc::<Machine>::default(),
        )
        .unwrap()
    }

    fn plain(&self) -> Box<dyn Connector> {
        self.connector(ConnectionSettings::default(), &self.password)
    }

    /// What a visitor gets.
    async fn visit(&self, url: &str) -> String {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.get(url).send().await.unwrap().text().await.unwrap()
    }

    /// How many public posts mention the word.
    async fn count(&self, word: &str) -> usize {
        let mut url = self.url.join("/wp-json/wp/v2/posts").unwrap();
        url.query_pairs_mut().append_pair("search", word);
        let found: serde_json::Value = serde_json::from_str(&self.visit(url.as_str()).await).unwrap();
        found.as_array().unwrap().len()
    }
}

#[expect(clippy::disallowed_methods, reason = "each run of the test needs words that no run before it had")]
fn message(name: &str) -> Message {
    let now = Utc::now();
    let key = format!("{name}-{}", now.timestamp_micros());
    Message {
        title: Some(format!("Open day & <night> {name}")),
        text: format!(
            "Doors open at ten.\nBring \"friends\" & <family> [gallery].\n\nWord of the day: {}",
            key.replace('-', "")
        ),
        idempotency_key: key,
        link: Some("https://example.org/open?day=1&night=0".to_owned()),
        language: Some("en".to_owned()),
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

fn pixel(media_type: &str, file_name: &str) -> MediaPart {
    MediaPart {
        file_name: file_name.to_owned(),
        media_type: media_type.to_owned(),
        content: Bytes::from_static(PIXEL).into(),
        alt_text: Some("An \"open\" door".to_owned()),
        sha256: "ef01".repeat(16),
        captions: Vec::new(),
    }
}

/// Passes everything on, until it is told to swallow the answer to the next post.
struct SwallowingProxy {
    url: Url,
    swallow: Arc<AtomicBool>,
    _serving: JoinSet<()>,
}

impl SwallowingProxy {
    async fn start(site: &Site) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let (swallow, upstream) = (Arc::new(AtomicBool::new(false)), site.url.socket_addrs(|| None).unwrap());
        let (armed, mut serving) = (Arc::clone(&swallow), JoinSet::new());
        serving.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                open.spawn(pass(client, TcpStream::connect(upstream[0]).await.unwrap(), Arc::clone(&armed)));
            }
        });
        Self { url, swallow, _serving: serving }
    }
}

async fn pass(mut client: TcpStream, mut server: TcpStream, swallow: Arc<AtomicBool>) {
    let (mut request, mut answer, mut lost) = (vec![0; 65536], vec![0; 65536], false);
    loop {
        tokio::select! {
            read = client.read(&mut request) => match read {
                Ok(length) if length > 0 => {
                    if request[..length].starts_with(b"POST /wp-json/wp/v2/posts") {
                        lost = swallow.swap(false, Ordering::SeqCst);
                    }
                    server.write_all(&request[..length]).await.unwrap();
                }
                _ => return,
            },
            read = server.read(&mut answer) => match read {
                // WordPress has done it; nobody hears of it.
                Ok(length) if length > 0 && !lost => client.write_all(&answer[..length]).await.unwrap(),
                _ => return,
            },
        }
    }
}

#[tokio::test]
async fn a_post_with_a_picture_is_published_found_changed_and_taken_back() {
    let Some(site) = site() else { return };
    let (connector, mut message) = (site.plain(), message("life"));
    let word = message.idempotency_key.replace('-', "");
    let profile = connector.verify().await.unwrap();
    assert_eq!(profile.handle, site.user);
    message.media.push(pixel("image/png", "door.png"));
    let receipt = delivered(connector.publish(&message).await);
    let url = receipt.url.clone().unwrap();
    let page = site.visit(&url).await;
    assert!(page.contains("alt=\"An &quot;open&quot; door\""));
    assert!(
        page.contains("&lt;family&gt; &#091;gallery&#093;") && page.contains("Open day &amp; &lt;night&gt;")
    );
    assert!((receipt.published_at.unwrap() - message.first_sent_at.unwrap()).num_seconds().abs() < 60);

    let again = delivered(connector.publish(&message).await);
    assert_eq!((again.remote_id.as_str(), again.evidence), (receipt.remote_id.as_str(), Evidence::Marker));
    assert_eq!(site.count(&word).await, 1);

    message.text = format!("Moved to Monday. {word}");
    assert_eq!(delivered(connector.update(&receipt.remote_id, &message).await).remote_id, receipt.remote_id);
    let page = site.visit(&url).await;
    assert!(page.contains("Moved to Monday.") && page.contains("alt=\"An &quot;open&quot; door\""));

    delivered(connector.delete(&receipt.remote_id).await);
    delivered(connector.delete(&receipt.remote_id).await);
    assert_eq!(site.count(&word).await, 0);
    assert!(
        matches!(connector.look_up(&message).await, LookUp::CannotTell(cause) if cause.code == "TRASHED_ON_PLATFORM")
    );
    assert!(
        matches!(connector.update("999999999", &message).await, Outcome::Refused(cause) if cause.code == "GONE")
    );
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_makes_no_second_post() {
    let Some(site) = site() else { return };
    let proxy = SwallowingProxy::start(&site).await;
    let settings = ConnectionSettings {
        base_url: Some(proxy.url.clone()),
        api_root: Some(proxy.url.join("/wp-json/").unwrap()),
        ..ConnectionSettings::default()
    };
    let (connector, message) = (site.connector(settings, &site.password), message("lost"));
    let word = message.idempotency_key.replace('-', "");
    assert_eq!(connector.look_up(&message).await, LookUp::Absent);
    proxy.swallow.store(true, Ordering::SeqCst);
    let outcome = connector.publish(&message).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    match connector.look_up(&message).await {
        LookUp::Found(receipt) => assert_eq!(receipt.evidence, Evidence::Marker),
        other => panic!("{other:?}"),
    }
    delivered(connector.publish(&message).await);
    assert_eq!(site.count(&word).await, 1);
}

#[tokio::test]
async fn a_wrong_password_is_told_from_an_empty_site() {
    let Some(site) = site() else { return };
    let (good, message) = (site.plain(), message("wrong"));
    delivered(good.publish(&message).await);
    let wrong = site.connector(ConnectionSettings::default(), "not the password");
    assert!(matches!(wrong.verify().await, Err(VerifyFailure::CredentialRejected(_))));
    assert!(matches!(wrong.publish(&message).await, Outcome::CredentialRejected(_)));
    let found = wrong.look_up(&message).await;
    assert!(matches!(found, LookUp::CannotTell(_)), "{found:?}");
}

#[tokio::test]
async fn a_file_that_the_site_does_not_take_is_refused() {
    let Some(site) = site() else { return };
    let mut message = message("odd");
    message.media.push(pixel("application/x-odd", "door.odd"));
    let outcome = site.plain().publish(&message).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "MEDIA_REFUSED"), "{outcome:?}");
}

#[tokio::test]
async fn the_api_is_found_without_pretty_addresses() {
    let Some(site) = site() else { return };
    let settings = ConnectionSettings {
        api_root: Some(site.url.join("/?rest_route=/").unwrap()),
        ..ConnectionSettings::default()
    };
    let (connector, message) = (site.connector(settings, &site.password), message("plain"));
    let receipt = delivered(connector.publish(&message).await);
    assert!(
        matches!(connector.look_up(&message).await, LookUp::Found(found) if found.remote_id == receipt.remote_id)
    );
    delivered(connector.delete(&receipt.remote_id).await);
}
