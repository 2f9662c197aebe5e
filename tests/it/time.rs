//! When posts go out: recurrences, blackouts and warnings, through the rules of the office on both engines and through the
//! public API. The clock changes themselves are tested against the zone database in `office::calendar`.

mod blackouts;
mod recurrences;
mod repeating;
mod through_the_api;
mod warnings;

use entity::{ChannelId, DraftId, PostId, post};
use office::{
    RefusalCode, Result,
    posts::{self, SchedulePost, When},
    queue,
};

use crate::{
    queue::proof,
    support::desk::{Desk, permit},
};

/// At a local time of the office.
fn at(local_time: &str) -> When {
    When::At { local_time: local_time.to_owned(), time_zone: None }
}

/// Schedules an approved draft on some of its channels, or on all.
async fn scheduled(
    desk: &Desk,
    draft_id: DraftId,
    channel_ids: &[ChannelId],
    when: When,
    late: i32,
) -> post::Model {
    let wish = SchedulePost {
        client_key: None,
        draft_id,
        channel_ids: channel_ids.to_vec(),
        when,
        publish_late_minutes: Some(late),
        after: None,
    };
    posts::schedule(&desk.office, &permit(&desk.author), wish).await.unwrap().remove(0).post
}

/// Why it was refused.
fn code<T: std::fmt::Debug>(outcome: Result<T>) -> RefusalCode {
    match outcome {
        Err(office::OfficeError::Refused(refusal)) => refusal.code,
        other => panic!("it was not refused: {other:?}"),
    }
}

/// Takes what is due and puts it out, each as far as its gate lets it; gives the states in which they are then.
async fn work(desk: &Desk) -> Vec<post::PostState> {
    let mut states = Vec::new();
    loop {
        let claimed = desk.claim(1, 10).await;
        if claimed.is_empty() {
            return states;
        }
        let mut looked_at: Vec<PostId> = claimed.stopped.iter().map(|(id, _)| *id).collect();
        for ready in claimed.ready {
            desk.settle(&ready, queue::SendOutcome::Delivered(proof(ready.post.id))).await;
            looked_at.push(ready.post.id);
        }
        for id in looked_at {
            states.push(desk.post(id).await.state);
        }
    }
}
