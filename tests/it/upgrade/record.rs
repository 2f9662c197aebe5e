//! Records a queue: runs another version of the program until its posts stand in every state that a kill can leave behind,
//! kills it, and writes its database down. `README.md` says how it is called.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::UNIX_EPOCH,
};

use connectors::fake::{Answer, Call, Dialect, FakePlatform, SECRET, Script, USERNAME};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use super::recorded::{PLATFORM, file_name, heading, now};
use crate::support::{
    client::until,
    engine::{Engine, engines},
    program::Deployment,
    story::Story,
};

/// Calls may last, so that some are under way at the end; what waits, waits until then.
const SETTINGS: &[&str] = &[
    "http.total_seconds=20",
    "http.preparation_seconds=20",
    "limits.lease_seconds=60",
    "limits.look_up_after_seconds=20",
    "worker.release_every_seconds=1",
    "worker.credentials_every_seconds=1",
    "log.level=warn",
];

/// A platform's wish to wait that outlasts the recording, in seconds.
const LONG: u64 = 300;

/// The words of the post of this name.
pub(super) fn words(name: &str) -> String {
    format!("The {name} clinic opens on Monday.")
}

/// The name of the post of these words.
pub(super) fn about(words: &str) -> String {
    words.split(' ').nth(1).unwrap().to_owned()
}

struct Recorder {
    deployment: Deployment,
    platform: FakePlatform,
    story: Story,
    channels: Vec<String>,
}

impl Recorder {
    /// A connected and active channel.
    async fn blog(&mut self, name: &str) -> String {
        let (handle, url) = (format!("{name}.example.org"), format!("https://{name}.example.org/"));
        let considered: Vec<&str> = self.channels.iter().map(String::as_str).collect();
        let id = self.story.channel("WORDPRESS", &handle, &url, &considered).await;
        self.story.connect(&id, self.platform.base_url().as_str(), USERNAME, SECRET).await;
        self.story.activate(&id).await;
        until("the credential to be tried", || async {
            let health = "query C($id: ID!) { node(id: $id) { ... on Channel { credential { state } } } }";
            let channel = self.story.coordinator.ask(health, json!({ "id": id })).await;
            (channel["node"]["credential"]["state"] == "HEALTHY").then_some(())
        })
        .await;
        self.channels.push(id.clone());
        id
    }

    /// A scheduled post of this name.
    async fn post(&self, name: &str, channel: &str, when: Value) -> String {
        let draft = self.story.draft(&words(name), &[channel]).await;
        self.story.approve(&draft).await;
        let schedule = json!({ "draftId": draft, "when": when, "publishLateMinutes": 600 });
        let payload = self.story.author.act("schedulePost", schedule, "posts { id }").await;
        payload["posts"][0]["id"].as_str().unwrap().to_owned()
    }

    /// One that leaves now, meets this, and comes to this state.
    async fn meets(&self, name: &str, channel: &str, script: Script, state: &str) -> String {
        self.platform.script(Call::Create, script);
        let id = self.post(name, channel, json!({ "now": true })).await;
        self.story.post_in(&id, state).await;
        id
    }

    /// Waits until so many requests to make a post have come.
    async fn creates(&self, count: usize) {
        until("the request to arrive", || async {
            let creates = self.platform.requests();
            let creates = creates.iter().filter(|line| line.starts_with("POST")).count();
            (creates == count).then_some(())
        })
        .await;
    }

    fn created(&self) -> usize {
        self.platform.requests().iter().filter(|line| line.starts_with("POST")).count()
    }

    async fn sql(&self, statements: &[&str]) {
        let database = self.deployment.connect().await;
        for statement in statements {
            database.execute_unprepared(statement).await.unwrap();
        }
        database.close().await.unwrap();
    }
}

fn status(status: u16, retry_after: Option<u64>) -> Answer {
    Answer::Status { status, retry_after }
}

