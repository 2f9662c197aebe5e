//! The queue among real processes that are killed, frozen, cut off and set to wrong clocks, on platforms that misbehave
//! and count: whatever befalls, no post is published twice, none is lost, and everything shown is so.
//!
//! A short form runs with the tests; `make soak` runs the long one. Both print their seed; `FAULTS_SEED` throws the same
//! dice again.

mod accounts;
mod cast;
mod chaos;
mod dice;
mod moments;
mod plan;
mod proxy;
mod truth;
mod work;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::join_all;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{
    client::until,
    engine::{Engine, engines},
    program::Deployment,
    story::Story,
};
use accounts::Accounts;
use cast::{Cast, Role};
use chaos::Chaos;
use connectors::fake::{SECRET, USERNAME};
use plan::{LEASE, Plan, SETTINGS, say};
use work::Work;

/// Drafts that are written at the same time.
const WRITERS: usize = 3;
/// When nothing has changed for so long and something is still open, it is stuck.
const STUCK: Duration = Duration::from_mins(5);

/// The office with a channel on each account, connected, tried and active.
async fn found(cast: &Cast, accounts: &Accounts, facts: &serde_json::Value) -> Work {
    let story = Story::tell(facts).await;
    let mut channels = vec![story.feed.clone()];
    for account in accounts.iter() {
        let considered: Vec<&str> = channels.iter().map(String::as_str).collect();
        let (platform, handle, url) = (account.platform_name(), &account.handle, account.url());
        channels.push(story.channel(platform, handle, &url, &considered).await);
    }
    channels.remove(0);
    join_all(channels.iter().zip(accounts.iter()).map(|(id, account)| async {
        story.connect(id, account.platform.base_url().as_str(), USERNAME, SECRET).await;
        story.activate(id).await;
    }))
    .await;
    let work = Work { story, doors: cast.doors.clone(), channels };
    until("every credential to be tried", || async {
        let tried = "{ channels(first: 100) { nodes { credential { state } } } }";
        let tried = work.ask(&work.story.coordinator, tried, &json!({})).await;
        let healthy = tried["channels"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|channel| channel["credential"]["state"] == "HEALTHY")
            .count();
        (healthy >= work.channels.len()).then_some(())
    })
    .await;
    work
}

