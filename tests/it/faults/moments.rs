//! Single moments that chance seldom meets: a worker that stands still, or has a wrong clock, between the question whether
//! a post is out and the request that publishes it.

use std::time::Duration;

use connectors::fake::{Answer, Call, Dialect, Script};
use serde_json::json;

use super::{
    accounts::Accounts,
    cast::{Cast, Role, clock_library},
    found, in_seconds,
    plan::{SETTINGS, say},
    truth::doubled,
    work::Work,
};
use crate::support::{
    client::until,
    engine::{Engine, engines},
    program::Deployment,
};

/// An API, a worker, and a second worker that is not started yet; a WordPress account, and a post on it.
struct Moment {
    cast: Cast,
    accounts: Accounts,
    work: Work,
}

/// What reads for itself would hear what is scripted for a post.
const QUIET: &[&str] = &["limits.inbox_seconds=0"];
const FIRST: usize = 1;
const SECOND: usize = 2;

impl Moment {
    /// None where there is no PostgreSQL.
    async fn set(settings: &[&str]) -> Option<Self> {
        let engine = engines().into_iter().find(|engine| matches!(engine, Engine::Postgres(_)))?;
        let mut cast = Cast::of(Deployment::fresh(&engine).await.with(SETTINGS).with(QUIET).with(settings));
        cast.add(Role::Api, false).await;
        cast.add(Role::Worker, false).await;
        cast.add(Role::Worker, true).await;
        assert!(cast.start(0) && cast.start(FIRST), "{}", cast.deployment.log());
        let accounts = Accounts::open(1).await;
        let facts = cast.facts();
        let work = found(&cast, &accounts, &facts).await;
        assert_eq!(accounts.iter().next().unwrap().dialect, Dialect::WordPress);
        Some(Self { cast, accounts, work })
    }

    /// Schedules a post now and waits until the first worker has asked whether it is out; the answer takes this long.
    async fn asked(&self, answer: Duration) {
        let platform = &self.accounts.iter().next().unwrap().platform;
        // The first question is where the API is, the second whether the post is there.
        platform.script(Call::Read, Script::applied(Answer::Normal));
        platform.script(Call::Read, Script::applied(Answer::Slow(answer)));
        let before = platform.requests().len();
        self.work.publish(0, json!({ "now": true })).await;
        until("the question whether it is out", || async {
            let requests = platform.requests();
            let asked = requests.iter().skip(before).any(|line| line.ends_with("/wp/v2/posts"));
            asked.then_some(())
        })
        .await;
    }

    async fn published(&self) {
        until("it to be published", || async {
            let posts = self.work.posts("causeCode").await;
            (posts[0].state == "PUBLISHED").then_some(())
        })
        .await;
    }

    fn copies(&self) -> usize {
        self.accounts.copies().values().sum()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn frozen_after_it_asked_a_worker_does_not_send_what_another_has_sent_since() {
    let Some(mut moment) = Moment::set(&[]).await else { return };
    moment.asked(Duration::from_millis(300)).await;
    moment.cast.actors[FIRST].freeze();
    assert!(moment.cast.start(SECOND), "{}", moment.cast.deployment.log());
    moment.published().await;
    assert_eq!(moment.copies(), 1);
    moment.cast.actors[FIRST].thaw();
    // It drains, so whatever it was at has come to its end.
    moment.cast.actors[FIRST].drain(&moment.cast.deployment);
    assert_eq!(moment.copies(), 1, "the one that was frozen did not send it again");
}

/// It holds the end of the audit chain, for which everybody else waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_worker_that_falls_silent_in_the_middle_of_a_change_does_not_stop_the_office() {
    let Some(mut moment) = Moment::set(&[]).await else { return };
    moment.cast.actors[FIRST].drain(&moment.cast.deployment);
    let wire = moment.cast.actors[FIRST].wire.as_ref().unwrap();
    wire.silence_at("INSERT INTO audit_entry");
    assert!(moment.cast.start(FIRST), "{}", moment.cast.deployment.log());
    moment.work.publish(0, json!({ "now": true })).await;
    let wire = moment.cast.actors[FIRST].wire.as_ref().unwrap();
    until("the worker to fall silent", || async { wire.is_silent().then_some(()) }).await;
    assert!(moment.cast.start(SECOND), "{}", moment.cast.deployment.log());
    moment.work.publish(1, json!({ "now": true })).await;
    until("both to be published by the other worker", || async {
        let posts = moment.work.posts("causeCode").await;
        (posts.len() == 2 && posts.iter().all(|post| post.state == "PUBLISHED")).then_some(())
    })
    .await;
    assert!(doubled(&moment.accounts.copies()).is_empty());
    moment.cast.actors[FIRST].kill();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_worker_whose_clock_is_ahead_takes_nothing_from_others_and_sends_nothing_early() {
    if clock_library().is_none() {
        return say("no clock is stepped: Debian's package faketime is not installed");
    }
    let calls = ["http.read_seconds=16", "http.total_seconds=16", "http.preparation_seconds=16"];
    let limits = ["limits.lease_seconds=45", "limits.look_up_after_seconds=16", "worker.drain_seconds=20"];
    let Some(mut moment) = Moment::set(&[calls.as_slice(), limits.as_slice()].concat()).await else { return };
    moment.cast.actors[SECOND].step_clock(600);
    moment.asked(Duration::from_secs(14)).await;
    assert!(moment.cast.start(SECOND), "{}", moment.cast.deployment.log());
    let later = json!({ "at": { "localTime": in_seconds(25), "timeZone": "UTC" } });
    moment.work.publish(1, later).await;
    until("both to be published", || async {
        let posts = moment.work.posts("causeCode").await;
        posts.iter().all(|post| post.state == "PUBLISHED").then_some(())
    })
    .await;
    // What the first was at has come to its end.
    moment.cast.actors[FIRST].drain(&moment.cast.deployment);
    let times = moment.accounts.times();
    let mut wrong = doubled(&moment.accounts.copies());
    for post in moment.work.posts("attempts { kind outcome startedAt }").await {
        if times[&post.id] < post.due_at {
            wrong.push(format!("it came early: {}", post.whole));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
