//! `kill -9` at each step of a post's way, on the real program, against a platform that counts: nothing twice, nothing
//! lost, every state true.

use std::time::Duration;

use connectors::fake::{Answer, Call, Dialect, FakePlatform, SECRET, Script, USERNAME};
use sea_orm::{ConnectionTrait as _, Database};
use secrecy::ExposeSecret as _;
use serde_json::Value;

use crate::support::{
    client::until,
    engine::{Engine, engines},
    program::{Deployment, Program},
    story::Story,
};

/// Short waits, so that a dead worker is noticed within the test.
const QUICK: &[&str] = &[
    // What reads for itself would hear what is scripted for a post.
    "limits.inbox_seconds=0",
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
];

struct Scene {
    deployment: Deployment,
    platform: FakePlatform,
    story: Story,
    program: Program,
    channel: String,
}

impl Scene {
    async fn set(engine: &Engine) -> Self {
        let deployment = Deployment::fresh(engine).await.with(QUICK);
        let platform = FakePlatform::start(Dialect::WordPress).await.unwrap();
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let channel =
            story.channel("WORDPRESS", "blog.example.org", "https://blog.example.org/", &[&story.feed]).await;
        let secret = FakePlatform::secret();
        assert_eq!(secret.expose_secret(), SECRET);
        story.connect(&channel, platform.base_url().as_str(), USERNAME, SECRET).await;
        story.activate(&channel).await;
        Self { deployment, platform, story, program, channel }
    }

    async fn schedule(&self) -> String {
        let draft = self.story.draft("Book a video visit from home.", &[&self.channel]).await;
        self.story.approve(&draft).await;
        self.story.schedule_now(&draft).await.remove(0)
    }

    /// Kills the program, starts it again, and follows the post to its end.
    async fn die_and_come_back(self, post: &str, state: &str) -> (Value, usize) {
        let Self { deployment, platform, story, program, .. } = self;
        program.kill();
        let again = deployment.serve();
        let story = story.at(again.url());
        let post = story.post_in(post, state).await;
        let applied = platform.applied().len();
        assert_eq!(again.stop(), 0, "it drains and ends well: {}", deployment.log());
        (post, applied)
    }

    async fn applied(&self, count: usize) {
        until("the platform to apply it", || async {
            (self.platform.applied().len() == count).then_some(())
        })
        .await;
    }
}