/// Local time in UTC, so many seconds ahead.
fn in_seconds(seconds: u64) -> String {
    let then = std::time::UNIX_EPOCH.elapsed().unwrap() + Duration::from_secs(seconds);
    let then = jiff::Timestamp::from_second(i64::try_from(then.as_secs()).unwrap()).unwrap();
    then.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Everybody writes; every other text is for a little later.
async fn write(work: Arc<Work>, drafts: usize, ahead: u64) -> usize {
    let writer = |first: usize| {
        let work = &work;
        async move {
            let mut posts = 0;
            for number in (first..drafts).step_by(WRITERS) {
                let seconds = 2 + u64::try_from(number).unwrap() * ahead / u64::try_from(drafts).unwrap();
                let at = in_seconds(seconds);
                let later = json!({ "at": { "localTime": at, "timeZone": "UTC" } });
                let when = if number % 2 == 0 { json!({ "now": true }) } else { later };
                posts += work.publish(number, when).await;
            }
            posts
        }
    };
    join_all((0..WRITERS).map(writer)).await.into_iter().sum()
}

/// Holds what is shown against what is so until the end, and decides what no platform can tell. Gives the first lies.
async fn watch(work: Arc<Work>, accounts: Arc<Accounts>, over: Arc<AtomicBool>) -> Vec<String> {
    let mut looks = 0_usize;
    while !over.load(Ordering::SeqCst) {
        let before = accounts.copies();
        let shown = work.posts("causeCode").await;
        let after = accounts.copies();
        let mut wrong = truth::doubled(&after);
        wrong.extend(truth::lies(&before, &shown, &after));
        if !wrong.is_empty() {
            return wrong;
        }
        for post in shown.iter().filter(|post| post.person_decides && post.state == "UNCONFIRMED") {
            work.decide(post, &accounts.copies()).await;
        }
        looks += 1;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    say(&format!("what was shown was so at {looks} looks in between"));
    Vec::new()
}

/// Waits until every post has come to its end.
async fn settle(work: &Work, log: impl Fn() -> String) {
    let (mut since, mut last) = (Instant::now(), String::new());
    loop {
        let left = work.unsettled().await;
        if left.is_empty() {
            return;
        }
        let now: String = left.iter().map(|post| post.whole.to_string()).collect();
        if now != last {
            (since, last) = (Instant::now(), now);
        }
        assert!(since.elapsed() < STUCK, "{} posts are stuck: {last}\n{}", left.len(), log());
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Plays a plan to its end and judges it.
async fn play(plan: Plan, deployment: Deployment) {
    let mut dice = dice::Dice::new(plan.seed);
    say(&plan.to_string());
    let accounts = Arc::new(Accounts::open(plan.channels).await);
    let mut cast = Cast::of(deployment.with(SETTINGS));
    for (number, role) in plan.cast.iter().enumerate() {
        cast.add(*role, plan.clocks && *role == Role::Worker).await;
        // The first API and the first worker found the office; the others come when the plan says so.
        if plan.cast[..number].iter().all(|earlier| earlier != role) || *role == Role::Api {
            assert!(cast.start(number), "{}", cast.deployment.log());
        }
    }
    let facts = cast.facts();
    let work = Arc::new(found(&cast, &accounts, &facts).await);
    accounts.misbehave(&mut dice.fork(), plan.drafts);
    let posts = plan.drafts * accounts.count();
    let over = Arc::new(AtomicBool::new(false));
    let mut tasks = JoinSet::new();
    tasks.spawn(write(Arc::clone(&work), plan.drafts, plan.ahead));
    let mut watching = JoinSet::new();
    watching.spawn(watch(Arc::clone(&work), Arc::clone(&accounts), Arc::clone(&over)));
    let mut chaos = Chaos::over(cast, dice.fork(), LEASE, plan.crash.clone());
    chaos.rage(&plan.faults(&mut dice), &accounts, posts, say).await;
    chaos.calm();
    let scheduled = tasks.join_next().await.unwrap().unwrap();
    assert_eq!(scheduled, posts, "every text was scheduled on every channel");
    say("no more faults: waiting for what is left");
    settle(&work, || chaos.cast.deployment.log_end()).await;
    over.store(true, Ordering::SeqCst);
    let mut wrong = watching.join_next().await.unwrap().unwrap();
    let database = chaos.cast.deployment.connect().await;
    let (at_the_end, tally) = truth::judge(&work, &accounts, &database, posts).await;
    wrong.extend(at_the_end);
    database.close().await.unwrap();
    say(&format!("befell: {:?}", chaos.befell));
    say(&format!("came to: {tally:?}"));
    let kills: usize = chaos.befell.iter().filter(|(fault, _)| fault.kills()).map(|(_, times)| times).sum();
    let deployment = chaos.cast.end();
    assert!(wrong.is_empty(), "seed {}: {wrong:#?}\n{}", plan.seed, deployment.log_end());
    say(&format!(
        "passed: {posts} posts, {kills} kills, nothing twice, nothing lost, everything shown was so"
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_befalls_three_workers_and_two_apis_each_post_is_out_once() {
    for engine in engines().into_iter().filter(|engine| matches!(engine, Engine::Postgres(_))) {
        play(Plan::short(), Deployment::fresh(&engine).await).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_again_and_again_on_the_embedded_database_each_post_is_out_once() {
    play(Plan::embedded(), Deployment::fresh(&Engine::Sqlite).await).await;
}

/// `make soak` runs it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes half an hour and a database of its own: make soak"]
async fn soak() {
    let engine = engines().into_iter().find(|engine| matches!(engine, Engine::Postgres(_)));
    play(Plan::long(), Deployment::fresh(&engine.unwrap()).await).await;
}
