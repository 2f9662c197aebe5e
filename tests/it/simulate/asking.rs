//! How far is looked, what cannot be supposed, and what it costs.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use entity::{ChannelId, PostId, post::PostState};
use office::{
    OfficeError, RefusalCode, initiatives,
    pauses::Scope,
    posts::When,
    simulate::{self, Simulate, Simulation, Supposition},
};
use uuid::Uuid;

use super::{asked, queued, refusal};
use crate::support::{
    desk::{Desk, permit},
    engine::{Engine, engines},
};

fn paused() -> Supposition {
    Supposition::Pause {
        scope: Scope::Office,
        reason: "A day of mourning".to_owned(),
        starts_at: None,
        ends_at: None,
        exempt: Vec::new(),
    }
}

async fn within(desk: &Desk, days: (i64, i64), first: Option<u64>) -> office::Result<Simulation> {
    let at = |days: i64| Some(desk.office.now() + TimeDelta::days(days));
    let input = Simulate { suppose: paused(), from: at(days.0), until: at(days.1), first };
    simulate::simulate(&desk.office, &permit(&desk.author), input).await
}

#[tokio::test]
async fn what_is_looked_at_has_bounds() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let mut posts = Vec::new();
        for day in 1..=3 {
            let words = format!("Clinic {day} opens on Monday.");
            posts.push(queued(&desk, &words, desk.channels[0], day * 24 * 60, 30).await);
        }
        let told = within(&desk, (2, 3), None).await.unwrap();
        assert_eq!(told.affected.iter().map(|one| one.post.id).collect::<Vec<_>>(), posts[1..2]);
        let first = within(&desk, (0, 62), Some(2)).await.unwrap();
        assert_eq!((first.looked_at, first.more), (2, true), "what is due first");
        for (days, first, field) in [
            ((3, 2), None, "until"),
            ((0, 63), None, "until"),
            ((0, 1), Some(0), "first"),
            ((0, 1), Some(501), "first"),
        ] {
            let refused = refusal(within(&desk, days, first).await);
            assert_eq!((refused.code, refused.field), (RefusalCode::Invalid, vec![field.to_owned()]));
        }
    }
}

#[tokio::test]
async fn what_cannot_be_is_not_supposed() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let post = queued(&desk, "Clinic 1 opens on Monday.", desk.channels[0], 60, 30).await;
        let gone = asked(&desk, Supposition::ChannelRests(ChannelId(Uuid::from_u128(1)))).await;
        assert!(matches!(gone, Err(OfficeError::NotFound("channel"))));
        let gone =
            asked(&desk, Supposition::Move { post_id: PostId(Uuid::from_u128(1)), when: When::Now }).await;
        assert!(matches!(gone, Err(OfficeError::NotFound("post"))));
        let early = When::At { local_time: "2026-01-01T00:00".to_owned(), time_zone: None };
        let refused = asked(&desk, Supposition::Move { post_id: post, when: early }).await;
        assert_eq!(refusal(refused).code, RefusalCode::Invalid);
        let no_slot = asked(&desk, Supposition::Move { post_id: post, when: When::NextFreeSlot }).await;
        assert_eq!(refusal(no_slot).code, RefusalCode::Invalid);
        initiatives::close(
            &desk.office,
            &permit(&desk.coordinator),
            desk.initiative,
            initiatives::QueueFate::Keep,
        )
        .await
        .unwrap();
        let closed = asked(&desk, Supposition::InitiativeCloses(desk.initiative)).await;
        assert_eq!(refusal(closed).code, RefusalCode::IllegalState);
        let now = desk.office.now();
        let backwards = Supposition::StewardAbsent {
            member_id: desk.author.member_id().unwrap(),
            from: Some(now),
            until: Some(now),
        };
        assert_eq!(refusal(asked(&desk, backwards).await).code, RefusalCode::Invalid);
        let (_, first) = office::offices::create(
            &desk.office,
            crate::support::desk::new_office("other"),
            crate::support::desk::first_administrator(),
        )
        .await
        .unwrap();
        let stranger = office::members::requester_for(&desk.office, first.id).await.unwrap();
        let input = Simulate {
            suppose: Supposition::ChannelRests(desk.channels[0]),
            from: None,
            until: None,
            first: None,
        };
        let seen = simulate::simulate(&desk.office, &permit(&stranger), input).await;
        assert!(matches!(seen, Err(OfficeError::NotFound(_))), "another office sees nothing: {seen:?}");
        assert_eq!(desk.post(post).await.state, PostState::Scheduled);
    }
}

#[tokio::test]
async fn looking_at_more_posts_costs_what_loading_their_facts_costs() {
    let statements = Arc::new(AtomicUsize::new(0));
    let desk = Desk::counted(&Engine::Sqlite, Some(1), Some(Arc::clone(&statements))).await;
    let ask = async || {
        let before = statements.load(Ordering::SeqCst);
        asked(&desk, paused()).await.unwrap();
        statements.load(Ordering::SeqCst) - before
    };
    queued(&desk, "Clinic 0 opens on Monday.", desk.channels[0], 60, 30).await;
    ask().await;
    let one = ask().await;
    for number in 1..=4 {
        let words = format!("Clinic {number} opens on Monday.");
        queued(&desk, &words, desk.channels[0], 60 + number, 30).await;
    }
    let five = ask().await;
    assert!(one > 0 && five <= one * 5, "{one} statements for one post, {five} for five");
}
