//! People and workers at the same queue at the same time, on both engines: nobody meets a fault, nothing goes out twice.

use std::collections::BTreeMap;

use entity::{PostId, post::PostState};
use futures::future::join_all;
use office::{
    OfficeError,
    pauses::{self, PausePublishing, Scope},
    posts::{self, When},
    queue::{self, Ready, Room, SendOutcome, Settlement},
};

use crate::{
    queue::{proof, worker},
    support::{
        desk::{Desk, permit},
        engine::engines,
    },
};

fn no_fault<T>(what: &str, outcome: office::Result<T>) -> Option<T> {
    match outcome {
        Ok(done) => Some(done),
        Err(OfficeError::Refused(_)) => None,
        Err(error) => panic!("{what} met a fault: {error}"),
    }
}

async fn work(desk: &Desk, number: u128) -> Vec<PostId> {
    let mut sent = Vec::new();
    for _ in 0..25 {
        let claimed = queue::claim(&desk.office, worker(number), Room::of(3)).await;
        let ready = no_fault("claim", claimed).unwrap().ready;
        sent.extend(ready.iter().map(|ready| ready.post.id));
        let settlement = |ready: Ready| Settlement {
            outcome: SendOutcome::Delivered(proof(ready.post.id)),
            lease: ready.lease,
            attempt_id: ready.attempt_id,
            wait: None,
        };
        let settlements: Vec<Settlement> = ready.into_iter().map(settlement).collect();
        no_fault("settle", queue::settle(&desk.office, worker(number), &settlements).await);
        no_fault("release", queue::release_held(&desk.office, worker(number), None).await);
    }
    sent
}

async fn meddle(desk: &Desk, post: PostId, cancel: bool) {
    let version = desk.post(post).await.version;
    if cancel {
        no_fault("cancel", posts::cancel(&desk.office, &permit(&desk.author), post, version).await);
    } else {
        no_fault(
            "reschedule",
            posts::reschedule(&desk.office, &permit(&desk.author), post, version, &When::Now).await,
        );
    }
}

async fn pause_and_resume(desk: &Desk) {
    for _ in 0..8 {
        let pause = PausePublishing {
            client_key: None,
            scope: Scope::Office,
            reason: "A moment".to_owned(),
            starts_at: None,
            ends_at: None,
            exempt: Vec::new(),
        };
        let pause =
            no_fault("pause", pauses::begin(&desk.office, &permit(&desk.coordinator), pause).await).unwrap();
        no_fault("resume", pauses::resume(&desk.office, &permit(&desk.coordinator), pause.id).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_and_workers_do_not_stand_in_each_others_way() {
    for engine in engines() {
        let desk = Desk::open(&engine, 4).await;
        let mut waiting = Vec::new();
        for number in 0..10 {
            let draft = desk.approved(&format!("Clinic {number} opens on Monday."), &desk.channels).await;
            waiting.extend(desk.schedule_now(draft.id).await.into_iter().map(|post| post.id));
        }
        let workers = join_all((1..=4).map(|number| work(&desk, number)));
        let people = join_all(waiting.iter().enumerate().map(|(i, post)| meddle(&desk, *post, i % 3 == 0)));
        let (sent, _, ()) = futures::future::join3(workers, people, pause_and_resume(&desk)).await;
        let mut times: BTreeMap<PostId, u32> = BTreeMap::new();
        for post in sent.into_iter().flatten() {
            *times.entry(post).or_default() += 1;
        }
        assert!(!times.is_empty() && times.values().all(|times| *times == 1), "{times:?}");
        for post in &waiting {
            let out = desk.post(*post).await.state == PostState::Published;
            assert_eq!(out, times.contains_key(post), "a post is out if and only if it was sent");
        }
        let chain = office::audit::verify(desk.office.db().read(), desk.author.office_id).await.unwrap();
        assert_eq!(chain.broken_at, None);
    }
}
