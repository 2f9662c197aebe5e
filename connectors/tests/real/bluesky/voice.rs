//! An account that speaks the protocol itself, without the connector: somebody of the public, or the office's own by hand. It
//! knows the server's words for it; it does not know what the tests make of what it says and sees.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use super::Server;

pub(super) const POST: &str = "app.bsky.feed.post";
pub(super) const REPOST: &str = "app.bsky.feed.repost";
pub(super) const LIKE: &str = "app.bsky.feed.like";

/// An account that has signed in.
pub(super) struct Voice {
    pub(super) server: Server,
    client: Client,
    token: String,
    pub(super) did: String,
    pub(super) handle: String,
}

/// A record that is there: what others name to speak of it.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) uri: String,
    cid: String,
}

impl From<&Value> for Said {
    /// By a record as its server shows it.
    fn from(kept: &Value) -> Self {
        let named = |name: &str| kept[name].as_str().unwrap().to_owned();
        Self { uri: named("uri"), cid: named("cid") }
    }
}

impl Said {
    pub(super) fn place(&self) -> Value {
        json!({ "uri": self.uri, "cid": self.cid })
    }

    pub(super) fn key(&self) -> &str {
        self.uri.rsplit('/').next().unwrap()
    }
}

/// Somebody of the public, if the environment names one.
#[expect(clippy::disallowed_methods, reason = "a test is told by the environment where its server is")]
pub(super) async fn reader(server: &Server) -> Option<Voice> {
    let read = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let named = (read("BLUESKY_TEST_OTHER_IDENTIFIER"), read("BLUESKY_TEST_OTHER_PASSWORD"));
    let (Some(identifier), Some(password)) = named else {
        println!(
            "skipped: the server has an AppView when BLUESKY_TEST_OTHER_IDENTIFIER and _PASSWORD are set"
        );
        return None;
    };
    Some(Voice::sign_in(&Server { identifier, password, ..server.clone() }).await)
}

impl Voice {
    pub(super) async fn sign_in(server: &Server) -> Self {
        let client = Client::builder().no_proxy().build().unwrap();
        let url = server.url.join("/xrpc/com.atproto.server.createSession").unwrap();
        let asked = json!({ "identifier": server.identifier, "password": server.password });
        let session = answer(client.post(url).json(&asked)).await;
        let named = |name: &str| session[name].as_str().unwrap().to_owned();
        let (token, did, handle) = (named("accessJwt"), named("did"), named("handle"));
        Self { server: server.clone(), client, token, did, handle }
    }

    async fn write(&self, method: &str, body: Value) -> Value {
        let url = self.server.url.join(&format!("/xrpc/com.atproto.repo.{method}")).unwrap();
        answer(self.client.post(url).bearer_auth(&self.token).json(&body)).await
    }

    pub(super) async fn create(&self, collection: &str, record: Value) -> Said {
        let body = json!({ "repo": self.did, "collection": collection, "record": record });
        Said::from(&self.write("createRecord", body).await)
    }

    /// All of them at once.
    pub(super) async fn create_all(&self, records: impl IntoIterator<Item = Value>) {
        let create = "com.atproto.repo.applyWrites#create";
        let writes =
            records.into_iter().map(|value| json!({ "$type": create, "collection": POST, "value": value }));
        self.write("applyWrites", json!({ "repo": self.did, "writes": writes.collect::<Vec<_>>() })).await;
    }

    pub(super) async fn put(&self, collection: &str, key: &str, record: Value) {
        let body = json!({ "repo": self.did, "collection": collection, "rkey": key, "record": record });
        self.write("putRecord", body).await;
    }

    pub(super) async fn delete(&self, collection: &str, key: &str) {
        self.write("deleteRecord", json!({ "repo": self.did, "collection": collection, "rkey": key })).await;
    }

    /// A post, as of an instant, with more of its record.
    pub(super) async fn say(&self, text: &str, at: DateTime<Utc>, more: &Value) -> Said {
        self.create(POST, post(text, at, more)).await
    }

