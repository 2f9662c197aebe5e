//! Whatever stands in the queue and whatever is asked: what is done is exactly what the dry run said, what left or is leaving
//! is not touched, and the queue's own rules hold afterwards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, PostId, bulk_act::Fate, channel_head, post, post::PostState};
use office::{
    calendar,
    posts::{
        PostFilter,
        bulk::{Act, Bulk, Selection},
    },
    slots::{self, AddSlot},
};
use proptest::{prelude::*, test_runner::TestRunner};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, sea_query::Expr};

use super::{asked, dry, queued};
use crate::support::{
    desk::{Desk, permit},
    engine::{Engine, engines},
    snapshot::everything,
};

const ZONE: &str = "America/Vancouver";
const STATES: [PostState; 9] = [
    PostState::Scheduled,
    PostState::Scheduled,
    PostState::Retrying,
    PostState::Held,
    PostState::Missed,
    PostState::Cancelled,
    PostState::Unconfirmed,
    PostState::Published,
    PostState::Sending,
];
const WAITING: [PostState; 3] = [PostState::Scheduled, PostState::Retrying, PostState::Held];

/// A queue: of each post its state, and the half hours until it is due; then what is asked, of which posts.
#[derive(Debug, Clone)]
struct Case {
    posts: Vec<(usize, i64)>,
    act: Act,
    chosen: Option<Vec<bool>>,
}

fn cases(posts: usize) -> impl Strategy<Value = Case> {
    let act = prop_oneof![
        3 => (-2i64..6, -240i64..240).prop_filter("a step", |step| *step != (0, 0)).prop_map(|(days, minutes)| Act::Shift { days, minutes }),
        3 => (-4i64..8).prop_map(|step| Act::Shift { days: 0, minutes: step * 30 + i64::from(step == 0) }),
        1 => (3u8..20).prop_map(|day| super::to(&format!("2027-03-{day:02}T09:30"))),
        4 => Just(Act::Reslot),
        1 => Just(Act::Cancel),
        1 => Just(Act::Hold { reason: "Legal is still reading".to_owned() }),
    ];
    // Close together, so that they meet; across the clock change of 14 March.
    let post = (0..STATES.len(), prop_oneof![-20i64..60, 570i64..640]);
    let chosen = prop::option::of(prop::collection::vec(any::<bool>(), posts));
    (prop::collection::vec(post, posts), act, chosen).prop_map(|(posts, act, chosen)| Case {
        posts,
        act,
        chosen,
    })
}

/// A desk with posts on two channels, one of which has slots.
async fn furnished(engine: &Engine) -> (Desk, Vec<PostId>) {
    let desk = Desk::open(engine, 2).await;
    for (weekday, local_time) in [(1, "09:30"), (2, "09:30"), (2, "10:00"), (7, "02:30")] {
        let add = AddSlot {
            client_key: None,
            channel_id: desk.channels[0],
            weekday,
            local_time: local_time.to_owned(),
            time_zone: None,
        };
        slots::add(&desk.office, &permit(&desk.author), add).await.unwrap();
    }
    let mut ids = Vec::new();
    for number in 0..6 {
        let words = format!("Clinic {number} opens on Monday.");
        for post in queued(&desk, &words, &desk.channels, "2027-04-01T09:00").await {
            // Its like, which was too late.
            let late = post::Model {
                id: PostId(uuid::Uuid::from_u128(post.id.0.as_u128() ^ 1)),
                state: PostState::Missed,
                idempotency_key: format!("late {}", post.id),
                ..post.clone()
            };
            post::ActiveModel::from(late.clone()).reset_all().insert(&desk.database).await.unwrap();
            ids.extend([post.id, late.id]);
        }
    }
    (desk, ids)
}

/// Puts the posts as the case says, as far as the database lets any queue be.
async fn lay(desk: &Desk, ids: &[PostId], case: &Case) {
    // So that no two states of the last case and this one exclude each other on the way.
    post::Entity::update_many()
        .col_expr(post::Column::State, Expr::value(PostState::Cancelled))
        .exec(&desk.database)
        .await
        .unwrap();
    let mut sending: BTreeSet<ChannelId> = BTreeSet::new();
    for (number, (id, (state, half_hours))) in ids.iter().zip(&case.posts).enumerate() {
        let row = desk.post(*id).await;
        let mut state = STATES[*state];
        if number % 2 == 1 {
            state = if state == PostState::Cancelled { state } else { PostState::Missed };
        }
        if state == PostState::Sending && !sending.insert(row.channel_id) {
            state = PostState::Scheduled;
        }
        let gone = matches!(state, PostState::Sending | PostState::Unconfirmed | PostState::Published);
        let half_hours = if gone { -half_hours.abs() } else { *half_hours };
        let due = desk.office.now() + TimeDelta::minutes(30 * half_hours);
        let time = calendar::local(due, ZONE).unwrap();
        let row = post::Model {
            state,
            hold: None,
            person_hold: None,
            local_time: time.local_time,
            time_zone: ZONE.to_owned(),
            due_at: due,
            run_at: due,
            missed_after: due + TimeDelta::minutes(60),
            ..row
        };
        post::ActiveModel::from(row).reset_all().update(&desk.database).await.unwrap();
    }
}

