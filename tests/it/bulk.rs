//! Many posts at once: what the dry run says is what is done, and nothing else.

use entity::{
    ChannelId, PostId,
    bulk_act::{Fate, LeftReason},
    post,
    post::PostState,
};
use office::{
    OfficeError, Refusal, Requester, Result,
    posts::{
        self, PostFilter, SchedulePost, When,
        bulk::{self, Act, Bulk, BulkPosts, Selection},
    },
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use crate::support::desk::{Desk, permit};

mod any_queue;
mod holding;
mod moving;
mod racing;
mod reslotting;
mod through_the_api;

/// Posts of these words at a local time, one on each channel.
pub(crate) async fn queued(
    desk: &Desk,
    words: &str,
    channels: &[ChannelId],
    local_time: &str,
) -> Vec<post::Model> {
    let draft = desk.approved(words, channels).await;
    let schedule = SchedulePost {
        after: None,
        client_key: None,
        draft_id: draft.id,
        channel_ids: Vec::new(),
        when: When::At { local_time: local_time.to_owned(), time_zone: None },
        publish_late_minutes: Some(60),
    };
    let scheduled = posts::schedule(&desk.office, &permit(&desk.author), schedule).await.unwrap();
    scheduled.into_iter().map(|scheduled| scheduled.post).collect()
}

/// Puts a post into a state, whatever led there.
async fn put(desk: &Desk, id: PostId, state: PostState) -> post::Model {
    let mut edit: post::ActiveModel = desk.post(id).await.into();
    edit.state = Set(state);
    edit.update(&desk.database).await.unwrap()
}

fn shift(days: i64, minutes: i64) -> Act {
    Act::Shift { days, minutes }
}

fn to(local_time: &str) -> Act {
    Act::To { local_time: local_time.to_owned(), time_zone: None }
}

fn all() -> Selection {
    Selection::Filter(PostFilter::default())
}

async fn asked(desk: &Desk, selection: &Selection, act: &Act, expect: Option<&str>) -> Result<Bulk> {
    asked_by(desk, &desk.author, selection, act, expect).await
}

async fn asked_by(
    desk: &Desk,
    who: &Requester,
    selection: &Selection,
    act: &Act,
    expect: Option<&str>,
) -> Result<Bulk> {
    let input = BulkPosts {
        client_key: None,
        selection: selection.clone(),
        act: act.clone(),
        dry_run: expect.is_none(),
        expect: expect.map(str::to_owned),
    };
    bulk::act(&desk.office, &permit(who), input).await
}

async fn dry(desk: &Desk, selection: &Selection, act: &Act) -> Bulk {
    asked(desk, selection, act, None).await.unwrap()
}

/// Looks, and does exactly that.
async fn done(desk: &Desk, selection: &Selection, act: &Act) -> Bulk {
    let plan = dry(desk, selection, act).await;
    let done = asked(desk, selection, act, Some(&plan.plan)).await.unwrap();
    assert_eq!(done.outcomes, plan.outcomes, "what was said is what was done");
    assert!(done.id.is_some() && plan.id.is_none());
    done
}

fn refusal(refused: Result<Bulk>) -> Refusal {
    match refused {
        Err(OfficeError::Refused(refusal)) => *refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// Why each post is left alone; none where it changes.
fn left(bulk: &Bulk) -> Vec<Option<LeftReason>> {
    let reason = |fate: &Fate| match fate {
        Fate::Changes(_) => None,
        Fate::Left(reason) => Some(*reason),
    };
    bulk.outcomes.iter().map(|outcome| reason(&outcome.fate)).collect()
}

/// The local times of these posts.
async fn times(desk: &Desk, posts: &[post::Model]) -> Vec<String> {
    let mut times = Vec::new();
    for post in posts {
        times.push(desk.post(post.id).await.local_time);
    }
    times
}
