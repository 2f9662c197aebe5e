//! Posts whose media their platform is still preparing: between two tries they wait, nothing failed, and the gates hold.

use chrono::TimeDelta;
use entity::{
    attempt::{self, AttemptOutcome},
    channel_head,
    post::{self, PostState},
    post_preparation,
};
use office::{
    pauses::{self, Scope},
    posts::{self, Act, OutcomeKind, SchedulePost, When},
    queue::{self, Prepared, SendOutcome},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::{WORDS, pause, send, sweep};
use crate::{
    queue::{cause, proof, worker},
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

const KEPT: &str = "the address of an upload";

fn preparing(seconds: i64) -> SendOutcome {
    SendOutcome::Preparing(Prepared::new(KEPT.to_owned()), TimeDelta::seconds(seconds))
}

/// A post that may be so many minutes late.
async fn scheduled(desk: &Desk, late_minutes: i32) -> post::Model {
    let draft = desk.approved(WORDS, &desk.channels).await;
    let schedule = SchedulePost {
        client_key: None,
        draft_id: draft.id,
        channel_ids: Vec::new(),
        when: When::Now,
        publish_late_minutes: Some(late_minutes),
        after: None,
    };
    posts::schedule(&desk.office, &permit(&desk.author), schedule).await.unwrap().remove(0).post
}

async fn kept(desk: &Desk) -> Option<post_preparation::Model> {
    post_preparation::Entity::find().one(&desk.database).await.unwrap()
}

async fn last_try(desk: &Desk, post: &post::Model) -> attempt::Model {
    let tries = attempt::Entity::find().filter(attempt::Column::PostId.eq(post.id));
    tries.order_by_desc(attempt::Column::Number).one(&desk.database).await.unwrap().unwrap()
}

/// What the next try is given.
async fn given_back(desk: &Desk) -> (queue::Ready, Option<String>) {
    let ready = desk.claim_one(1).await;
    let given = ready.prepared.as_ref().map(|kept| kept.as_str().to_owned());
    (ready, given)
}

#[tokio::test]
async fn a_platform_that_takes_its_time_is_no_failure_and_the_next_try_gets_what_is_kept() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk, 60).await;
        let rounds = desk.office.limits().breaker_failures + 2;
        for round in 1..=rounds {
            let (ready, given) = given_back(&desk).await;
            assert_eq!(given.is_some(), round > 1);
            assert_eq!(ready.first_sent_at, Some(desk.office.now()), "whatever prepares it sends nothing");
            desk.settle(&ready, preparing(30)).await;
            let shown = posts::show(&desk.office, &permit(&desk.author), post.id).await.unwrap();
            assert_eq!((shown.post.state, shown.post.attempts), (PostState::Retrying, 0));
            assert_eq!((shown.outcome.kind, shown.next_act.act), (OutcomeKind::NotSent, Act::Wait));
            assert!(
                shown.next_act.why.contains("preparing its media since 2027-03-01T17:00:00Z"),
                "{shown:?}"
            );
            let row = kept(&desk).await.unwrap();
            assert_eq!((row.rounds, row.since), (round, desk.post(post.id).await.due_at));
            assert!(!row.sealed.windows(7).any(|part| part == b"address"), "it is sealed");
            assert_eq!(send(&desk, &preparing(30)).await, 0, "it is not asked sooner");
            desk.wait(shown.post.run_at - desk.office.now());
        }
        let head = channel_head::Entity::find().one(&desk.database).await.unwrap().unwrap();
        assert_eq!((head.failures, head.gate_until), (0, None));
        // What fails in between is no reason to upload it again.
        let (ready, _) = given_back(&desk).await;
        desk.settle(&ready, SendOutcome::NotSent(cause(), None)).await;
        desk.wait(TimeDelta::minutes(1));
        let (ready, given) = given_back(&desk).await;
        assert_eq!(given.as_deref(), Some(KEPT));
        desk.settle(&ready, SendOutcome::Delivered(proof(post.id))).await;
        assert_eq!(queue::prune(&desk.office).await.unwrap(), 1);
        assert_eq!((kept(&desk).await, desk.post(post.id).await.cause_code), (None, None));
    }
}

