//! The queue's promises, in one process and on both engines: whatever dies, and whenever, nothing goes out twice, nothing
//! is lost, and every state is true.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entity::{PostId, WorkerId, post::PostState};
use office::{
    pauses::{self, PausePublishing, Scope},
    posts::{self, Resolution},
    queue::{self, Cause, Lease, LookUpOutcome, Proof, SendOutcome, Settled},
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

#[tokio::test]
async fn an_approved_post_goes_out_once() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        let ready = desk.claim_one(1).await;
        assert!(desk.claim(2, 10).await.is_empty(), "a second worker finds nothing");
        assert_eq!(ready.composed.digest(), post.digest, "what is sent is what was approved");
        let settled = desk.settle(&ready, SendOutcome::Delivered(proof(post.id))).await;
        assert_eq!(settled, Settled::State(PostState::Published));
        desk.wait(TimeDelta::days(2));
        assert!(desk.claim(1, 10).await.is_empty());
        let report = office::audit::verify(desk.office.db().read(), desk.author.office_id).await.unwrap();
        assert_eq!(report.broken_at, None);
    }
}

#[tokio::test]
async fn a_worker_that_dies_leaves_a_post_that_is_looked_up_first() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        let lost = desk.claim_one(1).await;
        assert_eq!(
            queue::rescue(&desk.office, worker(2)).await.unwrap(),
            0,
            "a lease that holds is left alone"
        );
        desk.wait(TimeDelta::seconds(desk.office.limits().lease_seconds + 1));
        assert_eq!(queue::rescue(&desk.office, worker(2)).await.unwrap(), 1);
        assert_eq!(desk.post(post.id).await.state, PostState::Unconfirmed);
        assert!(desk.claim(2, 1).await.is_empty(), "never re-sent on a guess");
        let late = desk.settle(&lost, SendOutcome::NotSent(cause(), None)).await;
        assert_eq!(late, Settled::LostLease, "who lost the lease settles nothing");
        desk.wait(TimeDelta::seconds(desk.office.limits().look_up_after_seconds));
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

#[tokio::test]
async fn a_claim_whose_answer_was_lost_is_disowned_and_sent_after_all() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        desk.claim_one(1).await;
        assert_eq!(
            queue::disown(&desk.office, worker(1), &[(post.id, 1)]).await.unwrap(),
            0,
            "it is in flight"
        );
        assert_eq!(queue::disown(&desk.office, worker(2), &[]).await.unwrap(), 0, "it is another worker's");
        assert_eq!(queue::disown(&desk.office, worker(1), &[]).await.unwrap(), 1);
        assert_eq!(desk.post(post.id).await.state, PostState::Retrying);
        desk.wait(TimeDelta::minutes(1));
        assert_eq!(desk.claim_one(2).await.post.id, post.id);
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
        let ready = desk.claim_one(1).await;
        desk.settle(&ready, SendOutcome::Unknown(cause())).await;
        let early = posts::resolve(
            &desk.office,
            &permit(&desk.coordinator),
            post.id,
            desk.post(post.id).await.version,
            &Resolution::NotPublished,
        )
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
        let resolved = posts::resolve(
            &desk.office,
            &permit(&desk.coordinator),
            post.id,
            desk.post(post.id).await.version,
            &Resolution::NotPublished,
        )
        .await
        .unwrap();
        assert_eq!(resolved.state, PostState::Retrying);
    }
}

#[tokio::test]
async fn a_pause_stops_what_is_due_and_resuming_floods_nothing() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
        let posts = desk.schedule_now(draft.id).await;
        let pause = PausePublishing {
            client_key: None,
            scope: Scope::Office,
            reason: "A day of mourning".to_owned(),
            starts_at: None,
            ends_at: None,
            exempt: vec![posts[1].id],
        };
        let pause = pauses::begin(&desk.office, &permit(&desk.coordinator), pause).await.unwrap();
        let claimed = desk.claim(1, 10).await;
        let leaving: Vec<_> = claimed.ready.iter().map(|ready| ready.post.id).collect();
        assert_eq!(leaving, [posts[1].id], "only the exempt post leaves");
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
            let claims = (1..=4).map(|number| desk.claim(number, 3));
            for ready in futures::future::join_all(claims).await.into_iter().flat_map(|claimed| claimed.ready)
            {
                *taken.entry(ready.post.id).or_default() += 1;
                desk.settle(&ready, SendOutcome::Delivered(proof(ready.post.id))).await;
            }
        }
        assert!(taken.values().all(|times| *times == 1), "{taken:?}");
    }
}