fn at(minutes: u64) -> Value {
    let then = UNIX_EPOCH.elapsed().unwrap().as_secs() + minutes * 60;
    let then = jiff::Timestamp::from_second(i64::try_from(then).unwrap()).unwrap();
    json!({ "at": { "localTime": then.strftime("%Y-%m-%dT%H:%M:%S").to_string(), "timeZone": "UTC" } })
}

/// What came to its end, and what waits for its time or for a person.
async fn at_rest(recorder: &mut Recorder) {
    let (blog, feed) = (recorder.blog("blog").await, recorder.story.feed.clone());
    recorder.meets("published", &blog, Script::applied(Answer::Normal), "PUBLISHED").await;
    let id = recorder.post("feed-published", &feed, json!({ "now": true })).await;
    recorder.story.post_in(&id, "PUBLISHED").await;
    recorder.meets("rejected", &blog, Script::ignored(status(422, None)), "REJECTED").await;
    let id = recorder.post("cancelled", &blog, at(60)).await;
    let cancel = json!({ "postId": id, "expectedVersion": recorder.story.post(&id).await["version"] });
    recorder.story.author.act("cancelPost", cancel, "post { state }").await;
    recorder.meets("refused-once", &blog, Script::ignored(status(503, Some(LONG))), "RETRYING").await;
    recorder.post("soon", &blog, at(8)).await;
    recorder.post("feed-soon", &feed, at(8)).await;
    recorder.post("far", &blog, at(400 * 24 * 60)).await;

    let paused = recorder.blog("paused").await;
    let pause = json!({ "scope": { "channelId": paused }, "reason": "A storm" });
    recorder.story.coordinator.act("pausePublishing", pause, "pause { id }").await;
    let late = recorder.post("missed", &paused, json!({ "now": true })).await;
    recorder.story.post_in(&late, "HELD").await;
    recorder.sql(&["UPDATE post SET missed_after = created_at WHERE state = 'HELD'"]).await;
    recorder.story.post_in(&late, "MISSED").await;
    let held = recorder.post("held", &paused, json!({ "now": true })).await;
    recorder.story.post_in(&held, "HELD").await;

    let limited = recorder.blog("limited").await;
    recorder.meets("limited", &limited, Script::ignored(status(429, Some(LONG))), "RETRYING").await;
    recorder.post("behind", &limited, json!({ "now": true })).await;
}

/// What may be out: looked up without an answer, found in the bin, and in the middle of a look-up.
async fn in_doubt(recorder: &mut Recorder) {
    let blog = recorder.blog("doubts").await;
    let doubtful = recorder.meets("doubtful", &blog, Script::applied(status(500, None)), "UNCONFIRMED").await;
    let id = recorder.platform.applied().last().unwrap().id.clone();
    let url = format!("{}wp-json/wp/v2/posts/{id}", recorder.platform.base_url());
    let http = reqwest::Client::builder().user_agent("Masthead/0.1").build().unwrap();
    http.delete(url).basic_auth(USERNAME, Some(SECRET)).send().await.unwrap();
    until("a person to be asked", || async {
        (recorder.story.post(&doubtful).await["personDecides"] == true).then_some(())
    })
    .await;
    let outcome = |post: &Value, outcome: &str| {
        post["attempts"]
            .as_array()
            .unwrap()
            .iter()
            .any(|attempt| attempt["kind"] == "LOOK_UP" && attempt["outcome"] == outcome)
    };
    // The look-up's questions, one after the other, until it gives up; the other waits for the first one's answer.
    let unreachable = vec![status(503, Some(LONG)); 3];
    for (name, answers, left) in
        [("waiting", unreachable, "UNREACHABLE"), ("looking", vec![Answer::Hang], "OPEN")]
    {
        let id = recorder.meets(name, &blog, Script::applied(status(500, None)), "UNCONFIRMED").await;
        for answer in answers {
            recorder.platform.script(Call::Read, Script::applied(answer));
        }
        until("the look-up", || async { outcome(&recorder.story.post(&id).await, left).then_some(()) }).await;
    }
}

