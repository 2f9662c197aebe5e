//! Order, pace and turns: what may leave when, in one process and on both engines.

use std::time::Duration;

use chrono::TimeDelta;
use entity::{PostId, post::PostState};
use office::{
    RefusalCode,
    posts::{self, SchedulePost, When},
    queue::{self, Room, SendOutcome, Settled, Settlement},
};

use crate::{
    handbooks::refusal,
    queue::{cause, proof, worker},
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

async fn one(desk: &Desk, words: &str) -> PostId {
    let draft = desk.approved(words, &desk.channels[..1]).await;
    desk.schedule_now(draft.id).await.remove(0).id
}

async fn following(desk: &Desk, words: &str, after: PostId) -> office::Result<PostId> {
    let draft = desk.approved(words, &desk.channels[..1]).await;
    let wish = SchedulePost {
        client_key: None,
        draft_id: draft.id,
        channel_ids: Vec::new(),
        when: When::Now,
        publish_late_minutes: Some(600),
        after: Some(after),
    };
    let scheduled = posts::schedule(&desk.office, &permit(&desk.author), wish).await?;
    Ok(scheduled[0].post.id)
}

#[tokio::test]
async fn the_next_part_of_a_thread_waits_for_the_one_before_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let first = one(&desk, "Clinic 1 opens on Monday.").await;
        let second = following(&desk, "It is open from nine to five.", first).await.unwrap();
        let third = following(&desk, "Book by phone or online.", second).await.unwrap();
        let ready = desk.claim_one(1).await;
        assert_eq!(ready.post.id, first);
        desk.settle(&ready, SendOutcome::NotSent(cause(), None)).await;
        assert!(desk.claim(1, 9).await.is_empty(), "the others do not overtake it");
        desk.wait(TimeDelta::minutes(1));
        for id in [first, second, third] {
            let ready = desk.claim_one(1).await;
            assert_eq!(ready.post.id, id);
            assert!(desk.claim(1, 9).await.is_empty());
            desk.settle(&ready, SendOutcome::Delivered(proof(id))).await;
        }
    }
}

#[tokio::test]
async fn a_part_that_would_be_too_late_before_the_one_before_it_is_refused() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = desk.approved("Clinic 1 opens on Monday.", &desk.channels[..1]).await;
        let wish = SchedulePost {
            client_key: None,
            draft_id: draft.id,
            channel_ids: Vec::new(),
            when: When::At { local_time: "2027-03-05T09:00".to_owned(), time_zone: None },
            publish_late_minutes: None,
            after: None,
        };
        let first = posts::schedule(&desk.office, &permit(&desk.author), wish).await.unwrap()[0].post.id;
        let refused = refusal(following(&desk, "It is open from nine to five.", first).await);
        assert_eq!((refused.code, refused.field), (RefusalCode::Invalid, vec!["when".to_owned()]));
        assert!(refused.message.contains("2027-03-05T09:00"), "{}", refused.message);
    }
}

#[tokio::test]
async fn what_follows_a_post_that_will_not_be_out_is_held_and_goes_on_when_that_one_does() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let first = one(&desk, "Clinic 1 opens on Monday.").await;
        let second = following(&desk, "It is open from nine to five.", first).await.unwrap();
        desk.wait(TimeDelta::hours(2));
        queue::expire(&desk.office, worker(1)).await.unwrap();
        assert_eq!(desk.post(first).await.state, PostState::Missed);
        let held = desk.post(second).await;
        assert_eq!((held.state, held.hold.unwrap().gates[0].gate.as_str()), (PostState::Held, "ORDER"));
        let late = following(&desk, "Book by phone or online.", first).await;
        assert_eq!(refusal(late).code, RefusalCode::IllegalState);
        let version = desk.post(first).await.version;
        posts::reschedule(&desk.office, &permit(&desk.author), first, version, &When::Now).await.unwrap();
        queue::release_held(&desk.office, worker(1), None).await.unwrap();
        assert_eq!(desk.post(second).await.state, PostState::Held, "not before the first is out");
        let ready = desk.claim_one(1).await;
        desk.settle(&ready, SendOutcome::Delivered(proof(first))).await;
        queue::release_held(&desk.office, worker(1), None).await.unwrap();
        assert_eq!(desk.post(second).await.state, PostState::Scheduled);
    }
}

