//! Webhooks through the public API: connected, tried, sent to under a signature, and asked when an answer is lost.

use connectors::fake::{Answer, Call, Dialect, FakePlatform, SECRET, Script};
use serde_json::{Value, json};

use crate::support::{
    client::until,
    engine::{Engine, engines},
    program::Deployment,
    story::Story,
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

const HEALTH: &str =
    "query H($id: ID!) { node(id: $id) { ... on Channel { version credential { state honoursKeys } } } }";

/// An active webhook that leads to the receiver, by its id.
async fn webhook(story: &Story, receiver: &FakePlatform, honours_keys: bool) -> String {
    let channel =
        story.channel("WEBHOOK", "clinic-screens", "https://screens.example.org", &[&story.feed]).await;
    let version = story.coordinator.ask(HEALTH, json!({ "id": channel })).await["node"]["version"].clone();
    let connect = json!({
        "channelId": channel, "expectedVersion": version, "baseUrl": receiver.base_url().as_str(), "secret": SECRET,
        "allowPrivateHost": true, "honoursKeys": honours_keys,
    });
    story.administrator.act("connectChannel", connect, "channel { id }").await;
    story.activate(&channel).await;
    until("the credential to be tried", || async {
        let health =
            story.coordinator.ask(HEALTH, json!({ "id": channel })).await["node"]["credential"].clone();
        (health == json!({ "state": "HEALTHY", "honoursKeys": honours_keys })).then_some(())
    })
    .await;
    channel
}

async fn scheduled(story: &Story, channel: &str) -> String {
    let draft = story.draft("Book a video visit from home, from Monday.", &[channel]).await;
    story.approve(&draft).await;
    story.schedule_now(&draft).await.remove(0)
}

fn outcomes(post: &Value) -> Vec<(String, String)> {
    let told = |attempt: &Value, field: &str| attempt[field].as_str().unwrap_or_default().to_owned();
    let attempts = post["attempts"].as_array().unwrap().iter();
    attempts.map(|attempt| (told(attempt, "kind"), told(attempt, "outcome"))).collect()
}

#[tokio::test]
async fn a_post_goes_out_by_a_signed_webhook_and_is_found_where_the_receiver_says() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let receiver = FakePlatform::start(Dialect::Webhook).await.unwrap();
        let channel = webhook(&story, &receiver, false).await;
        assert!(receiver.applied().is_empty(), "trying a credential posts nothing");
        let post = scheduled(&story, &channel).await;
        let published = story.post_in(&post, "PUBLISHED").await;
        let taken = &receiver.applied()[0];
        assert!(published["remoteUrl"].as_str().unwrap().ends_with(&format!("/posts/{}", taken.id)));
        assert_eq!(taken.text, "Book a video visit from home, from Monday.");
        assert!(taken.marker.is_some() && taken.language.as_deref() == Some("en"));
    }
}

#[tokio::test]
async fn a_lost_answer_is_cleared_up_by_asking_for_the_key() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await.with(QUICK);
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let receiver = FakePlatform::start(Dialect::Webhook).await.unwrap();
    let channel = webhook(&story, &receiver, false).await;
    receiver.script(Call::Create, Script::applied(Answer::CutAfter(0)));
    let post = scheduled(&story, &channel).await;
    let published = story.post_in(&post, "PUBLISHED").await;
    let expected = [("PUBLISH", "UNKNOWN"), ("LOOK_UP", "FOUND")];
    assert_eq!(outcomes(&published), expected.map(|(kind, outcome)| (kind.to_owned(), outcome.to_owned())));
    assert_eq!(receiver.applied().len(), 1);
}

#[tokio::test]
async fn a_receiver_that_honours_keys_and_cannot_be_asked_is_sent_the_key_again() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await.with(QUICK);
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let receiver = FakePlatform::start(Dialect::Webhook).await.unwrap();
    let channel = webhook(&story, &receiver, true).await;
    receiver.script(Call::Create, Script::applied(Answer::CutAfter(0)));
    receiver.script(Call::Read, Script::ignored(Answer::Status { status: 405, retry_after: None }));
    let post = scheduled(&story, &channel).await;
    let published = story.post_in(&post, "PUBLISHED").await;
    let last = published["attempts"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["outcome"], &last["evidence"]), (&json!("DELIVERED"), &json!("IDEMPOTENCY_KEY")));
    assert_eq!(receiver.applied().len(), 1, "the second time it did nothing");
}

#[tokio::test]
async fn a_receiver_that_cannot_be_asked_leaves_a_lost_answer_to_a_person() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await.with(QUICK);
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let receiver = FakePlatform::start(Dialect::Webhook).await.unwrap();
    let channel = webhook(&story, &receiver, false).await;
    receiver.keep_keys(false);
    receiver.script(Call::Create, Script::applied(Answer::CutAfter(0)));
    let post = scheduled(&story, &channel).await;
    until("a person to be asked", || async {
        let post = story.post(&post).await;
        (post["state"] == "UNCONFIRMED" && post["personDecides"] == true).then_some(())
    })
    .await;
    assert_eq!(receiver.applied().len(), 1, "it is not sent again on a guess");
}

#[tokio::test]
async fn only_a_webhook_s_receiver_can_be_vouched_for() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let channel =
        story.channel("MASTODON", "office", "https://social.example.org/@office", &[&story.feed]).await;
    let version = story.coordinator.ask(HEALTH, json!({ "id": channel })).await["node"]["version"].clone();
    let connect = json!({
        "channelId": channel, "expectedVersion": version, "baseUrl": "https://social.example.org", "secret": SECRET,
        "honoursKeys": true,
    });
    let refused = story.administrator.attempt("connectChannel", connect, "channel { id }").await;
    assert_eq!(refused["userErrors"][0]["code"], "INVALID");
}
