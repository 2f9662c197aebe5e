//! Trying again what is surely not out, and asking again about what may be.

use chrono::TimeDelta;
use entity::{
    PostId,
    post::{self, PostState},
};
use office::{
    RefusalCode, Requester, Result,
    pauses::Scope,
    posts::{self, Act, OutcomeKind, Resolution},
    queue::{self, Cause, LookUpOutcome, SendOutcome},
};

use super::{WORDS, hold, operator, pause, refusal, scheduled, send};
use crate::{
    queue::{cause, proof, worker},
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

async fn retry(desk: &Desk, who: &Requester, id: PostId) -> Result<post::Model> {
    let version = desk.post(id).await.version;
    posts::retry(&desk.office, &permit(who), id, version).await
}

fn refused() -> Cause {
    Cause {
        code: "HTTP_422".to_owned(),
        detail: "the platform refused it".to_owned(),
        http_status: Some(422),
    }
}

/// The one look-up that is due, with this outcome. On PostgreSQL a row that a refused change locked may be skipped for a
/// moment, until the pool has rolled that back.
pub(super) async fn look_up(desk: &Desk, outcome: &LookUpOutcome) {
    for _ in 0..1_000 {
        if let Some(lease) = queue::claim_look_ups(&desk.office, worker(1), 1).await.unwrap().pop() {
            let ready = queue::begin_look_up(&desk.office, &lease).await.unwrap().unwrap();
            queue::settle_look_up(&desk.office, &lease, ready.attempt_id, outcome).await.unwrap();
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("no look-up is due");
}

#[tokio::test]
async fn a_post_that_waits_for_its_next_try_is_tried_at_once_through_the_gate() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk).await;
        let (code, message) = refusal(retry(&desk, &desk.author, post.id).await);
        assert_eq!(code, RefusalCode::IllegalState);
        assert!(message.contains("reschedulePost"), "{message}");
        // What was refused just now may hold the row a moment longer.
        for _ in 0..1_000 {
            if send(&desk, &SendOutcome::NotSent(cause(), Some(TimeDelta::minutes(20)))).await == 1 {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert_eq!(send(&desk, &SendOutcome::Delivered(proof(post.id))).await, 0, "it waits");
        let stale = desk.post(post.id).await.version - 1;
        let old = posts::retry(&desk.office, &permit(&desk.author), post.id, stale).await;
        assert_eq!(refusal(old).0, RefusalCode::Conflict);
        retry(&desk, &operator(&desk), post.id).await.unwrap();
        pause(&desk, &desk.coordinator, Scope::Office, &[]).await;
        assert_eq!(
            send(&desk, &SendOutcome::Delivered(proof(post.id))).await,
            0,
            "a try at once is no way round the gate"
        );
        assert_eq!(desk.post(post.id).await.state, PostState::Held);
    }
}

#[tokio::test]
async fn a_platform_that_asked_to_wait_is_not_asked_sooner() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk).await;
        let limited = Cause { code: "RATE_LIMITED".to_owned(), ..cause() };
        send(&desk, &SendOutcome::NotSent(limited, Some(TimeDelta::minutes(20)))).await;
        let tried = retry(&desk, &desk.author, post.id).await.unwrap();
        assert_eq!(tried.run_at, desk.office.now() + TimeDelta::minutes(20));
        assert_eq!(send(&desk, &SendOutcome::Delivered(proof(post.id))).await, 0);
        desk.wait(TimeDelta::minutes(20));
        assert_eq!(send(&desk, &SendOutcome::Delivered(proof(post.id))).await, 1);
    }
}

#[tokio::test]
async fn what_the_platform_refused_is_tried_anew_once_a_person_says_so() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk).await;
        send(&desk, &SendOutcome::Refused(refused())).await;
        desk.wait(TimeDelta::days(2));
        let (code, message) = refusal(retry(&desk, &operator(&desk), post.id).await);
        assert_eq!(code, RefusalCode::NotResponsible, "{message}");
        let shown = posts::show(&desk.office, &permit(&desk.author), post.id).await.unwrap();
        assert_eq!((shown.outcome.kind, shown.next_act.act), (OutcomeKind::Refused, Act::Revise));
        assert_eq!(shown.outcome.cause.unwrap().http_status, Some(422));
        let again = retry(&desk, &desk.author, post.id).await.unwrap();
        assert_eq!((again.state, again.due_at), (PostState::Scheduled, desk.office.now()));
        assert_eq!(again.missed_after - again.due_at, post.missed_after - post.due_at, "late from now on");
        assert_eq!(again.idempotency_key, post.idempotency_key);
        assert_eq!(send(&desk, &SendOutcome::Delivered(proof(post.id))).await, 1);
        assert!(refusal(retry(&desk, &desk.author, post.id).await).1.contains("it is out"));
    }
}

#[tokio::test]
async fn a_refused_post_is_not_tried_beside_its_successor() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved(WORDS, &desk.channels).await;
        let first = desk.schedule_now(draft.id).await.remove(0);
        send(&desk, &SendOutcome::Refused(refused())).await;
        desk.schedule_now(draft.id).await;
        assert_eq!(refusal(retry(&desk, &desk.author, first.id).await).0, RefusalCode::Taken);
    }
}

#[tokio::test]
async fn what_may_be_out_is_asked_about_and_never_tried() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk).await;
        send(&desk, &SendOutcome::Unknown(cause())).await;
        assert!(refusal(retry(&desk, &desk.author, post.id).await).1.contains("lookUpPost"));
        assert_eq!(refusal(hold(&desk, &desk.author, post.id).await).0, RefusalCode::IllegalState);
        let safe = desk.office.now() + TimeDelta::seconds(desk.office.limits().look_up_after_seconds);
        let asked = posts::look_up(&desk.office, &permit(&desk.author), post.id).await.unwrap();
        assert_eq!(asked.run_at, safe, "a lost request may still be on its way");
        desk.wait(TimeDelta::minutes(1));
        look_up(&desk, &LookUpOutcome::Unreachable(cause(), Some(TimeDelta::minutes(30)))).await;
        let shown = posts::show(&desk.office, &permit(&desk.author), post.id).await.unwrap();
        assert_eq!((shown.outcome.kind, shown.next_act.act), (OutcomeKind::NotKnown, Act::LookUp));
        assert_eq!(shown.next_act.at, Some(shown.post.run_at));
        let asked = posts::look_up(&desk.office, &permit(&operator(&desk)), post.id).await.unwrap();
        assert_eq!(asked.run_at, desk.office.now(), "at once");
        look_up(&desk, &LookUpOutcome::CannotTell(cause())).await;
        let shown = posts::show(&desk.office, &permit(&desk.author), post.id).await.unwrap();
        assert_eq!(shown.next_act.act, Act::Resolve);

        posts::look_up(&desk.office, &permit(&desk.author), post.id).await.unwrap();
        look_up(&desk, &LookUpOutcome::CannotTell(cause())).await;
        let absent = Resolution::NotPublished;
        posts::resolve(
            &desk.office,
            &permit(&desk.coordinator),
            post.id,
            desk.post(post.id).await.version,
            &absent,
        )
        .await
        .unwrap();
        let shown = posts::show(&desk.office, &permit(&desk.author), post.id).await.unwrap();
        assert_eq!(
            (shown.outcome.kind, shown.outcome.evidence),
            (OutcomeKind::NotSent, posts::OutcomeEvidence::Person)
        );
        let late = posts::look_up(&desk.office, &permit(&desk.author), post.id).await;
        assert!(refusal(late).1.contains("RETRYING"));
    }
}
