//! Every platform through the public API: connected, published to, killed between the platform's doing and our knowing, and
//! taken back. What is peculiar to one platform is its connector's to test.

use chrono::TimeDelta;
use connectors::fake::{Answer, Call, Dialect, FakePlatform, SECRET, Script};
use office::{Clock as _, SystemClock};
use serde_json::{Value, json};

use crate::support::{
    client::until,
    engine::engines,
    program::Deployment,
    story::{Story, address, content},
};

const GUIDE: &str = include_str!("../../docs/channels/README.md");
const FILM: &[u8] = include_bytes!("../../office/samples/film.mp4");

/// Short waits, so that a dead worker is noticed within the test.
const QUICK: &[&str] = &[
    "http.connect_seconds=1",
    "http.read_seconds=5",
    "http.total_seconds=5",
    "http.preparation_seconds=5",
    "limits.lease_seconds=15",
    "limits.look_up_after_seconds=5",
    "limits.backoff_seconds=1",
    "worker.release_every_seconds=1",
    "worker.credentials_every_seconds=1",
    "worker.drain_seconds=8",
    "worker.concurrency=16",
    "worker.per_host=16",
];

/// Those that a credential opens, with the scripted server of each.
pub(crate) const PLATFORMS: [(Dialect, &str); 8] = [
    (Dialect::WordPress, "WORDPRESS"),
    (Dialect::Mastodon, "MASTODON"),
    (Dialect::Webhook, "WEBHOOK"),
    (Dialect::Bluesky, "BLUESKY"),
    (Dialect::Facebook, "FACEBOOK"),
    (Dialect::LinkedIn, "LINKEDIN"),
    (Dialect::X, "X"),
    (Dialect::YouTube, "YOUTUBE"),
];

/// One account on one platform, and the post that goes there.
struct Account {
    platform: &'static str,
    server: FakePlatform,
    channel: String,
    post: String,
}

async fn accounts(story: &Story) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for (dialect, platform) in PLATFORMS {
        let server = FakePlatform::start(dialect).await.unwrap();
        let mut considered = vec![story.feed.as_str()];
        considered.extend(accounts.iter().map(|account| account.channel.as_str()));
        let handle = format!("press-{}", platform.to_lowercase());
        server.rename(&handle);
        let url = address(platform, &handle);
        let channel = story.channel(platform, &handle, &url, &considered).await;
        let username = server.settings().username.unwrap();
        story.connect(&channel, server.base_url().as_str(), &username, SECRET).await;
        story.activate(&channel).await;
        accounts.push(Account { platform, server, channel, post: String::new() });
    }
    for account in &accounts {
        let read = until(&format!("the credential of {}", account.platform), || async {
            let read = story.coordinator.ask(CHANNEL, json!({ "id": account.channel })).await["node"].clone();
            (read["credential"]["state"] == "HEALTHY").then_some(read)
        })
        .await;
        documented(account.platform, &read["profile"]["abilities"]);
        assert!(
            account.server.applied().is_empty(),
            "{}: trying a credential posts nothing",
            account.platform
        );
    }
    accounts
}

const CHANNEL: &str = "query C($id: ID!) { node(id: $id) { ... on Channel { credential { state } \
    profile { abilities { edit delete follow readBack captions quotes replies } } } } }";

/// The table of the guide says what the account can do.
fn documented(platform: &str, can: &Value) {
    let named =
        |row: &&str| row.split('|').nth(1).is_some_and(|cell| cell.contains(&format!("`{platform}`")));
    let row = GUIDE.lines().find(named).unwrap_or_else(|| panic!("{platform} is not in the guide"));
    let told: Vec<&str> = row.split('|').map(str::trim).skip(2).take(7).collect();
    let yes = |name: &str| if can[name] == true { "yes" } else { "no" };
    let follow = can["follow"].as_str().unwrap();
    let said =
        [yes("edit"), yes("delete"), follow, yes("readBack"), yes("captions"), yes("quotes"), yes("replies")];
    for (told, said) in told.into_iter().zip(said).filter(|(told, _)| *told != "its receiver says") {
        assert_eq!(told, said, "{platform}");
    }
}

/// A film for the platform that takes nothing else.
pub(crate) async fn film(story: &Story) -> Value {
    let create = json!({ "fileName": "film.mp4", "byteSize": FILM.len() });
    let announced = story.author.act("createUpload", create, "media { id } upload { url }").await;
    let put = story.author.http().put(announced["upload"]["url"].as_str().unwrap()).body(FILM.to_vec());
    assert_eq!(put.send().await.unwrap().status(), 201);
    json!([{ "mediaId": announced["media"]["id"], "altText": "A door opens" }])
}

async fn scheduled(story: &Story, account: &Account) -> String {
    let words = format!("The clinic opens its doors on {}.", account.platform);
    let mut content = content(&words, &[&account.channel]);
    if account.platform == "YOUTUBE" {
        content["media"] = film(story).await;
    }
    let input = json!({ "initiativeId": story.initiative, "content": content });
    let draft = story.author.act("createDraft", input, "draft { id }").await["draft"]["id"].clone();
    let draft = draft.as_str().unwrap();
    story.approve(draft).await;
    story.schedule_now(draft).await.remove(0)
}

/// Waits for it, and says of which platform.
async fn in_state(story: &Story, account: &Account, state: &str) -> Value {
    until(&format!("the post on {} to be {state}", account.platform), || async {
        let post = story.post(&account.post).await;
        (post["state"] == state).then_some(post)
    })
    .await
}

#[tokio::test]
async fn on_every_platform_a_lost_answer_and_a_kill_leave_one_post_which_can_be_taken_back() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let mut accounts = accounts(&story).await;
        for account in &mut accounts {
            account.server.script(Call::Create, Script::applied(Answer::Hang));
            account.post = scheduled(&story, account).await;
        }
        for account in &accounts {
            until(&format!("{} to have it", account.platform), || async {
                (account.server.applied().len() == 1).then_some(())
            })
            .await;
        }
        program.kill();
        // These list late what they took: by their own clocks it is long after.
        for account in accounts.iter().filter(|account| matches!(account.platform, "X" | "YOUTUBE")) {
            account.server.set_now(Some(SystemClock.now() + TimeDelta::minutes(30)));
        }
        let again = deployment.serve();
        let story = story.at(again.url());
        for account in &accounts {
            let post = in_state(&story, account, "PUBLISHED").await;
            assert_eq!(account.server.applied().len(), 1, "{}: {post}", account.platform);
        }
        for account in &accounts {
            let version = story.post(&account.post).await["version"].clone();
            let input =
                json!({ "postId": account.post, "expectedVersion": version, "reason": "It was a test" });
            story.coordinator.act("withdrawPost", input, "correction { state }").await;
        }
        for account in &accounts {
            in_state(&story, account, "WITHDRAWN").await;
            let [taken] = account.server.applied().try_into().unwrap();
            // A receiver of webhooks is told; what it then does is its own.
            assert!(taken.deleted || account.platform == "WEBHOOK", "{}", account.platform);
        }
    }
}
