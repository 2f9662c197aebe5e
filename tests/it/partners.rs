//! The network that the office supports: partners are recorded, and what they publish is passed on as a draft like any other,
//! through the same gates, once.

mod passing_on;
mod quoting;
mod records;

use connectors::fake::{Dialect, FakePlatform, SECRET, USERNAME};
use serde_json::{Value, json};

use crate::support::story::{Story, address};

/// A lost answer, or a dead worker, is noticed and looked into within seconds.
const QUICK: &[&str] = &[
    "worker.credentials_every_seconds=1",
    "worker.release_every_seconds=1",
    "worker.drain_seconds=8",
    "http.connect_seconds=1",
    "http.read_seconds=5",
    "http.total_seconds=5",
    "http.preparation_seconds=5",
    "limits.lease_seconds=15",
    "limits.look_up_after_seconds=5",
    "limits.backoff_seconds=1",
];

fn code_of(answer: &Value) -> &str {
    answer["userErrors"][0]["code"].as_str().unwrap_or_default()
}

fn message_of(answer: &Value) -> &str {
    answer["userErrors"][0]["message"].as_str().unwrap_or_default()
}

/// A partner, with these accounts.
fn partner(name: &str, accounts: &[&str]) -> Value {
    json!({ "name": name, "why": "They run the clinics that we write for", "accounts": accounts })
}

/// A draft that passes a post on.
fn passing(url: &str, channels: &[&str]) -> Value {
    let targets: Vec<_> = channels.iter().map(|id| json!({ "channelId": id })).collect();
    json!({ "title": "The partner's news", "amplifies": url, "capacity": "OFFICIAL", "targets": targets })
}

/// An office with an active account on a Mastodon server.
struct Account {
    story: Story,
    server: FakePlatform,
    channel: String,
}

impl Account {
    async fn open(story: Story) -> Self {
        let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
        let channel = connected(&story, &server, USERNAME, &[&story.feed]).await;
        Self { story, server, channel }
    }

    /// The same on any platform, beside the other channels of the office.
    async fn on(platform: &str, server: FakePlatform, story: Story, considered: &[&str]) -> Self {
        let handle = format!("press-{}", platform.to_lowercase());
        server.rename(&handle);
        let channel = story.channel(platform, &handle, &address(platform, &handle), considered).await;
        let username = server.settings().username.unwrap();
        story.connect(&channel, server.base_url().as_str(), &username, SECRET).await;
        story.activate(&channel).await;
        Self { story, server, channel }
    }

    async fn create(&self, content: Value) -> Value {
        let create = json!({ "initiativeId": self.story.initiative, "content": content });
        self.story.author.attempt("createDraft", create, "draft { id }").await
    }

    async fn drafted(&self, url: &str) -> String {
        let made = self.create(passing(url, &[&self.channel])).await;
        made["draft"]["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
    }

    /// An approved draft that passes a post on, scheduled at once.
    async fn scheduled(&self, url: &str) -> String {
        let draft = self.drafted(url).await;
        self.story.approve(&draft).await;
        self.story.schedule_now(&draft).await.remove(0)
    }

    /// What the platform was made to pass on; the account itself has said nothing.
    fn passed_on(&self) -> Vec<String> {
        assert!(self.server.applied().is_empty(), "nothing is said");
        self.server.amplified()
    }
}

/// An active channel that is connected to the server under this handle.
async fn connected(story: &Story, server: &FakePlatform, handle: &str, considered: &[&str]) -> String {
    server.rename(handle);
    let url = format!("https://social.example/@{handle}");
    let channel = story.channel("MASTODON", handle, &url, considered).await;
    story.connect(&channel, server.base_url().as_str(), USERNAME, SECRET).await;
    story.activate(&channel).await;
    channel
}
