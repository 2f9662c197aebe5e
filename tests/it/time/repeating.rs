//! Repeating the same words: allowed because somebody approved just that, and only as long as they did.

use chrono::TimeDelta;
use entity::{draft, post::PostState, recurrence::RecurrenceState};
use office::{
    RefusalCode,
    drafts::{self, ReviseDraft},
    gate::{self, GateKind},
    posts::{self, SchedulePost},
    queue,
    reviews::{self, Judgement, ReviewDraft},
};

use super::{
    at, code,
    recurrences::{approve, create, extend, mondays, newest, posts as posts_of},
    scheduled, work,
};
use crate::{
    queue::worker,
    support::{
        desk::{Desk, content, permit},
        engine::engines,
    },
};

const WORDS: &str = "Every Monday we answer your questions.";

async fn current(desk: &Desk, draft: &draft::Model) -> draft::Model {
    office::read::one::<draft::Entity>(desk.office.db().read(), draft.office_id, draft.id).await.unwrap()
}

#[tokio::test]
async fn the_same_words_leave_at_each_of_its_times_and_once_at_each() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved(WORDS, &desk.channels).await;
        let made = create(&desk, mondays(&draft, "2027-04-30")).await;
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        desk.wait(TimeDelta::days(7) + TimeDelta::minutes(30));
        assert_eq!(work(&desk).await, [PostState::Published]);
        assert_eq!(work(&desk).await, []);
        // An hour less: the clocks changed.
        desk.wait(TimeDelta::days(7) - TimeDelta::hours(1));
        assert_eq!(work(&desk).await, [PostState::Published]);
        let published = posts_of(&desk, made.id).await;
        assert_eq!(published.iter().filter(|post| post.state == PostState::Published).count(), 2);
    }
}

#[tokio::test]
async fn without_a_recurrence_the_same_words_go_to_a_channel_once() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved(WORDS, &desk.channels).await;
        let made = create(&desk, mondays(&draft, "2027-04-30")).await;
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        scheduled(&desk, draft.id, &[], at("2027-03-03T09:00"), 60).await;
        let wish = SchedulePost {
            client_key: None,
            draft_id: draft.id,
            channel_ids: Vec::new(),
            when: at("2027-03-04T09:00"),
            publish_late_minutes: None,
            after: None,
        };
        let again = posts::schedule(&desk.office, &permit(&desk.author), wish).await;
        assert_eq!(code(again), RefusalCode::Taken);
        // Another recurrence of the same words at the same times adds nothing.
        let twin = create(&desk, mondays(&draft, "2027-04-30")).await;
        approve(&desk, &desk.coordinator, twin.id).await.unwrap();
        assert_eq!(posts_of(&desk, twin.id).await.len(), 0);
    }
}

#[tokio::test]
async fn other_words_ask_for_approval_again_and_its_waiting_posts_take_them_up() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved(WORDS, &desk.channels).await;
        let made = create(&desk, mondays(&draft, "2027-12-31")).await;
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        let before = posts_of(&desk, made.id).await;
        let (moved, cancelled) = (&before[0], &before[1]);
        let wish = at("2027-03-09T15:00");
        posts::reschedule(&desk.office, &permit(&desk.author), moved.id, moved.version, &wish).await.unwrap();
        posts::cancel(&desk.office, &permit(&desk.author), cancelled.id, cancelled.version).await.unwrap();
        let revise = ReviseDraft {
            draft_id: draft.id,
            expected_version: draft.version,
            content: content("Every Monday at noon we answer your questions.", &desk.channels),
        };
        drafts::revise(&desk.office, &permit(&desk.author), revise).await.unwrap();
        assert_eq!(desk.post(moved.id).await.state, PostState::Held);
        let row = newest(&desk, made.id).await;
        assert_eq!((row.state, row.revision_id, row.approved_by), (RecurrenceState::Proposed, None, None));
        assert_eq!(extend(&desk).await, 0);
        assert_eq!(code(approve(&desk, &desk.coordinator, made.id).await), RefusalCode::IllegalState);
        let draft = desk.approve(draft.id).await;
        queue::release_held(&desk.office, worker(1), None).await.unwrap();
        assert_eq!(
            desk.post(moved.id).await.state,
            PostState::Held,
            "the words are approved, repeating them is not"
        );
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        let after = posts_of(&desk, made.id).await;
        assert_eq!(after.len(), before.len(), "none is made anew");
        for post in &after {
            let same = post.id == cancelled.id;
            assert_eq!(
                (post.state == PostState::Cancelled, post.revision_id != draft.revision_id),
                (same, same)
            );
        }
        let post = desk.post(moved.id).await;
        assert_eq!((post.state, post.local_time.as_str()), (PostState::Scheduled, "2027-03-09T15:00:00"));
        desk.wait(TimeDelta::days(8) + TimeDelta::hours(6));
        assert_eq!(work(&desk).await, [PostState::Published]);
    }
}

#[tokio::test]
async fn an_approval_that_was_taken_back_is_not_given_back_by_the_words_alone() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved(WORDS, &desk.channels).await;
        let made = create(&desk, mondays(&draft, "2027-12-31")).await;
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        let first = posts_of(&desk, made.id).await.remove(0);
        let db = desk.office.db().read();
        let revision = office::read::one::<entity::revision::Entity>(db, draft.office_id, draft.revision_id)
            .await
            .unwrap();
        let back = ReviewDraft {
            client_key: None,
            draft_id: draft.id,
            digest: revision.digest,
            judgement: Judgement::RequestChanges,
            comment: Some("Not this month".to_owned()),
            checked: None,
        };
        reviews::review(&desk.office, &permit(&desk.coordinator), back).await.unwrap();
        let draft = desk.approve(current(&desk, &draft).await.id).await;
        assert_eq!(draft.revision_id, first.revision_id, "the same words");
        queue::release_held(&desk.office, worker(1), None).await.unwrap();
        let (post, gates) = gate::explain(&desk.office, &permit(&desk.author), first.id).await.unwrap();
        let shut: Vec<_> = gates.iter().filter(|gate| !gate.open).collect();
        assert_eq!((post.state, shut.len(), shut[0].kind), (PostState::Held, 1, GateKind::Approval));
        assert!(shut[0].opens.as_ref().unwrap().contains("approveRecurrence"));
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        queue::release_held(&desk.office, worker(1), None).await.unwrap();
        assert_eq!(desk.post(first.id).await.state, PostState::Scheduled);
    }
}

#[tokio::test]
async fn withdrawing_its_draft_ends_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved(WORDS, &desk.channels).await;
        let made = create(&desk, mondays(&draft, "2027-12-31")).await;
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        drafts::withdraw(&desk.office, &permit(&desk.author), draft.id).await.unwrap();
        assert_eq!(newest(&desk, made.id).await.state, RecurrenceState::Ended);
        assert!(posts_of(&desk, made.id).await.iter().all(|post| post.state == PostState::Held));
    }
}
