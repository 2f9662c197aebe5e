//! A platform that is at work on a picture for long, through the public API: the worker's only place is free meanwhile, and
//! nothing is uploaded twice, whoever dies and whatever is paused in between.

use connectors::fake::{Dialect, FakePlatform, SECRET, USERNAME};
use serde_json::{Value, json};

use crate::support::{
    client::until,
    engine::{Engine, engines},
    program::{Deployment, Program},
    story::{Story, content},
};

/// One place, and short waits.
const NARROW: &[&str] = &[
    "worker.concurrency=1",
    "worker.release_every_seconds=1",
    "worker.credentials_every_seconds=1",
    "worker.drain_seconds=3",
    "http.processing_seconds=1",
    "http.ask_after_seconds=1",
    "limits.preparing_wait_seconds_max=1",
];

/// Longer than any test asks.
const LONG: u32 = 1_000_000;

const PICTURE: &[u8] = include_bytes!("../../office/samples/plain.png");

struct Scene {
    deployment: Deployment,
    program: Program,
    story: Story,
    server: FakePlatform,
    channel: String,
    post: String,
}

impl Scene {
    /// A post with a picture that the platform is at work on.
    async fn set(engine: &Engine) -> Self {
        let deployment = Deployment::fresh(engine).await.with(NARROW);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
        server.process_media_for(LONG);
        let url = "https://social.example/@press";
        let channel = story.channel("MASTODON", "press@social.example", url, &[&story.feed]).await;
        story.connect(&channel, server.base_url().as_str(), USERNAME, SECRET).await;
        story.activate(&channel).await;
        let post = scheduled(&story, &channel).await;
        let scene = Self { deployment, program, story, server, channel, post };
        scene.is_preparing().await;
        assert_eq!((scene.server.uploads().len(), scene.server.applied().len()), (1, 0));
        scene
    }

    async fn is_preparing(&self) -> Value {
        let document = "query P($id: ID!) { node(id: $id) { ... on Post { state causeCode causeDetail version \
                        outcome { kind } nextAct { act why } attempts { outcome } } } }";
        until("the post to be prepared", || async {
            let post = self.story.author.ask(document, json!({ "id": self.post })).await["node"].clone();
            (post["causeCode"] == "PREPARING" && post["state"] == "RETRYING").then_some(post)
        })
        .await
    }
}

async fn scheduled(story: &Story, channel: &str) -> String {
    let create = json!({ "fileName": "door.png", "byteSize": PICTURE.len() });
    let announced = story.author.act("createUpload", create, "media { id } upload { url }").await;
    let put = story.author.http().put(announced["upload"]["url"].as_str().unwrap()).body(PICTURE.to_vec());
    assert_eq!(put.send().await.unwrap().status(), 201);
    let mut content = content("The clinic opens its doors.", &[channel]);
    content["media"] = json!([{ "mediaId": announced["media"]["id"], "altText": "An open door" }]);
    let input = json!({ "initiativeId": story.initiative, "content": content });
    let draft = story.author.act("createDraft", input, "draft { id }").await["draft"]["id"].clone();
    let draft = draft.as_str().unwrap();
    story.approve(draft).await;
    story.schedule_now(draft).await.remove(0)
}

#[tokio::test]
async fn its_place_is_free_meanwhile_and_a_killed_worker_uploads_nothing_twice() {
    for engine in engines() {
        let scene = Scene::set(&engine).await;
        let told = scene.is_preparing().await;
        assert_eq!((&told["outcome"]["kind"], &told["nextAct"]["act"]), (&json!("NOT_SENT"), &json!("WAIT")));
        assert!(
            told["nextAct"]["why"].as_str().unwrap().contains("still preparing its media since"),
            "{told}"
        );
        let other = scene.story.draft("Book a video visit from home.", &[&scene.story.feed]).await;
        scene.story.approve(&other).await;
        let other = scene.story.schedule_now(&other).await.remove(0);
        scene.story.post_in(&other, "PUBLISHED").await;

        // Between two tries: of one that is under way nobody knows whether it published.
        scene.is_preparing().await;
        scene.program.kill();
        let again = scene.deployment.serve();
        scene.server.finish_processing();
        let post = scene.story.at(again.url()).post_in(&scene.post, "PUBLISHED").await;
        assert_eq!((scene.server.uploads().len(), scene.server.applied().len()), (1, 1), "{post}");
        let tries = post["attempts"].as_array().unwrap();
        assert!(tries.iter().any(|attempt| attempt["outcome"] == "PREPARING"), "{post}");
    }
}

#[tokio::test]
async fn a_pause_while_it_is_prepared_holds_it() {
    for engine in engines() {
        let scene = Scene::set(&engine).await;
        let input = json!({ "scope": { "office": true }, "reason": "A storm" });
        let paused = scene.story.coordinator.act("pausePublishing", input, "pause { id }").await;
        scene.server.finish_processing();
        let held = scene.story.post_in(&scene.post, "HELD").await;
        assert_eq!(held["hold"]["gates"][0]["kind"], "PAUSE");
        assert!(scene.server.applied().is_empty());
        let resume = json!({ "pauseId": paused["pause"]["id"] });
        scene.story.coordinator.act("resumePublishing", resume, "pause { id }").await;
        scene.story.post_in(&scene.post, "PUBLISHED").await;
        assert_eq!((scene.server.uploads().len(), scene.server.applied().len()), (1, 1));
    }
}

#[tokio::test]
async fn a_channel_that_is_connected_again_begins_anew() {
    for engine in engines() {
        let scene = Scene::set(&engine).await;
        let (address, username) = (scene.server.base_url().as_str(), USERNAME);
        let input = json!({ "scope": { "office": true }, "reason": "Another account" });
        let paused = scene.story.coordinator.act("pausePublishing", input, "pause { id }").await;
        scene.story.post_in(&scene.post, "HELD").await;
        scene.story.connect(&scene.channel, address, username, SECRET).await;
        scene.server.finish_processing();
        let resume = json!({ "pauseId": paused["pause"]["id"] });
        scene.story.coordinator.act("resumePublishing", resume, "pause { id }").await;
        scene.story.post_in(&scene.post, "PUBLISHED").await;
        assert_eq!((scene.server.uploads().len(), scene.server.applied().len()), (2, 1));
    }
}
