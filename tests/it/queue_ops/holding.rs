//! A person's hold on one post: what keeps it, and who lets it go.

use chrono::TimeDelta;
use entity::post::PostState;
use office::{
    RefusalCode, gate,
    pauses::Scope,
    posts::{self, When},
    queue::SendOutcome,
};

use super::{hold, operator, pause, refusal, release, scheduled, send, sweep};
use crate::{
    queue::proof,
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

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
