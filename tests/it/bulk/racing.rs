//! Bulk acts beside workers and beside each other: one of them is first, and the other sees it.

use entity::post::PostState;
use futures::future::{join, join_all};
use office::{
    RefusalCode,
    posts::bulk::{Act, Selection},
    queue::SendOutcome,
};

use super::{asked, dry, refusal, shift};
use crate::{
    queue::cause,
    support::{desk::Desk, engine::engines},
};

#[tokio::test]
async fn what_a_worker_took_first_is_not_given_up_and_what_was_given_up_is_not_taken() {
    for engine in engines() {
        let desk = Desk::open(&engine, 4).await;
        for round in 0..6 {
            let draft = desk.approved(&format!("Clinic {round} opens on Monday."), &desk.channels).await;
            let ids: Vec<_> = desk.schedule_now(draft.id).await.iter().map(|post| post.id).collect();
            let chosen = Selection::Posts(ids.clone());
            let plan = dry(&desk, &chosen, &Act::Cancel).await.plan;
            let act = asked(&desk, &chosen, &Act::Cancel, Some(&plan));
            let (given_up, taken) = join(act, desk.claim(1, 2)).await;
            let taken = taken.ready;
            let mut states = Vec::new();
            for id in &ids {
                states.push(desk.post(*id).await.state);
            }
            if given_up.is_ok() {
                assert!(taken.is_empty() && states.iter().all(|state| *state == PostState::Cancelled));
            } else {
                let refused = refusal(given_up);
                assert_eq!(refused.code, RefusalCode::Conflict);
                assert!(!taken.is_empty() && !states.contains(&PostState::Cancelled), "all or nothing");
                assert!(taken.iter().all(|ready| refused.posts.contains(&ready.post.id)));
            }
            for ready in &taken {
                desk.settle(ready, SendOutcome::NotSent(cause(), None)).await;
            }
            let rest = dry(&desk, &chosen, &Act::Cancel).await.plan;
            asked(&desk, &chosen, &Act::Cancel, Some(&rest)).await.unwrap();
        }
    }
}

#[tokio::test]
async fn of_several_who_carry_out_one_plan_one_does() {
    for engine in engines() {
        let desk = Desk::open(&engine, 3).await;
        let draft = desk.approved("Clinic 1 opens on Monday.", &desk.channels).await;
        let posts = desk.schedule_now(draft.id).await;
        let chosen = Selection::Posts(posts.iter().map(|post| post.id).collect());
        let act = shift(1, 0);
        let plan = dry(&desk, &chosen, &act).await.plan;
        let done = join_all((0..5).map(|_| asked(&desk, &chosen, &act, Some(&plan)))).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        for post in posts {
            assert_eq!(desk.post(post.id).await.version, post.version + 1, "moved once");
        }
    }
}