async fn rows(desk: &Desk) -> BTreeMap<PostId, post::Model> {
    let rows = post::Entity::find().all(&desk.database).await.unwrap();
    rows.into_iter().map(|row| (row.id, row)).collect()
}

/// Lays a queue, looks, and does it. Tells how many posts changed.
async fn tried(desk: &Desk, ids: &[PostId], case: &Case) -> usize {
    lay(desk, ids, case).await;
    let selection = match &case.chosen {
        None => Selection::Filter(PostFilter::default()),
        Some(chosen) => {
            let mut some: Vec<_> = ids.iter().zip(chosen).filter(|(_, is)| **is).map(|(id, _)| *id).collect();
            some.push(ids[0]);
            Selection::Posts(some)
        }
    };
    let (before, all) = (rows(desk).await, everything(&desk.database).await);
    let said = dry(desk, &selection, &case.act).await;
    assert_eq!(everything(&desk.database).await, all, "looking writes nothing");
    let act = asked(desk, &selection, &case.act, Some(&said.plan)).await.unwrap();
    assert_eq!((&act.outcomes, &act.plan), (&said.outcomes, &said.plan));
    let after = rows(desk).await;
    as_it_was_said(&case.act, &said, &before, &after);
    if !matches!(case.act, Act::Cancel | Act::Hold { .. }) {
        nobody_met(&said, &after);
    }
    heads_are_right(desk, &said, &after).await;
    said.outcomes.iter().filter(|outcome| matches!(outcome.fate, Fate::Changes(_))).count()
}

fn as_it_was_said(
    act: &Act,
    said: &Bulk,
    before: &BTreeMap<PostId, post::Model>,
    after: &BTreeMap<PostId, post::Model>,
) {
    let mut expected = before.clone();
    for outcome in &said.outcomes {
        let row = expected.get_mut(&outcome.post_id).unwrap();
        let Fate::Changes(then) = &outcome.fate else { continue };
        let waits = WAITING.contains(&row.state) || row.state == PostState::Missed;
        assert!(waits, "{:?} is not to be touched", row.state);
        if let Act::Hold { reason } = act {
            let now = &after[&row.id];
            assert_eq!(&now.person_hold.as_ref().unwrap().reason, reason);
            row.person_hold.clone_from(&now.person_hold);
            row.hold.clone_from(&now.hold);
        }
        if then.state == PostState::Scheduled {
            row.missed_after += then.due_at - row.due_at;
            (row.due_at, row.run_at) = (then.due_at, then.due_at);
            row.local_time.clone_from(&then.local_time);
            row.time_zone.clone_from(&then.time_zone);
            row.checked_handbook_id = None;
        }
        row.state = then.state;
        row.version += 1;
        row.updated_at = after[&row.id].updated_at;
    }
    assert_eq!(&expected, after, "exactly that, and nothing else");
}

/// Of the posts that were moved, none has the moment of another on its channel.
fn nobody_met(said: &Bulk, after: &BTreeMap<PostId, post::Model>) {
    let mut moments: BTreeMap<(ChannelId, DateTime<Utc>), usize> = BTreeMap::new();
    let busy = [PostState::Sending, PostState::Unconfirmed];
    for row in after.values().filter(|row| WAITING.contains(&row.state) || busy.contains(&row.state)) {
        *moments.entry((row.channel_id, row.due_at)).or_default() += 1;
    }
    for outcome in said.outcomes.iter().filter(|outcome| matches!(outcome.fate, Fate::Changes(_))) {
        let row = &after[&outcome.post_id];
        assert_eq!(moments[&(row.channel_id, row.due_at)], 1, "{row:?} met another");
    }
}

/// Of the channels that were asked about: the case was laid without telling the others.
async fn heads_are_right(desk: &Desk, said: &Bulk, after: &BTreeMap<PostId, post::Model>) {
    let asked: BTreeSet<ChannelId> = said.posts.values().map(|post| post.channel_id).collect();
    for head in channel_head::Entity::find().all(&desk.database).await.unwrap() {
        if !asked.contains(&head.channel_id) {
            continue;
        }
        let ready = [PostState::Scheduled, PostState::Retrying];
        let of_channel =
            after.values().filter(|row| row.channel_id == head.channel_id && ready.contains(&row.state));
        assert_eq!(head.next_at, of_channel.map(|row| row.run_at).min());
    }
}

#[test]
fn whatever_is_asked_exactly_that_is_done() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for engine in engines() {
        let (desk, ids) = runtime.block_on(furnished(&engine));
        let changed = std::cell::Cell::new(0);
        let mut runner = TestRunner::new(proptest::test_runner::Config {
            cases: if matches!(engine, Engine::Sqlite) { 60 } else { 20 },
            failure_persistence: None,
            ..Default::default()
        });
        runner
            .run(&cases(ids.len()), |case| {
                changed.set(changed.get() + runtime.block_on(tried(&desk, &ids, &case)));
                Ok(())
            })
            .unwrap();
        assert!(changed.get() > 20, "the runs hardly changed anything: they prove nothing");
    }
}
