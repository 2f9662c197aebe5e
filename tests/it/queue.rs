//! The queue's promises, in one process and on both engines: whatever dies, and whenever, nothing goes out twice, nothing
//! is lost, and every state is true.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entity::{PostId, WorkerId, post::PostState};
use office::{
    pauses::{self, PausePublishing, Scope},
    posts::{self, Resolution},
    queue::{self, Begun, Cause, Lease, LookUpOutcome, Proof, SendOutcome, Settled},
};
use uuid::Uuid;

use crate::support::{
    desk::{Desk, permit},
    engine::engines,
};

pub(crate) fn worker(number: u128) -> WorkerId {
    WorkerId(Uuid::from_u128(number))
}

pub(crate) fn proof(id: PostId) -> Proof {
    Proof { remote_id: id.to_string(), remote_url: None, published_at: None, evidence: "ANSWER".to_owned() }
}

pub(crate) fn cause() -> Cause {
    Cause { code: "TIMEOUT".to_owned(), detail: "no answer".to_owned(), http_status: None }
}

async fn begin(desk: &Desk, lease: &Lease) -> queue::Ready {
    match queue::begin(&desk.office, lease).await.unwrap() {
        Begun::Send(ready) => *ready,
        other => panic!("the gate is shut: {other:?}"),
    }
}

#[tokio::test]
async fn an_approved_post_goes_out_once() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        let leases = queue::claim(&desk.office, worker(1), 10).await.unwrap();
        assert_eq!(leases.len(), 1);
        assert!(
            queue::claim(&desk.office, worker(2), 10).await.unwrap().is_empty(),
            "a second worker finds nothing"
        );
        let ready = begin(&desk, &leases[0]).await;
        assert_eq!(ready.composed.digest(), post.digest, "what is sent is what was approved");
        let settled = queue::settle(
            &desk.office,
            &leases[0],
            ready.attempt_id,
            &SendOutcome::Delivered(proof(post.id)),
        )
        .await
        .unwrap();
        assert_eq!(settled, Settled::State(PostState::Published));
        desk.wait(TimeDelta::days(2));
        assert!(queue::claim(&desk.office, worker(1), 10).await.unwrap().is_empty());
        let report = office::audit::verify(desk.office.db().read(), desk.author.office_id).await.unwrap();
        assert_eq!(report.broken_at, None);
    }
}

#[tokio::test]
async fn a_worker_that_dies_before_the_call_leaves_a_post_that_is_sent_later() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        queue::claim(&desk.office, worker(1), 1).await.unwrap();
        assert_eq!(
            queue::rescue(&desk.office, worker(2)).await.unwrap(),
            0,
            "a lease that holds is left alone"
        );
        desk.wait(TimeDelta::seconds(desk.office.limits().lease_seconds + 1));
        assert_eq!(queue::rescue(&desk.office, worker(2)).await.unwrap(), 1);
        assert_eq!(desk.post(post.id).await.state, PostState::Scheduled);
        assert_eq!(queue::claim(&desk.office, worker(2), 1).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_worker_that_dies_after_the_attempt_leaves_a_post_that_is_looked_up_first() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        let lost = queue::claim(&desk.office, worker(1), 1).await.unwrap().remove(0);
        let ready = begin(&desk, &lost).await;
        desk.wait(TimeDelta::seconds(desk.office.limits().lease_seconds + 1));
        queue::rescue(&desk.office, worker(2)).await.unwrap();
        assert_eq!(desk.post(post.id).await.state, PostState::Unconfirmed);
        assert!(
            queue::claim(&desk.office, worker(2), 1).await.unwrap().is_empty(),
            "never re-sent on a guess"
        );
        let late = queue::settle(&desk.office, &lost, ready.attempt_id, &SendOutcome::NotSent(cause(), None))
            .await
            .unwrap();
        assert_eq!(late, Settled::LostLease, "who lost the lease settles nothing");
        let look_up = queue::claim_look_ups(&desk.office, worker(2), 1).await.unwrap().remove(0);
        let ready = queue::begin_look_up(&desk.office, &look_up).await.unwrap().unwrap();
        let found = queue::settle_look_up(
            &desk.office,
            &look_up,
            ready.attempt_id,
            &LookUpOutcome::Found(proof(post.id)),
        )
        .await
        .unwrap();
        assert_eq!(found, Settled::State(PostState::Published));
    }
}

