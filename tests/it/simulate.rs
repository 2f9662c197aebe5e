//! What is foretold is what then happens, and asking changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, PostId, post, post::PostState, post::ShutGate};
use office::{
    OfficeError, Refusal, Result,
    posts::{self, SchedulePost, When},
    queue::{self, SendOutcome},
    simulate::{self, Outcome, Simulate, Simulation, Supposition},
};

use crate::{
    queue::{proof, worker},
    support::{
        desk::{Desk, permit},
        snapshot::everything,
    },
};

mod asking;
mod foretelling;
mod through_the_api;

/// A post of these words on a channel, due in so many minutes, that may be so many minutes late.
async fn queued(desk: &Desk, words: &str, channel: ChannelId, minutes: i64, late: i32) -> PostId {
    let draft = desk.approved(words, &[channel]).await;
    let at = desk.office.now() + TimeDelta::minutes(minutes);
    let schedule = SchedulePost {
        after: None,
        client_key: None,
        draft_id: draft.id,
        channel_ids: Vec::new(),
        when: When::At {
            local_time: at.format("%Y-%m-%dT%H:%M").to_string(),
            time_zone: Some("UTC".to_owned()),
        },
        publish_late_minutes: Some(late),
    };
    posts::schedule(&desk.office, &permit(&desk.author), schedule).await.unwrap().remove(0).post.id
}

async fn asked(desk: &Desk, suppose: Supposition) -> Result<Simulation> {
    let input = Simulate { suppose, from: None, until: None, first: None };
    simulate::simulate(&desk.office, &permit(&desk.author), input).await
}

/// Asks, and sees that nothing was written.
async fn supposed(desk: &Desk, suppose: Supposition) -> Simulation {
    let before = everything(&desk.database).await;
    let told = asked(desk, suppose).await.unwrap();
    assert_eq!(everything(&desk.database).await, before, "asking writes nothing");
    told
}

fn refusal(refused: Result<Simulation>) -> Refusal {
    match refused {
        Err(OfficeError::Refused(refusal)) => *refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn outcomes(told: &Simulation) -> BTreeMap<PostId, Outcome> {
    told.affected.iter().map(|one| (one.post.id, one.outcome)).collect()
}

/// What became of a post in the end.
#[derive(Debug, Default)]
struct Became {
    published_at: Option<DateTime<Utc>>,
    held: Option<Vec<ShutGate>>,
    state: Option<PostState>,
}

/// Lets the queue run on from moment to moment, past the last.
async fn run_on(desk: &Desk, posts: &[PostId], ends: &[DateTime<Utc>]) -> BTreeMap<PostId, Became> {
    let mut became: BTreeMap<PostId, Became> = BTreeMap::new();
    let mut moments: BTreeSet<DateTime<Utc>> = ends.iter().copied().collect();
    for id in posts {
        let post = desk.post(*id).await;
        moments.extend([post.due_at, post.missed_after + TimeDelta::minutes(1)]);
    }
    for moment in moments {
        let now = desk.office.now();
        desk.wait((moment - now).max(TimeDelta::zero()));
        tick(desk).await;
        for id in posts {
            let post = desk.post(*id).await;
            let one = became.entry(*id).or_default();
            if post.state == PostState::Held && one.held.is_none() && post.due_at <= desk.office.now() {
                one.held = Some(post.hold.unwrap().gates);
            }
            (one.published_at, one.state) = (post.published_at, Some(post.state));
        }
    }
    became
}

/// What workers do at one moment.
async fn tick(desk: &Desk) {
    let office = &desk.office;
    queue::expire(office, worker(1)).await.unwrap();
    queue::release_held(office, worker(1), None).await.unwrap();
    loop {
        let claimed = desk.claim(1, 10).await;
        if claimed.is_empty() {
            return;
        }
        for ready in claimed.ready {
            desk.settle(&ready, SendOutcome::Delivered(proof(ready.post.id))).await;
        }
    }
}

/// Whether what happened is what was foretold.
async fn came_true(desk: &Desk, told: &Simulation, posts: &[PostId], ends: &[DateTime<Utc>]) {
    let before: Vec<post::Model> = {
        let mut rows = Vec::new();
        for id in posts {
            rows.push(desk.post(*id).await);
        }
        rows
    };
    let became = run_on(desk, posts, ends).await;
    for seen in &before {
        let one = &became[&seen.id];
        let Some(foretold) = told.affected.iter().find(|foretold| foretold.post.id == seen.id) else {
            assert_eq!(one.published_at, Some(seen.due_at), "as before: {one:?}");
            continue;
        };
        let after = &foretold.after;
        match after.state {
            PostState::Published => assert_eq!(one.published_at, after.leaves_at, "{foretold:?}"),
            // Whatever is held for ever is missed in the end.
            _ => assert_eq!(one.state, Some(PostState::Missed), "{foretold:?}"),
        }
        if !after.gates.is_empty() {
            assert_eq!(one.held.as_ref(), Some(&after.gates), "held by the gates that were named");
        }
    }
}
