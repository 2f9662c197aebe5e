//! Working the queue by hand, in one process and on both engines: a person's hold, trying again, asking again, pauses with
//! changing exemptions, what an operator may do. None of it goes round the gate or sends what may be out.

use chrono::TimeDelta;
use entity::{
    PostId,
    post::{self, PostState},
};
use office::{
    Actor, OfficeError, RefusalCode, Requester, Result, gate, pauses,
    pauses::{ChangeExemptions, PausePublishing, ResumeEffect, Scope},
    posts::{self, Act, OutcomeKind, Resolution, When},
    queue::{self, Cause, LookUpOutcome, SendOutcome},
};

use crate::{
    queue::{cause, proof, worker},
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

mod through_the_api;
mod truth;

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

async fn retry(desk: &Desk, who: &Requester, id: PostId) -> Result<post::Model> {
    let version = desk.post(id).await.version;
    posts::retry(&desk.office, &permit(who), id, version).await
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

fn refused() -> Cause {
    Cause {
        code: "HTTP_422".to_owned(),
        detail: "the platform refused it".to_owned(),
        http_status: Some(422),
    }
}

#[tokio::test]
async fn what_a_person_holds_only_people_let_go() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk).await;
        let held = hold(&desk, &desk.author, post.id).await.unwrap();
        assert_eq!(held.state, PostState::Held);
        let own = held.person_hold.clone().unwrap();
        assert_eq!((own.by, own.name.as_str()), (desk.author.member_id(), "author"));
        assert_eq!(held.hold.unwrap().gates[0].gate, "HOLD");
        sweep(&desk).await;
        assert_eq!(send(&desk, &SendOutcome::Delivered(proof(post.id))).await, 0, "no sweep lets it out");
        let (_, gates) = gate::explain(&desk.office, &permit(&desk.manager), post.id).await.unwrap();
        let shut: Vec<_> = gates.iter().filter(|gate| !gate.open).collect();
        assert_eq!(shut.len(), 1);
        assert_eq!(
            (shut[0].kind.code(), shut[0].reason.as_str()),
            ("HOLD", "author holds it: Legal is still reading it")
        );
        assert!(shut[0].opens.as_ref().unwrap().contains("releasePost"), "{:?}", shut[0].opens);

        let (version, manager) = (desk.post(post.id).await.version, permit(&desk.manager));
        let moved = posts::reschedule(&desk.office, &manager, post.id, version, &When::Now);
        assert_eq!(moved.await.unwrap().0.state, PostState::Held, "another time is not a release");
        let (code, message) = refusal(hold(&desk, &desk.coordinator, post.id).await);
        assert_eq!(code, RefusalCode::IllegalState);
        assert!(message.contains("author holds it already"), "{message}");

        let released = release(&desk, &desk.author, post.id).await.unwrap();
        assert_eq!((released.post.state, released.post.person_hold), (PostState::Scheduled, None));
        assert!(released.shut.is_empty());
        assert_eq!(send(&desk, &SendOutcome::Delivered(proof(post.id))).await, 1);
        let report = office::audit::verify(desk.office.db().read(), desk.author.office_id).await.unwrap();
        assert_eq!(report.broken_at, None);
    }
}

#[tokio::test]
async fn another_person_s_hold_is_for_them_the_project_manager_and_coordinators() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk).await;
        hold(&desk, &desk.coordinator, post.id).await.unwrap();
        for who in [&desk.author, &operator(&desk)] {
            assert_eq!(refusal(release(&desk, who, post.id).await).0, RefusalCode::NotResponsible);
        }
        assert_eq!(release(&desk, &desk.manager, post.id).await.unwrap().post.state, PostState::Scheduled);
        hold(&desk, &operator(&desk), post.id).await.unwrap();
        assert_eq!(desk.post(post.id).await.person_hold.unwrap().name, "the operator");
        assert_eq!(refusal(release(&desk, &desk.author, post.id).await).0, RefusalCode::NotResponsible);
        assert_eq!(release(&desk, &operator(&desk), post.id).await.unwrap().post.state, PostState::Scheduled);
    }
}

#[tokio::test]
async fn releasing_says_what_else_is_shut() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk).await;
        hold(&desk, &desk.author, post.id).await.unwrap();
        pause(&desk, &desk.coordinator, Scope::Office, &[]).await;
        let released = release(&desk, &desk.author, post.id).await.unwrap();
        assert_eq!((released.post.state, released.shut.len()), (PostState::Held, 1));
        assert_eq!(released.shut[0].gate, "PAUSE");
        assert_eq!(released.post.person_hold, None);
        hold(&desk, &desk.author, post.id).await.unwrap();
        let gates = desk.post(post.id).await.hold.unwrap().gates;
        assert_eq!(gates.iter().map(|gate| gate.gate.as_str()).collect::<Vec<_>>(), ["PAUSE", "HOLD"]);

        desk.wait(TimeDelta::hours(2));
        sweep(&desk).await;
        assert_eq!(desk.post(post.id).await.state, PostState::Missed, "a hold does not stop time");
        let released = release(&desk, &desk.author, post.id).await.unwrap();
        assert_eq!(released.post.state, PostState::Missed, "what is too late asks for another time");
        assert!(refusal(release(&desk, &desk.author, post.id).await).1.contains("reschedulePost"));
    }
}