    /// What the `AppView` shows this account.
    pub(super) async fn sees(&self, method: &str, query: &[(&str, &str)]) -> Value {
        let mut url = self.server.url.join(&format!("/xrpc/app.bsky.{method}")).unwrap();
        url.query_pairs_mut().extend_pairs(query);
        answer(self.client.get(url).bearer_auth(&self.token)).await
    }

    /// A post as it is shown, once there is one of which that holds.
    pub(super) async fn sees_post(&self, uri: &str, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        self.until(what, async || {
            let shown = self.sees("feed.getPosts", &[("uris", uri)]).await["posts"][0].clone();
            (!shown.is_null() && is(&shown)).then_some(shown)
        })
        .await
    }

    /// Sets, as people do in their app, whether those that the account does not follow are hidden from its notifications.
    pub(super) async fn hide_unfollowed(&self, hide: bool) {
        let url = self.server.url.join("/xrpc/app.bsky.notification.putPreferences").unwrap();
        let asked = self.client.post(url).bearer_auth(&self.token).json(&json!({ "priority": hide }));
        assert!(asked.send().await.unwrap().status().is_success());
        self.until("the preference", async || {
            let listed = self.sees("notification.listNotifications", &[("limit", "1")]).await;
            (listed["priority"] == hide).then_some(())
        })
        .await;
    }

    /// Waits until a post is shown no more.
    pub(super) async fn sees_none(&self, uri: &str) {
        self.until("a post to be gone", async || {
            let shown = self.sees("feed.getPosts", &[("uris", uri)]).await;
            shown["posts"].as_array().unwrap().is_empty().then_some(())
        })
        .await;
    }

    /// Waits until a profile is shown of which that holds.
    pub(super) async fn sees_profile(&self, handle: &str, is: impl Fn(&Value) -> bool) {
        self.until("the profile", async || {
            is(&self.sees("actor.getProfile", &[("actor", handle)]).await).then_some(())
        })
        .await;
    }

    /// Waits until this account was told of so many posts that have the word, newest first.
    pub(super) async fn is_told(&self, word: &str, count: usize) -> Vec<Value> {
        self.until(&format!("{count} notices of {word}"), async || {
            let (mut found, mut place) = (Vec::new(), Value::Null);
            loop {
                let mut query = vec![("limit", "100"), ("priority", "false")];
                query.extend(place.as_str().map(|place| ("cursor", place)));
                let listed = self.sees("notification.listNotifications", &query).await;
                let text = |notice: &Value| notice["record"]["text"].as_str().unwrap_or_default().to_owned();
                let all = listed["notifications"].as_array().unwrap().iter();
                found.extend(all.filter(|notice| text(notice).contains(word)).cloned());
                place = listed["cursor"].clone();
                if found.len() >= count || place.is_null() {
                    return (found.len() >= count).then_some(found);
                }
            }
        })
        .await
    }

    /// Asks until the answer is there: an `AppView` hears of a post a little later than the server that keeps it.
    async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let wait = async {
            loop {
                if let Some(found) = look().await {
                    return found;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let found = tokio::time::timeout(Duration::from_mins(1), wait).await;
        found.unwrap_or_else(|_| panic!("{} waited in vain for: {what}", self.handle))
    }
}

/// The record of a post, with more of it.
pub(super) fn post(text: &str, at: DateTime<Utc>, more: &Value) -> Value {
    let mut record = json!({ "$type": POST, "text": text, "createdAt": instant(at) });
    record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    record
}

/// What names the account in the first bytes of a post.
pub(super) fn naming(did: &str) -> Value {
    let feature = json!({ "$type": "app.bsky.richtext.facet#mention", "did": did });
    json!([{ "index": { "byteStart": 0, "byteEnd": 4 }, "features": [feature] }])
}

pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

async fn answer(request: RequestBuilder) -> Value {
    let answer = request.send().await.unwrap();
    let (status, body) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{status}: {body}");
    serde_json::from_str(&body).unwrap()
}
