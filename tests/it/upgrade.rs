//! A queue that an earlier version filled drains under this one: what was out stays out and is not sent again, what may
//! have been sent is looked up first, what is held stays held and says why. The queues were recorded once, from the
//! earlier program itself, when it was killed in the middle of its work: see `upgrade/README.md`.

mod record;
mod recorded;

use std::{collections::BTreeMap, path::Path};

use connectors::fake::{Dialect, FakePlatform, SECRET, USERNAME};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};

use crate::support::{
    client::until,
    engine::engines,
    program::{Deployment, Program},
    story::Story,
};

/// The recorded queues, by the version that filled them.
const VERSIONS: &[&str] = &["0.1"];

/// Long limits for calls, so that a busy machine sends nothing twice of its own; short waits in between.
const SETTINGS: &[&str] = &[
    "http.total_seconds=10",
    "http.preparation_seconds=20",
    "limits.lease_seconds=60",
    "limits.look_up_after_seconds=10",
    "limits.backoff_seconds=1",
    "worker.release_every_seconds=1",
    "worker.backstop_seconds=1",
    "api.cost_per_minute=5000000",
    "limits.catch_up_gap_seconds=1",
];

/// An earlier version's deployment, under this version.
struct Upgraded {
    deployment: Deployment,
    program: Program,
    platform: FakePlatform,
    story: Story,
}

impl Upgraded {
    /// Loads the queue and starts this version on it. `out`: what the platform had applied before.
    async fn from(deployment: Deployment, out: &[&str]) -> Self {
        let platform = FakePlatform::start(Dialect::WordPress).await.unwrap();
        let database = deployment.connect().await;
        for name in out {
            let sql = format!(
                "SELECT post.idempotency_key AS k FROM post JOIN revision ON revision.id = post.revision_id WHERE revision.text LIKE 'The {name} %'"
            );
            let row = database
                .query_one_raw(Statement::from_string(database.get_database_backend(), sql))
                .await
                .unwrap()
                .unwrap_or_else(|| panic!("no post is about {name}"));
            let key: String = row.try_get("", "k").unwrap();
            publish(&platform, name, &key).await;
        }
        database.close().await.unwrap();
        recorded::connect_to(&deployment, platform.base_url().as_str()).await;
        let program = deployment.serve();
        let story = Story::again(program.url()).await;
        Self { deployment, program, platform, story }
    }

    /// Every post, by what it is about.
    async fn posts(&self) -> BTreeMap<String, Value> {
        let all = "{ posts(first: 100) { nodes { id state version personDecides causeCode remoteUrl revision { text } \
                   hold { gates { kind } } attempts { kind outcome } } } }";
        let posts = self.story.coordinator.ask(all, json!({})).await;
        let posts = posts["posts"]["nodes"].as_array().unwrap().iter();
        posts.map(|post| (record::about(post["revision"]["text"].as_str().unwrap()), post.clone())).collect()
    }

    /// Waits until this post is in this state.
    async fn post_in(&self, name: &str, state: &str) -> Value {
        until(&format!("{name} to be {state}"), || async {
            let post = self.posts().await[name].clone();
            (post["state"] == state).then_some(post)
        })
        .await
    }

    /// How many copies the platform has.
    fn copies(&self, name: &str) -> usize {
        let about = |text: &str| text.contains(&format!("The {name} "));
        self.platform.applied().iter().filter(|post| about(&post.text)).count()
    }
}

/// Puts a post there as the earlier version did, before it was killed.
async fn publish(platform: &FakePlatform, name: &str, key: &str) {
    let url = format!("{}wp-json/wp/v2/posts", platform.base_url());
    let fields = json!({
        "slug": format!("what-is-new-{key}"), "title": "What is new", "content": record::words(name), "status": "publish",
    });
    let http = reqwest::Client::builder().user_agent("Masthead/0.1").build().unwrap();
    let answer = http.post(url).basic_auth(USERNAME, Some(SECRET)).json(&fields).send().await.unwrap();
    assert_eq!(answer.status(), 201);
}

fn outcomes(post: &Value, kind: &str) -> Vec<String> {
    let attempts = post["attempts"].as_array().unwrap().iter();
    let of_kind = attempts.filter(|attempt| attempt["kind"] == kind);
    of_kind.map(|attempt| attempt["outcome"].as_str().unwrap().to_owned()).collect()
}

