//! The queue's promises, in one process and on both engines: whatever dies, and whenever, nothing goes out twice, nothing
//! is lost, and every state is true.

use std::{cell::RefCell, collections::BTreeMap};

use chrono::TimeDelta;
use entity::{PostId, WorkerId, post::PostState};
use office::{
    pauses::{self, PausePublishing, Scope},
    posts::{self, Resolution},
    queue::{self, Begun, Cause, Lease, LookUpOutcome, Proof, SendOutcome, Settled},
};
use proptest::{prelude::*, test_runner::TestRunner};
use uuid::Uuid;

use crate::support::{
    desk::{Desk, permit},
    engine::engines,
};

fn worker(number: u128) -> WorkerId {
    WorkerId(Uuid::from_u128(number))
}

fn proof(id: PostId) -> Proof {
    Proof { remote_id: id.to_string(), remote_url: None, published_at: None, evidence: "ANSWER".to_owned() }
}

fn cause() -> Cause {
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
        assert!(queue::claim(&desk.office, worker(2), 10).await.unwrap().is_empty(), "a second worker finds nothing");
        let ready = begin(&desk, &leases[0]).await;
        assert_eq!(ready.composed.digest(), post.digest, "what is sent is what was approved");
        let settled = queue::settle(&desk.office, &leases[0], ready.attempt_id, &SendOutcome::Delivered(proof(post.id))).await.unwrap();
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
        assert_eq!(queue::rescue(&desk.office, worker(2)).await.unwrap(), 0, "a lease that holds is left alone");
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
        assert!(queue::claim(&desk.office, worker(2), 1).await.unwrap().is_empty(), "never re-sent on a guess");
        let late = queue::settle(&desk.office, &lost, ready.attempt_id, &SendOutcome::NotSent(cause(), None)).await.unwrap();
        assert_eq!(late, Settled::LostLease, "who lost the lease settles nothing");
        let look_up = queue::claim_look_ups(&desk.office, worker(2), 1).await.unwrap().remove(0);
        let ready = queue::begin_look_up(&desk.office, &look_up).await.unwrap().unwrap();
        let found = queue::settle_look_up(&desk.office, &look_up, ready.attempt_id, &LookUpOutcome::Found(proof(post.id))).await.unwrap();
        assert_eq!(found, Settled::State(PostState::Published));
    }
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
        let early = posts::resolve(&desk.office, &permit(&desk.coordinator), post.id, &Resolution::NotPublished).await;
        assert!(early.is_err(), "a person decides only when the platform cannot tell");
        desk.wait(TimeDelta::minutes(1));
        let look_up = queue::claim_look_ups(&desk.office, worker(1), 1).await.unwrap().remove(0);
        let ready = queue::begin_look_up(&desk.office, &look_up).await.unwrap().unwrap();
        queue::settle_look_up(&desk.office, &look_up, ready.attempt_id, &LookUpOutcome::CannotTell(cause())).await.unwrap();
        desk.wait(TimeDelta::hours(1));
        assert!(queue::claim_look_ups(&desk.office, worker(1), 1).await.unwrap().is_empty());
        let resolved = posts::resolve(&desk.office, &permit(&desk.coordinator), post.id, &Resolution::NotPublished).await.unwrap();
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
        let pause = PausePublishing { scope: Scope::Office, reason: "A day of mourning".to_owned(), starts_at: None, ends_at: None, exempt: vec![posts[1].id] };
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
        assert_eq!(desk.post(posts[0].id).await.state, PostState::Missed, "three hours late is not wanted any more");
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
                queue::settle(&desk.office, &lease, ready.attempt_id, &SendOutcome::Delivered(proof(lease.post_id))).await.unwrap();
            }
        }
        assert!(taken.values().all(|times| *times == 1), "{taken:?}");
    }
}

/// What can happen to the queue between two looks.
#[derive(Debug, Clone, Copy)]
enum Step {
    Claim(u128),
    Send { applied: bool, answered: bool, settled: bool },
    Crash,
    LookUp { reachable: bool },
    Wait(i64),
    Sweep,
    Revise,
    Cancel,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (1u128..3).prop_map(Step::Claim),
        6 => (any::<bool>(), any::<bool>(), prop::bool::weighted(0.8)).prop_map(|(applied, answered, settled)| Step::Send { applied, answered, settled }),
        1 => Just(Step::Crash),
        4 => any::<bool>().prop_map(|reachable| Step::LookUp { reachable }),
        4 => (1i64..200).prop_map(Step::Wait),
        3 => Just(Step::Sweep),
        1 => Just(Step::Revise),
        1 => Just(Step::Cancel),
    ];
    prop::collection::vec(step, 1..25)
}

/// A platform that counts what it applied of every post that was ever scheduled.
#[derive(Debug, Default)]
struct Platform(BTreeMap<PostId, u32>);