/// The one look-up that is due. A change that was refused a moment ago is rolled back by the pool in its own time, and
/// PostgreSQL skips the row that it locked until then.
async fn look_up_once_free(desk: &Desk) -> Lease {
    for _ in 0..1_000 {
        if let Some(lease) = queue::claim_look_ups(&desk.office, worker(1), 1).await.unwrap().pop() {
            return lease;
        }
        tokio::task::yield_now().await;
    }
    panic!("no look-up is due");
}

#[tokio::test]
async fn what_no_platform_can_tell_waits_for_a_person() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        let lease = queue::claim(&desk.office, worker(1), 1).await.unwrap().remove(0);
        let ready = begin(&desk, &lease).await;
        queue::settle(&desk.office, &lease, ready.attempt_id, &SendOutcome::Unknown(cause())).await.unwrap();
        let early =
            posts::resolve(&desk.office, &permit(&desk.coordinator), post.id, &Resolution::NotPublished)
                .await;
        assert!(early.is_err(), "a person decides only when the platform cannot tell");
        desk.wait(TimeDelta::minutes(1));
        let look_up = look_up_once_free(&desk).await;
        let ready = queue::begin_look_up(&desk.office, &look_up).await.unwrap().unwrap();
        queue::settle_look_up(&desk.office, &look_up, ready.attempt_id, &LookUpOutcome::CannotTell(cause()))
            .await
            .unwrap();
        desk.wait(TimeDelta::hours(1));
        assert!(queue::claim_look_ups(&desk.office, worker(1), 1).await.unwrap().is_empty());
        let resolved =
            posts::resolve(&desk.office, &permit(&desk.coordinator), post.id, &Resolution::NotPublished)
                .await
                .unwrap();
        assert_eq!(resolved.state, PostState::Retrying);
    }
}

#[tokio::test]
async fn a_pause_stops_what_is_claimed_already_and_resuming_floods_nothing() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let posts = desk.schedule_now(draft.id).await;
        let leases = queue::claim(&desk.office, worker(1), 10).await.unwrap();
        let pause = PausePublishing {
            client_key: None,
            scope: Scope::Office,
            reason: "A day of mourning".to_owned(),
            starts_at: None,
            ends_at: None,
            exempt: vec![posts[1].id],
        };
        let pause = pauses::begin(&desk.office, &permit(&desk.coordinator), pause).await.unwrap();
        for lease in &leases {
            let begun = queue::begin(&desk.office, lease).await.unwrap();
            let exempt = lease.post_id == posts[1].id;
            assert_eq!(matches!(begun, Begun::Send(_)), exempt, "only the exempt post leaves");
        }
        let held = desk.post(posts[0].id).await;
        assert_eq!(held.state, PostState::Held);
        assert_eq!(held.hold.unwrap().gates[0].gate, "PAUSE");
        desk.wait(TimeDelta::hours(3));
        pauses::resume(&desk.office, &permit(&desk.coordinator), pause.id).await.unwrap();
        queue::expire(&desk.office, worker(1)).await.unwrap();
        queue::release_held(&desk.office, worker(1), None).await.unwrap();
        assert_eq!(
            desk.post(posts[0].id).await.state,
            PostState::Missed,
            "three hours late is not wanted any more"
        );
    }
}

#[tokio::test]
async fn many_workers_never_take_the_same_post() {
    for engine in engines() {
        let desk = Desk::open(&engine, 6).await;
        let mut waiting = Vec::new();
        for number in 0..5 {
            let draft = desk.approved(&format!("Clinic {number} opens on Monday."), &desk.channels).await;
            waiting.extend(desk.schedule_now(draft.id).await);
        }
        let mut taken: BTreeMap<PostId, u32> = BTreeMap::new();
        while taken.len() < waiting.len() {
            let claims = (1..=4).map(|number| queue::claim(&desk.office, worker(number), 3));
            for lease in futures::future::join_all(claims).await.into_iter().flat_map(Result::unwrap) {
                *taken.entry(lease.post_id).or_default() += 1;
                let ready = begin(&desk, &lease).await;
                queue::settle(
                    &desk.office,
                    &lease,
                    ready.attempt_id,
                    &SendOutcome::Delivered(proof(lease.post_id)),
                )
                .await
                .unwrap();
            }
        }
        assert!(taken.values().all(|times| *times == 1), "{taken:?}");
    }
}