#[tokio::test]
async fn a_platform_that_keeps_failing_stops_its_channel_and_no_other() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let limits = desk.office.limits().clone();
        for number in 0..3 {
            let draft = desk.approved(&format!("Clinic {number} opens on Monday."), &desk.channels).await;
            desk.schedule_now(draft.id).await;
        }
        let sick = desk.channels[0];
        let mut tries = 0;
        for _ in 0..60 {
            for ready in desk.claim(1, 9).await.ready {
                let failed = ready.post.channel_id == sick;
                tries += i32::from(failed);
                let outcome = if failed {
                    SendOutcome::NotSent(cause(), None)
                } else {
                    SendOutcome::Delivered(proof(ready.post.id))
                };
                desk.settle(&ready, outcome).await;
            }
            desk.wait(TimeDelta::seconds(limits.breaker_seconds / 10));
        }
        let heads = queue::channel_heads(&desk.office, desk.author.office_id, &desk.channels).await.unwrap();
        let head = heads.iter().find(|head| head.channel_id == sick).unwrap();
        assert!(head.failures >= limits.breaker_failures && head.broken_since.is_some());
        assert_eq!(head.gate_reason.as_deref(), Some("CIRCUIT_OPEN"));
        assert!(tries <= limits.breaker_failures + 5, "{tries} tries against a platform that is down");
        let well = heads.iter().find(|head| head.channel_id != sick).unwrap();
        assert_eq!((well.failures, well.next_at), (0, None), "all of the other's posts are out");
    }
}

#[tokio::test]
async fn a_platform_that_allows_no_more_for_now_is_left_alone_until_it_does() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        for number in 0..2 {
            let draft = desk.approved(&format!("Clinic {number} opens on Monday."), &desk.channels).await;
            desk.schedule_now(draft.id).await;
        }
        let ready = desk.claim(1, 9).await.ready;
        assert_eq!(ready.len(), 2);
        let (full, wait) = (ready[0].post.channel_id, Duration::from_mins(15));
        for one in &ready {
            let outcome = SendOutcome::Delivered(proof(one.post.id));
            let wait = (one.post.channel_id == full).then_some(wait);
            let settlement = Settlement { lease: one.lease, attempt_id: one.attempt_id, outcome, wait };
            let settled = queue::settle(&desk.office, one.lease.worker_id, &[settlement]).await.unwrap();
            assert_eq!(settled, [Settled::State(PostState::Published)], "what is out is out");
        }
        let heads = queue::channel_heads(&desk.office, desk.author.office_id, &desk.channels).await.unwrap();
        let head = heads.iter().find(|head| head.channel_id == full).unwrap();
        assert_eq!((head.gate_reason.as_deref(), head.failures), (Some("RATE_LIMITED"), 0));
        let next = desk.claim(1, 9).await.ready;
        assert_eq!(next.len(), 1, "the other channel goes on");
        assert_ne!(next[0].post.channel_id, full);
        desk.wait(TimeDelta::minutes(14));
        assert!(desk.claim(1, 9).await.is_empty(), "nothing is asked before the platform said");
        desk.wait(TimeDelta::minutes(2));
        assert_eq!(desk.claim_one(1).await.post.channel_id, full);
    }
}

#[tokio::test]
async fn after_an_outage_a_channel_catches_up_one_by_one() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let gap = TimeDelta::seconds(desk.office.limits().catch_up_gap_seconds);
        for number in 0..3 {
            one(&desk, &format!("Clinic {number} opens on Monday.")).await;
        }
        desk.wait(TimeDelta::minutes(30));
        for _ in 0..3 {
            let ready = desk.claim_one(1).await;
            desk.settle(&ready, SendOutcome::Delivered(proof(ready.post.id))).await;
            assert!(desk.claim(1, 9).await.is_empty(), "not all at once");
            desk.wait(gap);
        }
        assert!(desk.claim(1, 9).await.is_empty());
    }
}

#[tokio::test]
async fn a_host_is_not_asked_for_more_than_it_may_be() {
    for engine in engines() {
        let desk = Desk::open(&engine, 3).await;
        let draft = desk.approved("Clinic 1 opens on Monday.", &desk.channels).await;
        desk.schedule_now(draft.id).await;
        let sql = "UPDATE channel_head SET host = 'social.example.org'";
        sea_orm::ConnectionTrait::execute_unprepared(&desk.database, sql).await.unwrap();
        let full = [("social.example.org".to_owned(), 1)].into();
        let room = Room { posts: 9, per_host: 2, in_flight: full };
        let claimed = queue::claim(&desk.office, worker(1), room).await.unwrap();
        assert_eq!(claimed.ready.len(), 1, "one is in flight already, and two may be");
        let full = [("social.example.org".to_owned(), 2)].into();
        let room = Room { posts: 9, per_host: 2, in_flight: full };
        let asleep = queue::agenda(&desk.office, &room).await.unwrap();
        assert!(asleep.post.is_none(), "what a full host keeps from leaving wakes nobody");
        let awake = queue::agenda(&desk.office, &Room::of(9)).await.unwrap();
        assert!(awake.is_due(awake.post));
        assert!(queue::claim(&desk.office, worker(1), room).await.unwrap().is_empty());
    }
}
