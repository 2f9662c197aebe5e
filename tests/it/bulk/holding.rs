//! Holding many posts, and letting them go.

use chrono::TimeDelta;
use entity::{
    bulk_act::{Fate, LeftReason},
    post::PostState,
};
use office::{
    Requester,
    posts::bulk::{Act, Bulk},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use super::{all, asked_by, left, queued, refusal};
use crate::support::{desk::Desk, engine::engines};

fn hold() -> Act {
    Act::Hold { reason: "Legal is still reading".to_owned() }
}

/// Looks, and does exactly that.
async fn done_by(desk: &Desk, who: &Requester, act: &Act) -> Bulk {
    let plan = asked_by(desk, who, &all(), act, None).await.unwrap();
    let done = asked_by(desk, who, &all(), act, Some(&plan.plan)).await.unwrap();
    assert_eq!(done.outcomes, plan.outcomes, "what was said is what was done");
    done
}

fn states(bulk: &Bulk) -> Vec<PostState> {
    let state = |fate: &Fate| match fate {
        Fate::Changes(after) => Some(after.state),
        Fate::Left(_) => None,
    };
    bulk.outcomes.iter().filter_map(|outcome| state(&outcome.fate)).collect()
}

#[tokio::test]
async fn a_week_is_held_and_let_go() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let posts = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await;
        let held = done_by(&desk, &desk.author, &hold()).await;
        assert_eq!(states(&held), [PostState::Held; 2]);
        for post in &posts {
            let post = desk.post(post.id).await;
            assert_eq!(post.person_hold.as_ref().unwrap().reason, "Legal is still reading");
            assert_eq!(post.hold.unwrap().gates[0].gate, "HOLD");
        }
        let again = done_by(&desk, &desk.author, &hold()).await;
        assert_eq!(left(&again), [Some(LeftReason::AsWished); 2]);
        let others = done_by(&desk, &desk.coordinator, &hold()).await;
        assert_eq!(left(&others), [Some(LeftReason::NotYours); 2], "nobody takes over another's hold");
        let released = done_by(&desk, &desk.author, &Act::Release).await;
        assert_eq!(states(&released), [PostState::Scheduled; 2]);
        for post in &posts {
            let now = desk.post(post.id).await;
            assert_eq!((now.person_hold, now.hold, now.run_at), (None, None, post.due_at));
        }
        let nobody = done_by(&desk, &desk.author, &Act::Release).await;
        assert_eq!(left(&nobody), [Some(LeftReason::IllegalState); 2], "nobody holds them");
        assert!(
            office::audit::verify(desk.office.db().read(), desk.author.office_id)
                .await
                .unwrap()
                .broken_at
                .is_none()
        );
    }
}

#[tokio::test]
async fn letting_go_is_for_who_may_and_tells_what_is_too_late() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let posts = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await;
        done_by(&desk, &desk.coordinator, &hold()).await;
        let not_theirs = done_by(&desk, &desk.author, &Act::Release).await;
        assert_eq!(left(&not_theirs), [Some(LeftReason::NotYours); 2]);
        // One of them is later than it is wanted, though no sweep has found that yet.
        let mut late: entity::post::ActiveModel = desk.post(posts[0].id).await.into();
        late.missed_after = Set(desk.office.now() - TimeDelta::minutes(1));
        late.update(&desk.database).await.unwrap();
        let released = done_by(&desk, &desk.manager, &Act::Release).await;
        let mut states = states(&released);
        states.sort_by_key(|state| *state == PostState::Missed);
        assert_eq!(states, [PostState::Scheduled, PostState::Missed]);
        assert_eq!(desk.post(posts[0].id).await.state, PostState::Missed);
    }
}

#[tokio::test]
async fn what_a_hold_says_is_part_of_the_plan() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let posts = queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await;
        let plan = asked_by(&desk, &desk.author, &all(), &hold(), None).await.unwrap().plan;
        let other = Act::Hold { reason: "By order of the minister".to_owned() };
        let refusal = refusal(asked_by(&desk, &desk.author, &all(), &other, Some(&plan)).await);
        assert_eq!(refusal.code, office::RefusalCode::Conflict);
        assert_eq!(desk.post(posts[0].id).await.state, PostState::Scheduled);
    }
}

#[tokio::test]
async fn a_hold_says_why() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        queued(&desk, "Clinic 1 opens on Monday.", &desk.channels, "2027-03-02T09:00").await;
        let silent = Act::Hold { reason: "  ".to_owned() };
        let refusal = refusal(asked_by(&desk, &desk.author, &all(), &silent, None).await);
        assert_eq!(refusal.field, ["act", "hold"]);
    }
}
