//! A Bluesky account through the public API: connected, tried, published to by the channel's own handle, and asked when an
//! answer is lost.

use connectors::fake::{Answer, Call, Dialect, FakePlatform, SECRET, Script, USERNAME};
use serde_json::{Value, json};

use crate::support::{
    client::until,
    engine::engines,
    program::Deployment,
    story::{Story, address},
};

/// A lost answer is noticed and looked into within seconds.
const QUICK: &[&str] = &[
    "worker.credentials_every_seconds=1",
    "worker.release_every_seconds=1",
    "http.total_seconds=5",
    "http.read_seconds=5",
    "limits.look_up_after_seconds=5",
    "limits.backoff_seconds=1",
];

const CHANNEL: &str =
    "query C($id: ID!) { node(id: $id) { ... on Channel { version credential { state } } } }";

/// An active channel that leads to the server, by its id.
pub(crate) async fn account(story: &Story, server: &FakePlatform) -> String {
    let url = address("BLUESKY", &server.handle());
    let channel = story.channel("BLUESKY", &server.handle(), &url, &[&story.feed]).await;
    let read = || async { story.coordinator.ask(CHANNEL, json!({ "id": channel })).await["node"].clone() };
    let connect = json!({
        "channelId": channel, "expectedVersion": read().await["version"], "baseUrl": server.base_url().as_str(),
        "secret": SECRET, "allowPrivateHost": true,
    });
    story.administrator.act("connectChannel", connect, "channel { id }").await;
    story.activate(&channel).await;
    until("the credential to be tried", || async {
        (read().await["credential"]["state"] == "HEALTHY").then_some(())
    })
    .await;
    channel
}

async fn scheduled(story: &Story, channel: &str) -> String {
    let draft = story.draft("Book a video visit from home, from Monday.", &[channel]).await;
    story.approve(&draft).await;
    story.schedule_now(&draft).await.remove(0)
}

#[tokio::test]
async fn a_post_goes_out_as_the_channel_s_account_and_once_though_its_answer_is_lost() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let server = FakePlatform::start(Dialect::Bluesky).await.unwrap();
        let channel = account(&story, &server).await;
        assert!(server.applied().is_empty(), "trying a credential posts nothing");
        server.script(Call::Create, Script::applied(Answer::CutAfter(0)));
        let post = scheduled(&story, &channel).await;
        let published = story.post_in(&post, "PUBLISHED").await;
        let outcome = |attempt: &Value| attempt["outcome"].as_str().unwrap_or_default().to_owned();
        let outcomes: Vec<String> = published["attempts"].as_array().unwrap().iter().map(outcome).collect();
        assert_eq!(outcomes, ["UNKNOWN", "FOUND"]);
        let [taken] = server.applied().try_into().unwrap();
        let url = format!("https://bsky.app/profile/{USERNAME}.example.org/post/{}", taken.marker.unwrap());
        assert_eq!(published["remoteUrl"], url);
        assert_eq!(taken.text, "Book a video visit from home, from Monday.");
    }
}
