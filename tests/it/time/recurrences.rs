//! How a recurrence lives: made, approved by somebody else, changed, ended. The desk's clock shows nine in the morning of
//! Monday, the first of March 2027, in Vancouver; the clocks there change on the fourteenth.

use chrono::TimeDelta;
use entity::{
    RecurrenceId, draft, post,
    post::PostState,
    recurrence,
    recurrence::{RecurrenceState, Repeats},
    revision,
};
use office::{
    RefusalCode, Requester, Result,
    pauses::{self, PausePublishing, Scope},
    recurrences::{self, ApproveRecurrence, CreateRecurrence, Ends},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::code;
use crate::{
    queue::worker,
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

/// Every Monday at half past nine, from tomorrow until some day.
pub(super) fn mondays(draft: &draft::Model, until: &str) -> CreateRecurrence {
    CreateRecurrence {
        client_key: None,
        draft_id: draft.id,
        channel_ids: Vec::new(),
        repeats: Repeats::Weeks { every: 1, weekdays: vec![1] },
        starts_on: "2027-03-02".parse().unwrap(),
        ends: Ends::On(until.parse().unwrap()),
        local_time: "09:30".to_owned(),
        time_zone: None,
        publish_late_minutes: Some(60),
    }
}

pub(super) async fn create(desk: &Desk, input: CreateRecurrence) -> recurrence::Model {
    recurrences::create(&desk.office, &permit(&desk.author), input).await.unwrap()
}

pub(super) async fn newest(desk: &Desk, id: RecurrenceId) -> recurrence::Model {
    let db = desk.office.db().read();
    office::read::one::<recurrence::Entity>(db, desk.author.office_id, id).await.unwrap()
}

/// Approves it as it stands.
pub(super) async fn approve(desk: &Desk, who: &Requester, id: RecurrenceId) -> Result<recurrence::Model> {
    let (db, office_id) = (desk.office.db().read(), desk.author.office_id);
    let row = newest(desk, id).await;
    let draft = office::read::one::<draft::Entity>(db, office_id, row.draft_id).await.unwrap();
    let revision = office::read::one::<revision::Entity>(db, office_id, draft.revision_id).await.unwrap();
    let approval = ApproveRecurrence { id, expected_version: row.version, digest: revision.digest };
    recurrences::approve(&desk.office, &permit(who), approval).await
}

/// Its posts, earliest first.
pub(super) async fn posts(desk: &Desk, id: RecurrenceId) -> Vec<post::Model> {
    post::Entity::find()
        .filter(post::Column::RecurrenceId.eq(id))
        .order_by_asc(post::Column::DueAt)
        .order_by_asc(post::Column::Id)
        .all(&desk.database)
        .await
        .unwrap()
}

pub(super) async fn extend(desk: &Desk) -> usize {
    recurrences::extend(&desk.office, worker(1)).await.unwrap()
}

fn states(posts: &[post::Model], state: PostState) -> usize {
    posts.iter().filter(|post| post.state == state).count()
}

#[tokio::test]
async fn its_posts_come_into_being_when_somebody_else_has_approved_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let draft = desk.approved("Every Monday we answer your questions.", &desk.channels).await;
        let input = mondays(&draft, "2027-12-31");
        let made = recurrences::create(&desk.office, &permit(&desk.manager), input).await.unwrap();
        assert_eq!((made.state, posts(&desk, made.id).await.len()), (RecurrenceState::Proposed, 0));
        let upcoming = recurrences::upcoming(&made, desk.office.now(), 3).unwrap();
        assert_eq!(upcoming[0].local_time, "2027-03-08T09:30:00", "its times are told before");
        assert_eq!(extend(&desk).await, 0);
        assert_eq!(
            code(approve(&desk, &desk.manager, made.id).await),
            RefusalCode::OwnWords,
            "not who made it"
        );
        assert!(desk.author.permit::<office::policy::op::ApproveRecurrence>().is_err());
        let row = approve(&desk, &desk.coordinator, made.id).await.unwrap();
        assert_eq!(row.state, RecurrenceState::Active);
        let made_ahead = posts(&desk, made.id).await;
        assert_eq!(made_ahead.len(), 16, "eight weeks on two channels");
        assert!(made_ahead.iter().all(|post| post.local_time.ends_with("T09:30:00")));
        let instants: Vec<_> = made_ahead.iter().step_by(2).map(|post| post.due_at.to_rfc3339()).collect();
        assert_eq!(
            instants[..2],
            ["2027-03-08T17:30:00+00:00", "2027-03-15T16:30:00+00:00"],
            "across the change"
        );
        let report = office::audit::verify(desk.office.db().read(), desk.author.office_id).await.unwrap();
        assert_eq!(report.broken_at, None);
    }
}

