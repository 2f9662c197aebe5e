//! The queue's promises under any order of claims, answers, crashes, waits, edits and sweeps.

use std::{cell::RefCell, collections::BTreeMap};

use chrono::TimeDelta;
use entity::{PostId, post::PostState};
use office::{
    posts::{self, Act, OutcomeKind, Resolution, When},
    queue::{self, LookUpOutcome, Ready, SendOutcome},
};
use proptest::{prelude::*, test_runner::TestRunner};

use crate::{
    queue::{cause, proof, worker},
    support::desk::{Desk, content, permit},
};

/// What can happen to the queue between two looks.
#[derive(Debug, Clone, Copy)]
enum Step {
    Claim(u128),
    Send { applied: bool, answered: bool, settled: bool, refused: bool },
    Crash,
    LookUp { reachable: bool },
    Wait(i64),
    Sweep,
    Revise,
    Cancel,
    Hold,
    Release,
    AskAgain,
    NextAct,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (1u128..3).prop_map(Step::Claim),
        6 => (any::<bool>(), any::<bool>(), prop::bool::weighted(0.8), prop::bool::weighted(0.3))
            .prop_map(|(applied, answered, settled, refused)| Step::Send { applied, answered, settled, refused }),
        1 => Just(Step::Crash),
        4 => any::<bool>().prop_map(|reachable| Step::LookUp { reachable }),
        4 => (1i64..200).prop_map(Step::Wait),
        3 => Just(Step::Sweep),
        1 => Just(Step::Revise),
        1 => Just(Step::Cancel),
        1 => Just(Step::Hold),
        1 => Just(Step::Release),
        1 => Just(Step::AskAgain),
        3 => Just(Step::NextAct),
    ];
    // Most runs begin with a worker that takes the post: else hardly any would come to the platform.
    (prop::bool::weighted(0.8), prop::collection::vec(step, 1..25)).prop_map(|(taken, mut steps)| {
        if taken {
            steps.insert(0, Step::Claim(1));
        }
        steps
    })
}

/// A platform that counts what it applied of every post that was ever scheduled.
#[derive(Debug, Default)]
struct Platform(BTreeMap<PostId, u32>);

async fn run(desk: &Desk, steps: &[Step], platform: &mut Platform) {
    let draft = desk.approved("Book a video visit from home.", &desk.channels).await;
    let post = desk.schedule_now(draft.id).await.remove(0).id;
    platform.0.insert(post, 0);
    let mut taken = None;
    for step in steps {
        take(desk, *step, post, draft.id, platform, &mut taken).await;
        check(desk, platform).await;
        told(desk, post, platform.0[&post]).await;
    }
    Box::pin(finish(desk, post, draft.id, platform)).await;
}

/// What a run leaves undone is brought to an end as people would, so that its channel is free for the next one.
async fn finish(desk: &Desk, post: PostId, draft: entity::DraftId, platform: &mut Platform) {
    for _ in 0..12 {
        desk.wait(TimeDelta::hours(2));
        for step in [Step::Sweep, Step::LookUp { reachable: true }] {
            take(desk, step, post, draft, platform, &mut None).await;
        }
        check(desk, platform).await;
        let state = desk.post(post).await.state;
        let over = [PostState::Published, PostState::Cancelled, PostState::Rejected, PostState::Missed];
        if over.contains(&state) {
            return;
        }
        take(desk, Step::NextAct, post, draft, platform, &mut None).await;
    }
    panic!("what people do does not bring it to an end: {:?}", desk.post(post).await.state);
}