/// What was out before: looked up, found, and not sent again.
async fn what_may_be_out_is_looked_up(queue: &Upgraded) {
    for name in ["answered", "waiting", "looking"] {
        let post = queue.post_in(name, "PUBLISHED").await;
        assert!(outcomes(&post, "LOOK_UP").contains(&"FOUND".to_owned()), "{post}");
        assert_eq!((outcomes(&post, "PUBLISH").len(), queue.copies(name)), (1, 1), "{post}");
    }
    // The platform had not done this one.
    let post = queue.post_in("unanswered", "PUBLISHED").await;
    assert!(outcomes(&post, "LOOK_UP").contains(&"ABSENT".to_owned()), "{post}");
    assert_eq!(queue.copies("unanswered"), 1, "{post}");
    let post = queue.post_in("doubtful", "UNCONFIRMED").await;
    assert_eq!(
        (&post["personDecides"], queue.copies("doubtful")),
        (&json!(true), 0),
        "nobody guesses: {post}"
    );
}

/// What was surely not sent is sent, once.
async fn what_waited_is_sent(queue: &Upgraded) {
    for name in ["claimed", "soon", "refused-once", "limited", "behind"] {
        let post = queue.post_in(name, "PUBLISHED").await;
        assert_eq!((outcomes(&post, "LOOK_UP").len(), queue.copies(name)), (0, 1), "{post}");
    }
    queue.post_in("feed-soon", "PUBLISHED").await;
}

/// What had come to its end, or waits for a person, is as it was.
async fn what_was_over_stays_over(queue: &Upgraded) {
    let posts = queue.posts().await;
    for (name, state) in [
        ("published", "PUBLISHED"),
        ("feed-published", "PUBLISHED"),
        ("rejected", "REJECTED"),
        ("cancelled", "CANCELLED"),
        ("missed", "MISSED"),
        ("held", "HELD"),
        ("far", "SCHEDULED"),
    ] {
        assert_eq!((&posts[name]["state"], queue.copies(name)), (&json!(state), 0), "{}", posts[name]);
    }
    assert_eq!(posts["held"]["hold"]["gates"][0]["kind"], "PAUSE", "{}", posts["held"]);
    assert_eq!(posts["rejected"]["causeCode"], "HTTP_422");
    assert!(posts["published"]["remoteUrl"].is_string());
}

/// And people go on with it.
async fn people_go_on(queue: &Upgraded) {
    let posts = queue.posts().await;
    let coordinator = &queue.story.coordinator;
    let pauses = coordinator.ask("{ pauses(first: 10) { nodes { id resumedAt } } }", json!({})).await;
    let pause = json!({ "pauseId": pauses["pauses"]["nodes"][0]["id"] });
    coordinator.act("resumePublishing", pause, "pause { id }").await;
    let absent = json!({ "postId": posts["doubtful"]["id"], "expectedVersion": posts["doubtful"]["version"], "resolution": { "notPublished": true } });
    coordinator.act("resolvePost", absent, "post { state }").await;
    let far = &posts["far"];
    let now = json!({ "postId": far["id"], "expectedVersion": far["version"], "when": { "now": true } });
    queue.story.author.act("reschedulePost", now, "post { state }").await;
    for name in ["held", "doubtful", "far"] {
        queue.post_in(name, "PUBLISHED").await;
        assert_eq!(queue.copies(name), 1, "{name}");
    }
    let chain = coordinator.ask("{ auditChain { intact brokenAt } }", json!({})).await;
    assert_eq!(chain["auditChain"]["intact"], true, "{chain}");
}

async fn nothing_is_left_open(deployment: &Deployment) {
    let database = deployment.connect().await;
    for rows in [
        "attempt WHERE outcome = 'OPEN'",
        "channel_head WHERE sending IS NOT NULL",
        "post WHERE lease_until IS NOT NULL",
    ] {
        let sql = format!("SELECT COUNT(*) AS n FROM {rows}");
        let statement = Statement::from_string(database.get_database_backend(), sql);
        let row = database.query_one_raw(statement).await.unwrap().unwrap();
        assert_eq!(row.try_get::<i64>("", "n").unwrap(), 0, "{rows}");
    }
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_queue_that_an_earlier_version_filled_drains() {
    for engine in engines() {
        for version in VERSIONS {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/upgrade");
            // The platform of the record is gone: what is read back on another says nothing.
            let late = ["limits.read_back_minutes=10000"];
            let deployment = recorded::load(&folder, version, &engine).await.with(SETTINGS).with(&late);
            let queue = Upgraded::from(deployment, &["answered", "waiting", "looking"]).await;
            what_may_be_out_is_looked_up(&queue).await;
            what_waited_is_sent(&queue).await;
            what_was_over_stays_over(&queue).await;
            people_go_on(&queue).await;
            let Upgraded { deployment, program, .. } = queue;
            assert_eq!(program.stop(), 0, "it drains and ends well: {}", deployment.log());
            nothing_is_left_open(&deployment).await;
        }
    }
}