#[tokio::test]
async fn a_post_that_waits_for_its_next_try_is_tried_at_once_through_the_gate() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk).await;
        let (code, message) = refusal(retry(&desk, &desk.author, post.id).await);
        assert_eq!(code, RefusalCode::IllegalState);
        assert!(message.contains("reschedulePost"), "{message}");
        send(&desk, &SendOutcome::NotSent(cause(), Some(TimeDelta::minutes(20)))).await;
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

/// The one look-up that is due, with this outcome. On PostgreSQL a row that a refused change locked may be skipped for a
/// moment, until the pool has rolled that back.
async fn look_up(desk: &Desk, outcome: &LookUpOutcome) {
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
async fn what_a_pause_does_not_stop_can_be_changed_while_it_stands() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let draft = desk.approved(WORDS, &desk.channels).await;
        let posts = desk.schedule_now(draft.id).await;
        let standing =
            pause(&desk, &desk.coordinator, Scope::Initiative(desk.initiative), &[posts[0].id]).await;
        let change = |add: &[&post::Model], remove: &[&post::Model]| ChangeExemptions {
            pause_id: standing.id,
            add: add.iter().map(|post| post.id).collect(),
            remove: remove.iter().map(|post| post.id).collect(),
        };
        let coordinator = permit(&desk.coordinator);
        let swap = change(&[&posts[1], &posts[1]], &[&posts[0]]);
        let changed = pauses::change_exemptions(&desk.office, &coordinator, swap).await.unwrap();
        assert_eq!(changed.exempt.0, [posts[1].id]);
        let claimed = desk.claim(1, 10).await;
        let leaving: Vec<_> = claimed.ready.iter().map(|ready| ready.post.id).collect();
        assert_eq!(leaving, [posts[1].id]);
        pauses::change_exemptions(&desk.office, &coordinator, change(&[&posts[0]], &[])).await.unwrap();
        sweep(&desk).await;
        assert_eq!(desk.post(posts[0].id).await.state, PostState::Scheduled, "it is let go by itself");
        pauses::resume(&desk.office, &permit(&desk.coordinator), standing.id).await.unwrap();
        let late = pauses::change_exemptions(&desk.office, &coordinator, change(&[], &[&posts[0]])).await;
        assert_eq!(refusal(late).0, RefusalCode::IllegalState);
    }
}

#[tokio::test]
async fn resuming_says_what_it_lets_go_and_what_is_too_late() {
    for engine in engines() {
        let desk = Desk::open(&engine, 4).await;
        let early = desk.approved(WORDS, &desk.channels[..1]).await;
        let missed = desk.schedule_now(early.id).await.remove(0);
        let standing = pause(&desk, &operator(&desk), Scope::Office, &[]).await;
        assert_eq!(standing.paused_by, None, "by the operator");
        send(&desk, &SendOutcome::Delivered(proof(missed.id))).await;
        desk.wait(TimeDelta::minutes(61));
        let other = pause(&desk, &desk.coordinator, Scope::Channel(desk.channels[2]), &[]).await;
        let fresh = desk.approved("Clinics open on Monday.", &desk.channels[1..]).await;
        let fresh = desk.schedule_now(fresh.id).await;
        send(&desk, &SendOutcome::Delivered(proof(missed.id))).await;
        hold(&desk, &desk.author, fresh[2].id).await.unwrap();
        let wanted = ResumeEffect { released: 1, missed: 1, still_held: 2, more: false };
        let told = pauses::preview_resume(&desk.office, &permit(&desk.author), standing.id).await.unwrap();
        assert_eq!(told, wanted, "before anything looked at lateness");
        sweep(&desk).await;
        assert_eq!(desk.post(missed.id).await.state, PostState::Missed);
        let (lifted, effect) =
            pauses::resume(&desk.office, &permit(&operator(&desk)), standing.id).await.unwrap();
        assert_eq!((effect, lifted.resumed_by), (wanted, None));
        sweep(&desk).await;
        let mut states = Vec::new();
        for post in std::iter::once(&missed).chain(&fresh) {
            states.push(desk.post(post.id).await.state);
        }
        let happened = [PostState::Missed, PostState::Scheduled, PostState::Held, PostState::Held];
        assert_eq!(states, happened, "what was told is what happened");
        let again = pauses::resume(&desk.office, &permit(&desk.coordinator), standing.id).await;
        assert_eq!(refusal(again).0, RefusalCode::IllegalState);
        let effect = pauses::resume(&desk.office, &permit(&desk.coordinator), other.id).await.unwrap().1;
        assert_eq!(effect.released, 1);
    }
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
    use office::policy::op;
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
