//! Working the queue by hand, in one process and on both engines: a person's hold, trying again, asking again, pauses with
//! changing exemptions, what an operator may do. None of it goes round the gate or sends what may be out.

use chrono::TimeDelta;
use entity::{
    PostId,
    post::{self, PostState},
};
use office::{
    Actor, OfficeError, RefusalCode, Requester, Result, pauses,
    pauses::{PausePublishing, Scope},
    policy::op,
    posts,
    queue::{self, SendOutcome},
};

use crate::{
    queue::worker,
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

mod holding;
mod pausing;
mod preparing;
mod through_the_api;
mod truth;
mod trying;

const WORDS: &str = "Book a video visit from home.";

fn refusal<T: std::fmt::Debug>(result: Result<T>) -> (RefusalCode, String) {
    match result {
        Err(OfficeError::Refused(refusal)) => (refusal.code, refusal.message),
        other => panic!("it was not refused: {other:?}"),
    }
}

async fn scheduled(desk: &Desk) -> post::Model {
    let draft = desk.approved(WORDS, &desk.channels).await;
    desk.schedule_now(draft.id).await.remove(0)
}

async fn hold(desk: &Desk, who: &Requester, id: PostId) -> Result<post::Model> {
    let version = desk.post(id).await.version;
    posts::hold(&desk.office, &permit(who), id, version, "Legal is still reading it").await
}

async fn release(desk: &Desk, who: &Requester, id: PostId) -> Result<posts::Released> {
    let version = desk.post(id).await.version;
    posts::release(&desk.office, &permit(who), id, version).await
}

/// Sends whatever is due, with this outcome; tells how many were sent.
async fn send(desk: &Desk, outcome: &SendOutcome) -> usize {
    let claimed = desk.claim(1, 10).await;
    for ready in &claimed.ready {
        desk.settle(ready, outcome.clone()).await;
    }
    claimed.ready.len()
}

async fn sweep(desk: &Desk) {
    queue::expire(&desk.office, worker(1)).await.unwrap();
    queue::release_held(&desk.office, worker(1), None).await.unwrap();
}

fn operator(desk: &Desk) -> Requester {
    Requester::new(desk.author.office_id, Actor::Operator)
}

async fn pause(desk: &Desk, who: &Requester, scope: Scope, exempt: &[PostId]) -> entity::pause::Model {
    let pause = PausePublishing {
        client_key: None,
        scope,
        reason: "A storm".to_owned(),
        starts_at: None,
        ends_at: None,
        exempt: exempt.to_vec(),
    };
    pauses::begin(&desk.office, &permit(who), pause).await.unwrap()
}

#[tokio::test]
async fn the_state_of_the_queue_is_told_to_its_office() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let draft = desk.approved(WORDS, &desk.channels).await;
        let posts = desk.schedule_now(draft.id).await;
        hold(&desk, &desk.author, posts[1].id).await.unwrap();
        queue::beat(&desk.office, worker(7), "desk", desk.office.now(), 3).await.unwrap();
        queue::beat(&desk.office, worker(8), "desk", desk.office.now(), 0).await.unwrap();
        queue::stopped(&desk.office, worker(8)).await.unwrap();
        desk.wait(TimeDelta::minutes(2));
        let status = posts::queue_status(&desk.office, &permit(&desk.author)).await.unwrap();
        let count = |state| status.states.iter().find(|count| count.state == state).unwrap().posts;
        assert_eq!((count(PostState::Scheduled), count(PostState::Held)), (Some(1), Some(1)));
        assert_eq!(count(PostState::Unconfirmed), Some(0));
        assert_eq!(status.oldest_due_at, Some(posts[0].due_at));
        assert_eq!(status.oldest_unconfirmed_due_at, None);
        let workers: Vec<_> = status.workers.iter().map(|beat| (beat.id, beat.in_flight)).collect();
        assert_eq!(workers, [(worker(7), 3)], "one that stopped is not there any more");
    }
}

#[test]
fn an_operator_stops_things_and_publishes_nothing() {
    let operator = Requester::new(entity::OfficeId(uuid::Uuid::nil()), Actor::Operator);
    assert!(operator.permit::<op::HoldPost>().is_ok() && operator.permit::<op::PausePublishing>().is_ok());
    assert!(operator.permit::<op::CancelPost>().is_ok() && operator.permit::<op::LookUpPost>().is_ok());
    for refused in [
        operator.permit::<op::SchedulePost>().is_err(),
        operator.permit::<op::ReschedulePost>().is_err(),
        operator.permit::<op::ResolvePost>().is_err(),
        operator.permit::<op::ChangeExemptions>().is_err(),
        operator.permit::<op::ReviewDraft>().is_err(),
        operator.permit::<op::WaiveFinding>().is_err(),
        operator.permit::<op::SubmitDraft>().is_err(),
    ] {
        assert!(refused, "an operator runs the machine, and decides nothing of what is said");
    }
}