async fn take(
    desk: &Desk,
    step: Step,
    post: PostId,
    draft: entity::DraftId,
    platform: &mut Platform,
    taken: &mut Option<Ready>,
) {
    let office = &desk.office;
    match step {
        Step::Claim(number) => {
            if let Some(claimed) = desk.claim(number, 1).await.ready.pop() {
                *taken = Some(claimed);
            }
        }
        Step::Crash => *taken = None,
        Step::Send { applied, answered, settled, refused } => {
            let Some(ready) = taken.take() else { return };
            // Who lost the lease does not begin a call.
            if office.now() >= ready.lease.until {
                return;
            }
            if applied {
                *platform.0.entry(ready.post.id).or_default() += 1;
            }
            if !settled {
                return;
            }
            let outcome = match (applied, answered) {
                (true, true) => SendOutcome::Delivered(proof(ready.post.id)),
                (false, true) if refused => SendOutcome::Refused(cause()),
                (false, true) => SendOutcome::NotSent(cause(), None),
                (_, false) => SendOutcome::Unknown(cause()),
            };
            desk.settle(&ready, outcome).await;
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
        Step::Revise => revise(desk, draft).await,
        Step::Cancel => {
            let version = desk.post(post).await.version;
            drop(posts::cancel(office, &permit(&desk.author), post, version).await);
        }
        Step::Hold | Step::Release | Step::AskAgain => work(desk, step, post).await,
        Step::NextAct => follow(desk, post, platform).await,
    }
}

/// Whatever of it is refused, is; nothing of it may send twice.
async fn work(desk: &Desk, step: Step, id: PostId) {
    let (office, version) = (&desk.office, desk.post(id).await.version);
    match step {
        Step::Hold => {
            drop(posts::hold(office, &permit(&desk.author), id, version, "wait for the lawyers").await);
        }
        Step::Release => drop(posts::release(office, &permit(&desk.author), id, version).await),
        _ => {
            drop(posts::retry(office, &permit(&desk.author), id, version).await);
            drop(posts::look_up(office, &permit(&desk.author), id).await);
        }
    }
}

/// Does what the post's next act says, as a person would; whatever it is, it must be possible and send nothing twice.
async fn follow(desk: &Desk, id: PostId, platform: &Platform) {
    let office = &desk.office;
    let shown = posts::show(office, &permit(&desk.author), id).await.unwrap();
    let version = shown.post.version;
    match shown.next_act.act {
        Act::None | Act::Wait | Act::ReconnectChannel | Act::Revise | Act::Correct => {}
        Act::LookUp => drop(posts::look_up(office, &permit(&desk.author), id).await.unwrap()),
        Act::Resolve => {
            let out = platform.0.get(&id).is_some_and(|applied| *applied > 0);
            let url = "https://press.example.org/it".to_owned();
            let found = if out { Resolution::Published { url } } else { Resolution::NotPublished };
            posts::resolve(office, &permit(&desk.coordinator), id, desk.post(id).await.version, &found)
                .await
                .unwrap();
        }
        Act::Retry => drop(posts::retry(office, &permit(&desk.author), id, version).await.unwrap()),
        Act::Reschedule => {
            posts::reschedule(office, &permit(&desk.author), id, version, &When::Now).await.unwrap();
        }
        Act::Release => drop(posts::release(office, &permit(&desk.author), id, version).await.unwrap()),
        Act::Cancel => drop(posts::cancel(office, &permit(&desk.author), id, version).await.unwrap()),
    }
}

/// What is told of the outcome is what the platform knows.
async fn told(desk: &Desk, id: PostId, applied: u32) {
    let shown = posts::show(&desk.office, &permit(&desk.author), id).await.unwrap();
    match shown.outcome.kind {
        OutcomeKind::Sent => assert_eq!(applied, 1, "told as sent"),
        OutcomeKind::NotSent | OutcomeKind::Refused | OutcomeKind::NotTried => {
            assert_eq!(applied, 0, "told as {:?}", shown.outcome);
        }
        OutcomeKind::NotKnown => {
            assert!(
                matches!(shown.next_act.act, Act::Wait | Act::LookUp | Act::Resolve),
                "{:?}",
                shown.next_act
            );
        }
    }
}

async fn revise(desk: &Desk, draft: entity::DraftId) {
    let db = desk.office.db().read();
    let row = office::read::one::<entity::draft::Entity>(db, desk.author.office_id, draft).await.unwrap();
    let revise = office::drafts::ReviseDraft {
        draft_id: draft,
        expected_version: row.version,
        content: content("Book a video visit today.", &desk.channels),
    };
    office::drafts::revise(&desk.office, &permit(&desk.author), revise).await.unwrap();
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
    let mut runner = TestRunner::new(proptest::test_runner::Config {
        cases: 60,
        failure_persistence: None,
        ..Default::default()
    });
    runner
        .run(&steps(), |steps| {
            runtime.block_on(run(&desk, &steps, &mut platform.borrow_mut()));
            Ok(())
        })
        .unwrap();
    let out = platform.borrow().0.values().sum::<u32>();
    assert!(out > 1, "the runs hardly published anything: they prove nothing");
}