/// What is under way when it is killed: the platform did one of them, and not the other.
async fn under_way(recorder: &Recorder, channels: &[String; 2]) {
    for (name, script, channel) in [
        ("answered", Script::applied(Answer::Hang), &channels[0]),
        ("unanswered", Script::ignored(Answer::Hang), &channels[1]),
    ] {
        let before = recorder.created();
        recorder.meets(name, channel, script, "SENDING").await;
        recorder.creates(before + 1).await;
    }
}

/// The moment between claim and attempt is too short to be met: the row is written as a claim writes it.
const CLAIMED: &[&str] = &[
    "UPDATE post SET state = 'SENDING', fence = 1, due_at = created_at, run_at = created_at, \
     lease_until = (SELECT MAX(lease_until) FROM post), worker_id = (SELECT worker_id FROM attempt LIMIT 1) \
     WHERE revision_id IN (SELECT id FROM revision WHERE text LIKE 'The claimed %')",
    "UPDATE channel_head SET next_at = NULL, sending = (SELECT post.id FROM post JOIN revision ON \
     revision.id = post.revision_id WHERE revision.text LIKE 'The claimed %') WHERE channel_id IN (SELECT \
     post.channel_id FROM post JOIN revision ON revision.id = post.revision_id WHERE revision.text LIKE 'The claimed %')",
];

async fn record(engine: &Engine, program: &Path, version: &str, folder: &Path) {
    let deployment = Deployment::fresh(engine).await.with(SETTINGS).with_program(program);
    fs::copy(folder.join("master.key"), deployment.folder().join("master.key")).unwrap();
    let platform = FakePlatform::start(Dialect::WordPress).await.unwrap();
    let running = deployment.serve();
    let story = Story::tell(&running.facts).await;
    let channels = vec![story.feed.clone()];
    let mut recorder = Recorder { deployment, platform, story, channels };
    at_rest(&mut recorder).await;
    let claimed = recorder.blog("claimed").await;
    recorder.post("claimed", &claimed, at(60)).await;
    let channels = [recorder.blog("answered").await, recorder.blog("unanswered").await];
    in_doubt(&mut recorder).await;
    under_way(&recorder, &channels).await;
    running.kill();
    recorder.sql(CLAIMED).await;
    let dump = dump(&recorder.deployment).replace(recorder.platform.base_url().as_str(), PLATFORM);
    fs::write(folder.join(file_name(version, engine)), heading(version, now()) + &dump).unwrap();
}

/// The database in words, by its own program.
fn dump(deployment: &Deployment) -> String {
    let mut command = match (deployment.database(), deployment.sqlite()) {
        (Some(url), _) => {
            let mut command = Command::new("pg_dump");
            command.args(["--no-owner", "--no-privileges", "--inserts", url]);
            command
        }
        (None, file) => {
            let mut command = Command::new("sqlite3");
            command.arg(file.unwrap()).arg(".dump");
            command
        }
    };
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    // Neither its comments nor what only psql understands.
    let kept =
        said.lines().filter(|line| !line.is_empty() && !line.starts_with("--") && !line.starts_with('\\'));
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// Run by hand, once for a version: see `README.md`.
#[tokio::test]
#[ignore = "records a fixture from another version's program: tests/it/upgrade/README.md"]
async fn record_the_queue_of_another_version() {
    #[expect(clippy::disallowed_methods, reason = "tests are told what to do by the environment")]
    let told = |name: &str| std::env::vars().find(|(known, _)| known == name).map(|(_, value)| value);
    let program = PathBuf::from(told("RECORD_PROGRAM").unwrap());
    let version = told("RECORD_VERSION").unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/upgrade");
    for engine in engines() {
        record(&engine, &program, &version, &folder).await;
    }
}
