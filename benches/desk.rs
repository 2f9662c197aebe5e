//! What Masthead costs and how fast it is, measured on the real program through its public API: `make bench`.
//!
//! Prints a table, writes it with the machine into `docs/benchmarks.md`, and ends with one JSON object. Figures are of
//! one machine at one time: compare within a run.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a measurement that meets what it does not expect must end"
)]
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

#[path = "."]
mod support {
    #[path = "../tests/it/support/client.rs"]
    #[expect(dead_code, reason = "shared with the tests, which use more of it")]
    pub(crate) mod client;
    #[path = "../tests/it/support/engine.rs"]
    #[expect(dead_code, reason = "shared with the tests, which use more of it")]
    pub(crate) mod engine;
    #[path = "../tests/it/support/program.rs"]
    #[expect(dead_code, reason = "shared with the tests, which use more of it")]
    pub(crate) mod program;
    #[path = "../tests/it/support/story.rs"]
    #[expect(dead_code, reason = "shared with the tests, which use more of it")]
    pub(crate) mod story;
}

use std::{
    fs,
    time::{Duration, Instant},
};

use futures::future::join_all;
use serde_json::{Value, json};
use support::{
    client::Client,
    engine::Engine,
    program::Deployment,
    story::{Story, content},
};

const CHANNELS: usize = 30;
const CLIENTS: usize = 16;
const SECONDS: u64 = 5;
const DRAINED: usize = 300;
const ON_TIME: usize = 100;

const CHANNEL_LIST: &str =
    "{ channels(first: 50) { nodes { id handle platform url state stewards { onDuty member { name } } } } }";
const DASHBOARD: &str = "{ posts(first: 50) { nodes { id state dueAt channel { handle platform } initiative { name } \
    draft { title author { name } } hold { gates { kind reason } } attempts { outcome startedAt } } } }";

#[derive(Debug)]
struct Row {
    what: &'static str,
    figures: Value,
}

fn percentile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        clippy::as_conversions,
        reason = "an index"
    )]
    let at = (last as f64 * share).round() as usize;
    sorted.get(at).map_or(0.0, |value| (value * 100.0).round() / 100.0)
}

fn rate(count: usize, seconds: f64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / seconds
}

/// So many clients, each asking again as soon as it is answered.
async fn load(
    client: &Client,
    what: &'static str,
    document: &str,
    variables: impl Fn(usize) -> Value,
) -> Row {
    let started = Instant::now();
    let ask = |number: usize| {
        let variables = &variables;
        async move {
            let mut took = Vec::new();
            while started.elapsed() < Duration::from_secs(SECONDS) {
                let sent = Instant::now();
                client.ask(document, variables(number * 1_000_000 + took.len())).await;
                took.push(sent.elapsed().as_secs_f64() * 1_000.0);
            }
            took
        }
    };
    let mut took: Vec<f64> = join_all((0..CLIENTS).map(ask)).await.into_iter().flatten().collect();
    let seconds = started.elapsed().as_secs_f64();
    took.sort_by(f64::total_cmp);
    let figures = json!({ "requestsPerSecond": rate(took.len(), seconds).round(), "p50Ms": percentile(&took, 0.5), "p99Ms": percentile(&took, 0.99) });
    Row { what, figures }
}

async fn channels(story: &Story) -> Vec<String> {
    let mut all = vec![story.feed.clone()];
    for number in 1..CHANNELS {
        let handle = format!("news-{number}");
        let page = story.anonymous.address(&format!("/feed/press/{handle}"));
        let considered: Vec<&str> = all.iter().map(String::as_str).collect();
        let id = story.channel("FEED", &handle, &page, &considered).await;
        story.activate(&id).await;
        all.push(id);
    }
    all
}

/// Approved drafts on one channel each, scheduled for a time.
async fn schedule(
    story: &Story,
    channels: &[String],
    count: usize,
    when: impl Fn(usize) -> Value,
) -> Vec<String> {
    let mut posts = Vec::with_capacity(count);
    for number in 0..count {
        let channel = channels[number % channels.len()].as_str();
        let draft = story.draft(&format!("Clinic {number} opens on Monday."), &[channel]).await;
        story.approve(&draft).await;
        let input = json!({ "draftId": draft, "when": when(number), "publishLateMinutes": 600 });
        let payload = story.author.act("schedulePost", input, "posts { id }").await;
        posts.push(payload["posts"][0]["id"].as_str().unwrap().to_owned());
    }
    posts
}

/// Leaves out what waits for years ahead.
fn due(mut filter: Value) -> Value {
    filter["dueBefore"] = json!("2032-01-01T00:00:00Z");
    filter
}

async fn waiting(story: &Story, filter: Value) -> i64 {
    let count = "query C($filter: PostFilter) { posts(first: 1, filter: $filter) { totalCount } }";
    story.author.ask(count, json!({ "filter": due(filter) })).await["posts"]["totalCount"].as_i64().unwrap()
}