#[tokio::test]
async fn a_moved_or_cancelled_time_is_not_made_again_and_none_is_made_twice() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Every Monday we answer your questions.", &desk.channels).await;
        let made = create(&desk, mondays(&draft, "2027-12-31")).await;
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        let before = posts(&desk, made.id).await;
        let (moved, cancelled) = (&before[5], &before[6]);
        let when = super::at("2027-04-13T15:00");
        office::posts::reschedule(&desk.office, &permit(&desk.author), moved.id, moved.version, &when)
            .await
            .unwrap();
        office::posts::cancel(&desk.office, &permit(&desk.author), cancelled.id, cancelled.version)
            .await
            .unwrap();
        assert_eq!(extend(&desk).await, 0, "nothing has come into sight");
        desk.wait(TimeDelta::weeks(3));
        let both = tokio::join!(
            recurrences::extend(&desk.office, worker(1)),
            recurrences::extend(&desk.office, worker(2))
        );
        assert_eq!(both.0.unwrap() + both.1.unwrap(), 3, "two workers at once make three weeks' posts");
        assert_eq!(extend(&desk).await, 0);
        let after = posts(&desk, made.id).await;
        assert_eq!(after.len(), before.len() + 3);
        let mut planned: Vec<_> = after.iter().map(|post| post.occurrence.clone()).collect();
        planned.sort_unstable();
        planned.dedup();
        assert_eq!(planned.len(), after.len(), "each of its times once");
        assert_eq!(
            desk.post(moved.id).await.occurrence,
            "2027-04-12T09:30:00",
            "what it was planned for is kept"
        );
        assert_eq!(states(&after, PostState::Cancelled), 1);
    }
}

#[tokio::test]
async fn an_earlier_end_cancels_what_lies_beyond_and_a_later_one_asks_again() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Every Monday we answer your questions.", &desk.channels).await;
        let made = create(&desk, mondays(&draft, "2027-12-31")).await;
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        let by_hand = posts(&desk, made.id).await.remove(7);
        office::posts::cancel(&desk.office, &permit(&desk.author), by_hand.id, by_hand.version)
            .await
            .unwrap();
        let until = async |day: &str| {
            let version = newest(&desk, made.id).await.version;
            let ends = Ends::On(day.parse().unwrap());
            recurrences::update(&desk.office, &permit(&desk.author), made.id, version, ends).await
        };
        assert_eq!(code(until("2027-03-02").await), RefusalCode::Invalid, "none of its times would be left");
        assert_eq!(
            until("2027-03-29").await.unwrap().state,
            RecurrenceState::Active,
            "less was approved too"
        );
        let left = posts(&desk, made.id).await;
        assert_eq!((states(&left, PostState::Scheduled), states(&left, PostState::Cancelled)), (4, 4));
        assert_eq!(
            until("2027-06-30").await.unwrap().state,
            RecurrenceState::Proposed,
            "more was not approved"
        );
        assert_eq!(extend(&desk).await, 0);
        let scheduled = posts(&desk, made.id).await.remove(0);
        let gates = office::gate::explain(&desk.office, &permit(&desk.author), scheduled.id).await.unwrap().1;
        assert!(gates.iter().all(|gate| gate.open), "what exists stays approved");
        approve(&desk, &desk.coordinator, made.id).await.unwrap();
        let again = posts(&desk, made.id).await;
        assert_eq!(
            states(&again, PostState::Scheduled),
            7,
            "what the end cut off is made anew, not what a person cancelled"
        );
    }
}

