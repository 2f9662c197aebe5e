//! Links in the background: each once an office, taken by one worker at a time, looked at again at their pace.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use connectors::{Http, HttpLimits};
use entity::{WorkerId, audit_entry, link_check, link_check::LinkState};
use office::{
    IdSource as _, SystemIds,
    links::{self, Claimed, Found, LinkStatus},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use tokio_util::sync::CancellationToken;
use worker::{Worker, WorkerSettings};

use crate::support::{client::until, desk::Desk, engine::engines};

fn worker_id() -> WorkerId {
    WorkerId(SystemIds.next())
}

fn urls(list: &[&str]) -> Vec<String> {
    list.iter().map(|url| (*url).to_owned()).collect()
}

async fn watch(desk: &Desk, list: &[&str]) {
    links::watch(&desk.office, &desk.author, &urls(list)).await.unwrap();
}

async fn claim(desk: &Desk, n: u64) -> Vec<Claimed> {
    links::claim_due(&desk.office, worker_id(), n).await.unwrap()
}

async fn settle(desk: &Desk, claimed: &Claimed, found: &Found) -> bool {
    links::settle(&desk.office, worker_id(), claimed, found).await.unwrap()
}

async fn status(desk: &Desk, url: &str) -> LinkStatus {
    let db = desk.office.db().read();
    let found = links::statuses(db, desk.author.office_id, &urls(&[url])).await.unwrap();
    found[url].clone()
}

fn alive() -> Found {
    Found::Alive { status: 200, redirected_to: None }
}

#[tokio::test]
async fn a_link_is_kept_once_an_office_and_known_by_any_of_its_forms() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        watch(&desk, &["https://a.example/", "https://b.example/x"]).await;
        watch(&desk, &["https://a.example/", "https://a.example/"]).await;
        watch(&desk, &[]).await;
        assert_eq!(link_check::Entity::find().count(&desk.database).await.unwrap(), 2);
        assert_eq!(status(&desk, "HTTPS://A.example#top").await.state, LinkState::Unchecked);
        let unknown = status(&desk, "http://bit.ly/never").await;
        assert_eq!(unknown.state, LinkState::Unchecked);
        let db = desk.office.db().read();
        let none = links::statuses(db, desk.author.office_id, &urls(&["no address"])).await.unwrap();
        assert!(none.is_empty());
    }
}

#[tokio::test]
async fn two_workers_never_hold_the_same_link() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let many: Vec<String> = (0..40).map(|i| format!("https://example.org/{i}")).collect();
        links::watch(&desk.office, &desk.author, &many).await.unwrap();
        let rounds = futures::future::join_all((0..8).map(|_| claim(&desk, 5))).await;
        let taken: Vec<_> = rounds.into_iter().flatten().collect();
        let different: BTreeSet<_> = taken.iter().map(|claimed| claimed.id).collect();
        assert_eq!(taken.len(), different.len(), "a link was taken twice");
        let left = claim(&desk, 100).await;
        assert_eq!(taken.len() + left.len(), 40);
        assert!(claim(&desk, 100).await.is_empty());
        // A worker that died loses its hold; what it says later is not written.
        desk.wait(TimeDelta::seconds(61));
        let again = claim(&desk, 100).await;
        assert_eq!(again.len(), 40);
        let late = taken.into_iter().chain(left).last().unwrap();
        assert!(!settle(&desk, &late, &Found::Dead { status: 404 }).await);
        assert_eq!(status(&desk, &late.url).await.state, LinkState::Unchecked);
        let holder = again.iter().find(|claimed| claimed.id == late.id).unwrap();
        assert!(settle(&desk, holder, &alive()).await);
        assert!(!settle(&desk, holder, &alive()).await, "it is held no longer");
    }
}