fn outcomes(post: &Value) -> Vec<String> {
    post["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|attempt| attempt["outcome"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn killed_before_the_call_it_is_sent_after_all_and_once() {
    for engine in engines() {
        let scene = Scene::set(&engine).await;
        // The credential is tried first; the look-up that precedes the call then meets silence.
        let post = until("the credential to be tried", || async {
            let health = "query C($id: ID!) { node(id: $id) { ... on Channel { credential { state } } } }";
            let channel =
                scene.story.coordinator.ask(health, serde_json::json!({ "id": scene.channel })).await;
            (channel["node"]["credential"]["state"] == "HEALTHY").then_some(())
        });
        post.await;
        scene.platform.script(Call::Read, Script::ignored(Answer::Hang));
        let post = scene.schedule().await;
        scene.story.post_in(&post, "SENDING").await;
        let (post, applied) = scene.die_and_come_back(&post, "PUBLISHED").await;
        assert_eq!(applied, 1, "{post}");
    }
}

#[tokio::test]
async fn killed_after_the_platform_accepted_it_is_found_and_not_repeated() {
    for engine in engines() {
        let scene = Scene::set(&engine).await;
        scene.platform.script(Call::Create, Script::applied(Answer::Hang));
        let post = scene.schedule().await;
        scene.applied(1).await;
        let (post, applied) = scene.die_and_come_back(&post, "PUBLISHED").await;
        assert_eq!(applied, 1, "{post}");
        assert!(outcomes(&post).contains(&"FOUND".to_owned()), "it was looked up: {post}");
    }
}

#[tokio::test]
async fn killed_while_the_platform_ignored_it_it_is_sent_once_more() {
    for engine in engines() {
        let scene = Scene::set(&engine).await;
        let before = scene.platform.requests().len();
        scene.platform.script(Call::Create, Script::ignored(Answer::Hang));
        let post = scene.schedule().await;
        until("the request to arrive", || async {
            let creates =
                scene.platform.requests().iter().skip(before).filter(|line| line.starts_with("POST")).count();
            (creates > 0).then_some(())
        })
        .await;
        let (post, applied) = scene.die_and_come_back(&post, "PUBLISHED").await;
        assert_eq!(applied, 1, "{post}");
        assert!(outcomes(&post).contains(&"ABSENT".to_owned()), "it was looked up: {post}");
    }
}

/// The write lock of the embedded database is held from outside, so that the answer arrives and cannot be settled.
#[tokio::test]
async fn killed_between_the_answer_and_its_settling_it_is_found() {
    let scene = Scene::set(&Engine::Sqlite).await;
    scene.platform.script(Call::Create, Script::applied(Answer::Slow(Duration::from_millis(700))));
    let post = scene.schedule().await;
    scene.applied(1).await;
    let file = scene.deployment.sqlite().unwrap();
    let outside = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    outside.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    // The answer has been sent once the platform takes the next question.
    tokio::time::sleep(Duration::from_millis(900)).await;
    assert_eq!(scene.story.post(&post).await["state"], "SENDING");
    let Scene { deployment, platform, story, program, .. } = scene;
    program.kill();
    outside.execute_unprepared("ROLLBACK").await.unwrap();
    outside.close().await.unwrap();
    let again = deployment.serve();
    let story = story.at(again.url());
    story.post_in(&post, "PUBLISHED").await;
    assert_eq!(platform.applied().len(), 1);
}

#[tokio::test]
async fn killed_at_any_moment_of_a_busy_hour_nothing_is_doubled_or_lost() {
    for engine in engines() {
        let mut scene = Scene::set(&engine).await;
        let mut posts = Vec::new();
        for round in 0..4 {
            let answer = if round % 2 == 0 { Answer::Slow(Duration::from_millis(120)) } else { Answer::Hang };
            scene.platform.script(Call::Create, Script::applied(answer));
            for number in 0..3 {
                let draft = scene
                    .story
                    .draft(&format!("Clinic {round}-{number} opens on Monday."), &[&scene.channel])
                    .await;
                scene.story.approve(&draft).await;
                posts.extend(scene.story.schedule_now(&draft).await);
            }
            let Scene { deployment, platform, story, program, channel } = scene;
            program.kill();
            let program = deployment.serve();
            let story = story.at(program.url());
            scene = Scene { deployment, platform, story, program, channel };
        }
        for post in &posts {
            scene.story.post_in(post, "PUBLISHED").await;
        }
        assert_eq!(scene.platform.applied().len(), posts.len(), "each once");
        let chain = scene.story.coordinator.ask("{ auditChain { brokenAt } }", serde_json::json!({})).await;
        assert_eq!(chain["auditChain"]["brokenAt"], Value::Null);
    }
}

/// Asked to stop while the platform takes its time, the program waits for the answer: no post is left half-sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_in_the_middle_of_a_call_it_finishes_it() {
    let scene = Scene::set(&Engine::Sqlite).await;
    scene.platform.script(Call::Create, Script::applied(Answer::Slow(Duration::from_millis(800))));
    let post = scene.schedule().await;
    scene.applied(1).await;
    let Scene { deployment, platform, story, program, .. } = scene;
    assert_eq!(program.stop(), 0, "it drains and ends well: {}", deployment.log());
    let again = deployment.start(&["api", "--port", "0"]);
    let story = story.at(again.url());
    assert_eq!(
        story.post(&post).await["state"],
        "PUBLISHED",
        "no worker runs: it was settled before the end"
    );
    assert_eq!(platform.applied().len(), 1);
}