#[tokio::test]
async fn ending_it_cancels_what_has_not_left_and_running_out_ends_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Every Monday we answer your questions.", &desk.channels).await;
        let ended = create(&desk, mondays(&draft, "2027-12-31")).await;
        let row = approve(&desk, &desk.coordinator, ended.id).await.unwrap();
        let row = recurrences::end(&desk.office, &permit(&desk.author), row.id, row.version).await.unwrap();
        assert_eq!((row.state, row.ended_by), (RecurrenceState::Ended, desk.author.member_id()));
        assert_eq!(states(&posts(&desk, row.id).await, PostState::Cancelled), 8);
        let again = recurrences::end(&desk.office, &permit(&desk.author), row.id, row.version).await;
        assert_eq!(code(again), RefusalCode::IllegalState);
        let three = CreateRecurrence { ends: Ends::After(3), ..mondays(&draft, "2027-12-31") };
        let three = create(&desk, three).await;
        approve(&desk, &desk.coordinator, three.id).await.unwrap();
        assert_eq!(posts(&desk, three.id).await.len(), 3);
        desk.wait(TimeDelta::weeks(3));
        assert_eq!(extend(&desk).await, 0);
        let row = newest(&desk, three.id).await;
        assert_eq!((row.state, row.ended_by), (RecurrenceState::Ended, None));
    }
}

#[tokio::test]
async fn nothing_is_made_ahead_while_the_whole_office_is_paused_without_an_end() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Every Monday we answer your questions.", &desk.channels).await;
        let row = create(&desk, mondays(&draft, "2027-12-31")).await;
        approve(&desk, &desk.coordinator, row.id).await.unwrap();
        let pause = PausePublishing {
            client_key: None,
            scope: Scope::Office,
            reason: "We move".to_owned(),
            starts_at: None,
            ends_at: None,
            exempt: Vec::new(),
        };
        let pause = pauses::begin(&desk.office, &permit(&desk.coordinator), pause).await.unwrap();
        desk.wait(TimeDelta::weeks(3));
        assert_eq!(extend(&desk).await, 0);
        assert_eq!(recurrences::next_due(&desk.office).await.unwrap(), None, "workers do not wake for it");
        pauses::resume(&desk.office, &permit(&desk.coordinator), pause.id).await.unwrap();
        assert!(recurrences::next_due(&desk.office).await.unwrap().is_some());
        assert!(extend(&desk).await > 0);
    }
}

#[tokio::test]
async fn what_cannot_be_repeated_is_refused() {
    let desk = Desk::open(&crate::support::engine::Engine::Sqlite, 1).await;
    let draft = desk.approved("Every Monday we answer your questions.", &desk.channels).await;
    let good = || mondays(&draft, "2027-12-31");
    let weekdays = |weekdays: Vec<i16>| Repeats::Weeks { every: 1, weekdays };
    let wrong = [
        CreateRecurrence { repeats: weekdays(Vec::new()), ..good() },
        CreateRecurrence { repeats: weekdays(vec![8]), ..good() },
        CreateRecurrence { repeats: Repeats::Days { every: 0 }, ..good() },
        CreateRecurrence { starts_on: "2027-02-28".parse().unwrap(), ..good() },
        CreateRecurrence { ends: Ends::On("2040-01-01".parse().unwrap()), ..good() },
        CreateRecurrence { ends: Ends::After(0), ..good() },
        CreateRecurrence { ends: Ends::After(1_000), ..good() },
        CreateRecurrence { local_time: "9:30".to_owned(), ..good() },
        CreateRecurrence { time_zone: Some("Mars/Base".to_owned()), ..good() },
        CreateRecurrence { publish_late_minutes: Some(0), ..good() },
    ];
    for input in wrong {
        let shown = format!("{input:?}");
        let refused = recurrences::create(&desk.office, &permit(&desk.author), input).await;
        assert_eq!(code(refused), RefusalCode::Invalid, "{shown}");
    }
}