async fn run(desk: &Desk, steps: &[Step], platform: &mut Platform) {
    let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
    let post = desk.schedule_now(draft.id).await.remove(0).id;
    platform.0.insert(post, 0);
    let mut lease = None;
    for step in steps {
        take(desk, *step, post, draft.id, platform, &mut lease).await;
        check(desk, platform).await;
    }
    // The channel is free again for the next run on the same desk.
    desk.wait(TimeDelta::hours(2));
    take(desk, Step::Sweep, post, draft.id, platform, &mut lease).await;
}

async fn take(desk: &Desk, step: Step, post: PostId, draft: entity::DraftId, platform: &mut Platform, lease: &mut Option<Lease>) {
    let office = &desk.office;
    match step {
        Step::Claim(number) => {
            if let Some(claimed) = queue::claim(office, worker(number), 1).await.unwrap().pop() {
                *lease = Some(claimed);
            }
        }
        Step::Crash => *lease = None,
        Step::Send { applied, answered, settled } => {
            let Some(held) = lease.take() else { return };
            let Begun::Send(ready) = queue::begin(office, &held).await.unwrap() else { return };
            if applied {
                *platform.0.entry(held.post_id).or_default() += 1;
            }
            if !settled {
                return;
            }
            let outcome = match (applied, answered) {
                (true, true) => SendOutcome::Delivered(proof(held.post_id)),
                (false, true) => SendOutcome::NotSent(cause(), None),
                (_, false) => SendOutcome::Unknown(cause()),
            };
            queue::settle(office, &held, ready.attempt_id, &outcome).await.unwrap();
        }
        Step::LookUp { reachable } => {
            for look_up in queue::claim_look_ups(office, worker(9), 1).await.unwrap() {
                let Some(ready) = queue::begin_look_up(office, &look_up).await.unwrap() else { continue };
                let applied = platform.0.get(&look_up.post_id).copied().unwrap_or_default();
                let outcome = match (reachable, applied > 0) {
                    (true, true) => LookUpOutcome::Found(proof(look_up.post_id)),
                    (true, false) => LookUpOutcome::Absent,
                    (false, _) => LookUpOutcome::Unreachable(cause(), None),
                };
                queue::settle_look_up(office, &look_up, ready.attempt_id, &outcome).await.unwrap();
            }
        }
        Step::Wait(seconds) => desk.wait(TimeDelta::seconds(seconds)),
        Step::Sweep => {
            queue::rescue(office, worker(8)).await.unwrap();
            queue::expire(office, worker(8)).await.unwrap();
            queue::release_held(office, worker(8), None).await.unwrap();
        }
        Step::Revise => {
            let row = office::read::one::<entity::draft::Entity>(office.db().read(), desk.author.office_id, draft).await.unwrap();
            let revise = office::drafts::ReviseDraft {
                draft_id: draft,
                expected_version: row.version,
                content: crate::support::desk::content("Book a video visit today.", &desk.channels),
            };
            office::drafts::revise(office, &permit(&desk.author), revise).await.unwrap();
        }
        Step::Cancel => {
            let version = desk.post(post).await.version;
            drop(posts::cancel(office, &permit(&desk.author), post, version).await);
        }
    }
}

async fn check(desk: &Desk, platform: &Platform) {
    for (post, applied) in &platform.0 {
        assert!(*applied <= 1, "the platform has it twice");
        let state = desk.post(*post).await.state;
        match state {
            PostState::Published => assert_eq!(*applied, 1, "said to be out, and is not"),
            PostState::Scheduled
            | PostState::Retrying
            | PostState::Held
            | PostState::Missed
            | PostState::Cancelled
            | PostState::Rejected => assert_eq!(*applied, 0, "said to be {state:?}, and is out"),
            PostState::Sending | PostState::Unconfirmed => {}
            PostState::Corrected | PostState::Withdrawn | PostState::Drifted => panic!("nobody did that"),
        }
    }
}

/// Invariants 1 to 4 under any order of claims, answers, crashes, waits, edits and sweeps.
#[test]
fn whatever_happens_nothing_is_doubled_lost_or_lied_about() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let desk = runtime.block_on(Desk::open(&crate::support::engine::Engine::Sqlite, 1));
    let platform = RefCell::new(Platform::default());
    let mut runner = TestRunner::new(proptest::test_runner::Config { cases: 60, failure_persistence: None, ..Default::default() });
    runner
        .run(&steps(), |steps| {
            runtime.block_on(run(&desk, &steps, &mut platform.borrow_mut()));
            Ok(())
        })
        .unwrap();
    let out = platform.borrow().0.values().sum::<u32>();
    assert!(out > 3, "the runs hardly published anything: they prove nothing");
}
