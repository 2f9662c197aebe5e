//! Pauses while they stand: what they do not stop, and what lifting them lets go.

use chrono::TimeDelta;
use entity::post::{self, PostState};
use office::{
    RefusalCode,
    pauses::{self, ChangeExemptions, ResumeEffect, Scope},
    queue::SendOutcome,
};

use super::{WORDS, hold, operator, pause, refusal, send, sweep};
use crate::{
    queue::proof,
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

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
        let not_theirs = pauses::resume(&desk.office, &permit(&operator(&desk)), other.id).await;
        assert_eq!(refusal(not_theirs).0, RefusalCode::NotResponsible, "a coordinator paused");
        let effect = pauses::resume(&desk.office, &permit(&desk.coordinator), other.id).await.unwrap().1;
        assert_eq!(effect.released, 1);
    }
}