#[tokio::test]
async fn what_is_still_to_be_handed_over_goes_on_at_once() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk, 60).await;
        assert_eq!((send(&desk, &preparing(0)).await, send(&desk, &preparing(0)).await), (1, 1));
        assert_eq!(desk.post(post.id).await.run_at, desk.office.now());
    }
}

#[tokio::test]
async fn a_pause_between_two_tries_holds_it_and_what_is_kept_outlasts_the_pause() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk, 60).await;
        send(&desk, &preparing(30)).await;
        let standing = pause(&desk, &desk.coordinator, Scope::Office, &[]).await;
        desk.wait(TimeDelta::seconds(30));
        assert_eq!(
            send(&desk, &SendOutcome::Delivered(proof(post.id))).await,
            0,
            "the gates are asked again"
        );
        assert_eq!(desk.post(post.id).await.state, PostState::Held);
        pauses::resume(&desk.office, &permit(&desk.coordinator), standing.id).await.unwrap();
        sweep(&desk).await;
        assert_eq!(given_back(&desk).await.1.as_deref(), Some(KEPT));
    }
}

#[tokio::test]
async fn what_takes_too_long_is_a_failed_try_and_begins_anew() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk, 1_000).await;
        send(&desk, &preparing(30)).await;
        desk.wait(TimeDelta::seconds(desk.office.limits().preparing_seconds));
        send(&desk, &preparing(30)).await;
        let failed = last_try(&desk, &post).await;
        assert_eq!(failed.outcome, AttemptOutcome::NotSent);
        assert_eq!(failed.cause_code.as_deref(), Some("PREPARING_TOO_LONG"));
        assert_eq!((desk.post(post.id).await.attempts, kept(&desk).await), (1, None));
        desk.wait(TimeDelta::minutes(1));
        assert_eq!(given_back(&desk).await.1, None);
    }
}

#[tokio::test]
async fn a_refusal_forgets_what_was_kept() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk, 60).await;
        send(&desk, &preparing(1)).await;
        desk.wait(TimeDelta::seconds(2));
        send(&desk, &SendOutcome::Refused(cause())).await;
        assert_eq!((desk.post(post.id).await.state, kept(&desk).await), (PostState::Rejected, None));
    }
}

#[tokio::test]
async fn a_post_that_is_ready_too_late_is_not_wanted_and_another_time_keeps_what_is_prepared() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk, 60).await;
        send(&desk, &preparing(3_700)).await;
        let shown = posts::show(&desk.office, &permit(&desk.author), post.id).await.unwrap();
        assert_eq!(shown.next_act.act, Act::Reschedule, "{shown:?}");
        desk.wait(TimeDelta::minutes(61));
        sweep(&desk).await;
        let missed = desk.post(post.id).await;
        assert_eq!(missed.state, PostState::Missed);
        let author = permit(&desk.author);
        posts::reschedule(&desk.office, &author, post.id, missed.version, &When::Now).await.unwrap();
        queue::prune(&desk.office).await.unwrap();
        assert_eq!(given_back(&desk).await.1.as_deref(), Some(KEPT));
    }
}

#[tokio::test]
async fn a_worker_that_dies_while_it_goes_on_leaves_a_post_that_is_looked_up_and_then_gone_on_with() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = scheduled(&desk, 60).await;
        send(&desk, &preparing(1)).await;
        desk.wait(TimeDelta::seconds(2));
        let (ready, _) = given_back(&desk).await;
        desk.wait(TimeDelta::seconds(desk.office.limits().lease_seconds + 1));
        queue::rescue(&desk.office, worker(2)).await.unwrap();
        assert_eq!(desk.post(post.id).await.state, PostState::Unconfirmed, "it may have published");
        let lost = desk.settle(&ready, preparing(1)).await;
        assert_eq!(lost, queue::Settled::LostLease);
        desk.wait(TimeDelta::seconds(desk.office.limits().look_up_after_seconds));
        super::trying::look_up(&desk, &queue::LookUpOutcome::Absent).await;
        desk.wait(TimeDelta::minutes(1));
        assert_eq!(given_back(&desk).await.1.as_deref(), Some(KEPT));
    }
}
