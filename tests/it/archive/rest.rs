//! A restored office is at rest: whatever was under way waits for a person, and goes on when one says so.

use chrono::TimeDelta;
use entity::{
    PostId, WorkerId, channel, channel::CredentialState, correction, correction::CorrectionState, mail,
    mail::MailState, post, post::PostState,
};
use office::{OfficeError, RefusalCode, pauses, queue, recurrences};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{Elsewhere, LONG, Rich};
use crate::support::{
    desk::permit,
    engine::{Engine, engines},
};

const WORKER: WorkerId = WorkerId(uuid::Uuid::from_u128(9));

async fn posts(here: &Elsewhere, state: PostState) -> Vec<post::Model> {
    post::Entity::find().filter(post::Column::State.eq(state)).all(&here.database).await.unwrap()
}

/// All that a worker does by itself, for a while or until something leaves.
async fn work(here: &Elsewhere) -> Vec<PostId> {
    let mut left = Vec::new();
    for _ in 0..3 {
        here.clock.advance(LONG);
        queue::expire(&here.office, WORKER).await.unwrap();
        queue::rescue(&here.office, WORKER).await.unwrap();
        queue::mend(&here.office, WORKER).await.unwrap();
        queue::release_held(&here.office, WORKER, None).await.unwrap();
        recurrences::extend(&here.office, WORKER).await.unwrap();
        assert!(queue::claim_look_ups(&here.office, WORKER, 10).await.unwrap().is_empty());
        let claimed = queue::claim(&here.office, WORKER, queue::Room::of(10)).await.unwrap();
        left.extend(claimed.ready.iter().map(|ready| ready.post.id));
        if !left.is_empty() {
            break;
        }
    }
    left
}

async fn stands_still(engine: &Engine) {
    let rich = Rich::open(engine).await;
    let file = rich.export().await;
    let there = Elsewhere::open(engine).await;
    let imported = there.import(&file).await.unwrap();
    let rested = &imported.rested;
    // To be tried again, and two that waited; leaving, and lost sight of.
    assert_eq!((rested.posts.held, rested.posts.unconfirmed), (3, 2), "{rested:?}");
    assert_eq!((rested.channels, rested.tokens), (1, 1));
    assert!(rested.mails > 0);
    assert_eq!(rested.corrections, 1);
    let correction = correction::Entity::find().one(&there.database).await.unwrap().unwrap();
    assert_eq!((correction.state, correction.lease_until), (CorrectionState::Held, None));
    assert_eq!(work(&there).await, [], "nothing leaves by itself");
    assert_eq!(office::mail::due(&there.office, 10).await.unwrap(), 0);
    let held = posts(&there, PostState::Held).await;
    assert_eq!(held.len(), 3);
    for post in &held {
        let gates = &post.hold.as_ref().unwrap().gates;
        assert!(
            gates.iter().any(|gate| gate.gate == "PAUSE" && gate.reason.contains("restored from an archive"))
        );
    }
    let unconfirmed = posts(&there, PostState::Unconfirmed).await;
    assert_eq!(unconfirmed.len(), 2);
    assert!(unconfirmed.iter().all(|post| post.person_decides && post.lease_until.is_none()));
    let waiting =
        mail::Entity::find().filter(mail::Column::State.ne(MailState::GivenUp)).all(&there.database).await;
    assert!(waiting.unwrap().is_empty());
    let connected =
        channel::Entity::find().filter(channel::Column::CredentialState.ne(CredentialState::Missing));
    assert!(connected.all(&there.database).await.unwrap().is_empty());
    let refused = office::integrations::authenticate(&there.office, &rich.token).await.unwrap_err();
    assert!(matches!(refused, OfficeError::Refused(refusal) if refusal.code == RefusalCode::BadCredentials));
    let coordinator =
        office::members::requester_for(&there.office, rich.desk.coordinator.member_id().unwrap());
    let coordinator = coordinator.await.unwrap();
    pauses::resume(&there.office, &permit(&coordinator), rested.pause.id).await.unwrap();
    let left = work(&there).await;
    assert_eq!(left.len(), 3, "a person said so");
    assert!(left.iter().all(|id| held.iter().any(|post| post.id == *id)), "and none that may be out");
}

#[tokio::test]
async fn nothing_leaves_a_restored_office_until_a_person_says_so() {
    for engine in engines() {
        Box::pin(stands_still(&engine)).await;
    }
}

#[tokio::test]
async fn what_became_too_late_meanwhile_is_missed_and_asks() {
    for engine in engines() {
        let rich = Rich::open(&engine).await;
        let file = rich.export().await;
        let there = Elsewhere::open(&engine).await;
        there.clock.advance(TimeDelta::days(1));
        there.import(&file).await.unwrap();
        assert_eq!(work(&there).await, []);
        assert!(posts(&there, PostState::Held).await.is_empty());
        assert_eq!(posts(&there, PostState::Missed).await.len(), 3);
    }
}