#[tokio::test]
async fn a_link_is_looked_at_again_at_its_pace() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let url = "https://example.org/page";
        watch(&desk, &[url]).await;
        let steps = [
            (Found::Unreachable { status: Some(503) }, LinkState::Unreachable, TimeDelta::minutes(10)),
            (Found::NoSuchHost, LinkState::Unreachable, TimeDelta::minutes(20)),
            (Found::NoSuchHost, LinkState::Unreachable, TimeDelta::minutes(40)),
            (Found::NoSuchHost, LinkState::Dead, TimeDelta::days(7)),
            (Found::Refused, LinkState::Refused, TimeDelta::days(7)),
            (alive(), LinkState::Alive, TimeDelta::days(7)),
        ];
        for (found, state, wait) in steps {
            let claimed = claim(&desk, 9).await.pop().unwrap();
            assert!(settle(&desk, &claimed, &found).await);
            assert_eq!(status(&desk, url).await.state, state, "{found:?}");
            desk.wait(wait - TimeDelta::seconds(1));
            assert!(claim(&desk, 9).await.is_empty(), "{found:?}: too early");
            desk.wait(TimeDelta::seconds(1));
        }
    }
}

#[tokio::test]
async fn what_nobody_uses_rests_until_somebody_does() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        watch(&desk, &["https://example.org/old"]).await;
        desk.wait(TimeDelta::days(85));
        let claimed = claim(&desk, 9).await.pop().unwrap();
        settle(&desk, &claimed, &alive()).await;
        desk.wait(TimeDelta::days(300));
        assert!(claim(&desk, 9).await.is_empty());
        watch(&desk, &["https://example.org/old"]).await;
        assert_eq!(claim(&desk, 9).await.len(), 1);
    }
}

#[tokio::test]
async fn a_change_of_state_is_audited_without_the_address() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        watch(&desk, &["https://example.org/secret-page"]).await;
        let moved = Some("https://example.org/there".to_owned());
        for _ in 0..2 {
            let claimed = claim(&desk, 9).await.pop().unwrap();
            settle(&desk, &claimed, &Found::Alive { status: 200, redirected_to: moved.clone() }).await;
            desk.wait(TimeDelta::days(7));
        }
        let entries = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.eq("checkLink"))
            .all(&desk.database)
            .await
            .unwrap();
        assert_eq!(entries.len(), 1, "only the change is noted, not every look");
        assert!(entries[0].detail.contains("ALIVE") && !entries[0].detail.contains("example.org"));
        let known = status(&desk, "https://example.org/secret-page").await;
        assert_eq!((known.redirected_to, known.status), (moved, Some(200)));
    }
}

/// The defaults, with a look every second.
fn settings() -> WorkerSettings {
    let defaults: toml::Table = include_str!("../../config/default.toml").parse().unwrap();
    let mut settings: WorkerSettings = defaults["worker"].clone().try_into().unwrap();
    settings.links_every_seconds = 1;
    settings.links_concurrency = 2;
    settings.internal_hosts = vec!["intranet.example.org".to_owned()];
    settings
}

/// Nothing here leaves the machine: each of these is refused before any connection.
#[tokio::test]
async fn the_worker_looks_at_links_and_goes_into_no_private_network() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let private = [
            "http://127.0.0.1/admin",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "https://intranet.example.org/page",
            "http://printer.local/",
            "https://example.org:8443/",
        ];
        watch(&desk, &private).await;
        let http = Http::new(HttpLimits::default()).unwrap();
        let worker = Worker::new(desk.office.clone(), http, settings(), worker_id(), "test").unwrap();
        let stop = CancellationToken::new();
        let refused = async {
            until("every link is refused", || async {
                let refused = link_check::Entity::find()
                    .filter(link_check::Column::State.eq(LinkState::Refused))
                    .count(&desk.database)
                    .await
                    .unwrap();
                (refused == 6).then_some(())
            })
            .await;
            stop.cancel();
        };
        let (ran, ()) = tokio::join!(worker.run(stop.clone()), refused);
        ran.unwrap();
    }
}