async fn drained(story: &Story, channels: &[String]) -> Row {
    let pause = json!({ "scope": { "office": true }, "reason": "Measuring" });
    let pause = story.coordinator.act("pausePublishing", pause, "pause { id }").await["pause"]["id"].clone();
    schedule(story, channels, DRAINED, |_| json!({ "now": true })).await;
    let all_held = || async {
        (waiting(story, json!({ "states": ["HELD"] })).await == i64::try_from(DRAINED).unwrap()).then_some(())
    };
    support::client::until("all to be held", all_held).await;
    story.coordinator.act("resumePublishing", json!({ "pauseId": pause }), "pause { id }").await;
    support::client::until("the first to leave", || async {
        (waiting(story, json!({ "states": ["PUBLISHED"] })).await > 0).then_some(())
    })
    .await;
    let (started, already) = (Instant::now(), waiting(story, json!({ "states": ["PUBLISHED"] })).await);
    support::client::until("the queue to drain", || async {
        (waiting(story, json!({ "states": ["HELD", "SCHEDULED", "SENDING"] })).await == 0).then_some(())
    })
    .await;
    let left = DRAINED - usize::try_from(already).unwrap();
    Row {
        what: "drain of held posts to the feed",
        figures: json!({ "postsPerSecond": rate(left, started.elapsed().as_secs_f64()).round() }),
    }
}

async fn on_time(story: &Story, channels: &[String]) -> Row {
    let in_a_minute = "query N($id: ID!) { node(id: $id) { ... on Post { dueAt publishedAt } } }";
    let start = jiff::Timestamp::from_millisecond(
        i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap() + 45_000,
    )
    .unwrap();
    let when = |number: usize| {
        let at = start + jiff::SignedDuration::from_secs(i64::try_from(number / 5).unwrap());
        json!({ "at": { "localTime": at.strftime("%Y-%m-%dT%H:%M:%S").to_string(), "timeZone": "UTC" } })
    };
    let posts = schedule(story, channels, ON_TIME, when).await;
    let mut lags = Vec::new();
    for id in &posts {
        let post = support::client::until("a post to leave on time", || async {
            let post = story.author.ask(in_a_minute, json!({ "id": id })).await["node"].clone();
            (!post["publishedAt"].is_null()).then_some(post)
        })
        .await;
        let at = |field: &str| post[field].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        lags.push((at("publishedAt") - at("dueAt")).as_secs_f64() * 1_000.0);
    }
    lags.sort_by(f64::total_cmp);
    Row {
        what: "lag from due to sent, 5 posts a second",
        figures: json!({ "p50Ms": percentile(&lags, 0.5), "p99Ms": percentile(&lags, 0.99), "early": lags.iter().filter(|lag| **lag < 0.0).count() }),
    }
}

fn memory(pid: u32) -> Value {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let kib = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    json!(kib.map(|kib| kib / 1024))
}

async fn measure() -> Vec<Row> {
    let deployment = Deployment::fresh(&Engine::Sqlite).await.with(&[
        "api.cost_per_minute=5256000",
        "worker.release_every_seconds=1",
        "worker.concurrency=16",
        "log.level=warn",
        "limits.schedule_ahead_days=3650",
    ]);
    let started = Instant::now();
    let program = deployment.serve();
    let anonymous = Client::anonymous(program.url());
    anonymous.get("/health/live").await;
    let mut rows = vec![Row {
        what: "start to first answer, empty folder",
        figures: json!({ "ms": started.elapsed().as_millis() }),
    }];
    let idle = memory(program.id());
    rows.push(Row { what: "idle memory", figures: json!({ "rssMiB": idle }) });
    let story = Story::tell(&program.facts).await;
    let channels = channels(&story).await;
    schedule(&story, &channels, 100, |_| json!({ "at": { "localTime": "2033-01-01T09:00" } })).await;
    rows.push(load(&story.author, "channel list (30 with stewards)", CHANNEL_LIST, |_| json!({})).await);
    rows.push(load(&story.author, "dashboard page (50 posts)", DASHBOARD, |_| json!({})).await);
    let create = "mutation C($input: CreateDraftInput!) { createDraft(input: $input) { draft { id } userErrors { code } } }";
    let draft = |number: usize| json!({ "input": { "initiativeId": story.initiative, "clientKey": format!("bench-{number}"), "content": content("The clinic opens on Monday.", &[&story.feed]) } });
    rows.push(load(&story.author, "createDraft", create, draft).await);
    rows.push(on_time(&story, &channels).await);
    rows.push(drained(&story, &channels).await);
    rows.push(Row { what: "memory after all of this", figures: json!({ "rssMiB": memory(program.id()) }) });
    rows
}

fn figures(row: &Row) -> String {
    row.figures
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| format!("{name} {value}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn report(rows: &[Row]) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |rest| rest.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut out = format!(
        "# Benchmarks\n\nWritten by `make bench` (release profile, SQLite on disk, {CLIENTS} clients; client and server share the machine).\n\n\
         Machine: {cpu}, {cores} cores.\n\n| what | figures |\n|---|---|\n"
    );
    for row in rows {
        out.push_str(&format!("| {} | {} |\n", row.what, figures(row)));
    }
    out
}

fn main() {
    // `cargo test` builds and runs benches in test mode; measuring there would prove nothing.
    if std::env::args().any(|argument| argument == "--test")
        || !std::env::args().any(|argument| argument == "--bench")
    {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let rows = runtime.block_on(measure());
    let report = report(&rows);
    println!("{report}");
    fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/benchmarks.md"), &report).unwrap();
    let all: serde_json::Map<_, _> = rows.into_iter().map(|row| (row.what.to_owned(), row.figures)).collect();
    println!("{}", Value::Object(all));
}
