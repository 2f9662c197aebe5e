//! What an act would do to each of many posts. Pure: the dry run and the doing ask this one function, so that what was
//! shown is what is done. Knows lifecycles and times; where slots, rivals and other posts come from is `around`.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, PostId, RevisionId,
    bulk_act::{After, Before, Fate, LeftReason, Outcome},
    post,
    post::{PersonHold, PostState},
};

use super::{people::Standing, reslot::reslot};
use crate::{
    calendar::{self, LocalInstant},
    error::Result,
    lifecycle::{Lifecycle as _, PostEvent},
    posts::when_moved,
};

/// States in which a post has a moment of its channel for itself.
pub(crate) const TAKES_A_MOMENT: [PostState; 5] =
    [PostState::Scheduled, PostState::Retrying, PostState::Held, PostState::Sending, PostState::Unconfirmed];

/// What goes out once: the words, where, for which time of a recurrence, and which part of a thread.
pub(super) type Once = (RevisionId, ChannelId, String, i32);

/// As the index `post_once` has it.
pub(super) fn once(post: &post::Model) -> Once {
    (post.revision_id, post.channel_id, post.occurrence.clone(), post.part)
}

/// A moment of a channel.
pub(super) type Moment = (ChannelId, DateTime<Utc>);

/// What is to be done to each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Move it by so many local days and so many minutes.
    Shift {
        /// Local days.
        days: i64,
        /// Minutes.
        minutes: i64,
    },
    /// Move it to this time.
    To(LocalInstant),
    /// Move it to the next free slot of its channel.
    Reslot,
    /// Give it up.
    Cancel,
    /// Hold it.
    Hold(PersonHold),
    /// Let it go.
    Release,
}

impl Step {
    /// Whether it gives posts another time.
    pub(super) fn moves(&self) -> bool {
        match self {
            Self::Shift { .. } | Self::To(_) | Self::Reslot => true,
            Self::Cancel | Self::Hold(_) | Self::Release => false,
        }
    }

    /// The state that it leads a post to, or why it does not.
    fn leads(&self, post: &post::Model, around: &Around) -> Result<PostState, LeftReason> {
        let state = match self {
            Self::Shift { .. } | Self::To(_) | Self::Reslot => when_moved(post).ok(),
            Self::Cancel => post.state.after(PostEvent::Cancel),
            Self::Hold(_) | Self::Release => {
                return around.people.get(&post.id).map_or(Err(LeftReason::IllegalState), Standing::state);
            }
        };
        state.ok_or(LeftReason::IllegalState)
    }
}

/// What is asked, and when.
#[derive(Debug)]
pub(super) struct Asked {
    /// What is to be done.
    pub(super) step: Step,
    /// One instant for all.
    pub(super) now: DateTime<Utc>,
    /// Days ahead that a post may be due.
    pub(super) days_ahead: i64,
}

/// What stands around the posts.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Moments that other posts have, as far as these posts could meet them.
    pub(super) taken: HashSet<Moment>,
    /// What has a living post: one that is not given up, too late, refused or taken back.
    pub(super) living: HashSet<Once>,
    /// The next free slots of each channel, earliest first, as many as could be needed.
    pub(super) free: HashMap<ChannelId, Vec<LocalInstant>>,
    /// The slots that these posts have for themselves, by their moment: each is free once its post moves.
    pub(super) own: HashMap<Moment, LocalInstant>,
    /// For holding and letting go: what that comes to, of the posts of which it can be said.
    pub(super) people: HashMap<PostId, Standing>,
}

/// What becomes of each post, in the order of their due times; then those that are not there.
pub(super) fn plan(
    asked: &Asked,
    posts: &[post::Model],
    missing: &[PostId],
    around: &Around,
) -> Result<Vec<Outcome>> {
    let posts = in_order(posts);
    let mut fates = Vec::with_capacity(posts.len());
    let mut living = around.living.clone();
    for post in &posts {
        fates.push(alone(asked, post, around, &mut living)?);
    }
    match asked.step {
        Step::Reslot => reslot(asked, &posts, &mut fates, around),
        Step::Shift { .. } | Step::To(_) => keep_apart(&posts, &mut fates, &around.taken),
        Step::Cancel | Step::Hold(_) | Step::Release => {}
    }
    let seen = posts.iter().zip(fates).map(|(post, fate)| Outcome {
        post_id: post.id,
        before: Some(Before { version: post.version, state: post.state, due_at: post.due_at }),
        fate,
    });
    let unseen = missing.iter().map(|id| Outcome {
        post_id: *id,
        before: None,
        fate: Fate::Left(LeftReason::NotFound),
    });
    Ok(seen.chain(unseen).collect())
}

/// The instants at which posts would be due, where that does not depend on slots: what has to be looked up around them.
pub(super) fn instants(asked: &Asked, posts: &[post::Model]) -> Result<HashSet<Moment>> {
    let mut found = HashSet::new();
    for post in posts {
        let at = wish(&asked.step, post)?.map_or(post.due_at, |time| time.instant);
        found.insert((post.channel_id, at));
    }
    Ok(found)
}

fn in_order(posts: &[post::Model]) -> Vec<&post::Model> {
    let mut posts: Vec<&post::Model> = posts.iter().collect();
    posts.sort_by_key(|post| (post.due_at, post.id));
    posts
}

/// What becomes of a post when no other is moved. For a slot that is still to be found it keeps its time.
fn alone(asked: &Asked, post: &post::Model, around: &Around, living: &mut HashSet<Once>) -> Result<Fate> {
    let state = match allowed(&asked.step, post, around) {
        Ok(state) => state,
        Err(reason) => return Ok(Fate::Left(reason)),
    };
    if !asked.step.moves() {
        return Ok(Fate::Changes(as_it_is_due(post, state)));
    }
    // Only what was too late comes back to life: its revision may have been scheduled anew meanwhile.
    if post.state == PostState::Missed && !living.insert(once(post)) {
        return Ok(Fate::Left(LeftReason::WouldClash));
    }
    let Some(time) = wish(&asked.step, post)? else {
        return Ok(Fate::Changes(as_it_is_due(post, state)));
    };
    Ok(moved(asked, post, state, &time))
}

/// The state that the act leads to, or why it does not.
fn allowed(step: &Step, post: &post::Model, around: &Around) -> Result<PostState, LeftReason> {
    match post.state {
        PostState::Published | PostState::Corrected | PostState::Withdrawn | PostState::Drifted => {
            Err(LeftReason::AlreadyPublished)
        }
        PostState::Sending => Err(LeftReason::Leaving),
        _ => step.leads(post, around),
    }
}

/// Where a post is wanted; none for a slot, which is found for all of them together, and for what keeps its time.
fn wish(step: &Step, post: &post::Model) -> Result<Option<LocalInstant>> {
    match step {
        Step::Shift { days, minutes } => Ok(Some(shifted(post, *days, *minutes)?)),
        Step::To(time) => Ok(Some(time.clone())),
        Step::Reslot | Step::Cancel | Step::Hold(_) | Step::Release => Ok(None),
    }
}

/// Days keep the local time of day across a clock change; minutes are counted on the clock that never changes.
fn shifted(post: &post::Model, days: i64, minutes: i64) -> Result<LocalInstant> {
    let from = match days {
        0 => None,
        days => Some(calendar::days_later(&post.local_time, &post.time_zone, days)?),
    };
    match (from, minutes) {
        (Some(time), 0) => Ok(time),
        (from, minutes) => {
            let from = from.map_or(post.due_at, |time| time.instant);
            calendar::local(from + TimeDelta::minutes(minutes), &post.time_zone)
        }
    }
}

pub(super) fn moved(asked: &Asked, post: &post::Model, state: PostState, time: &LocalInstant) -> Fate {
    if let Some(reason) = out_of_bounds(asked.now, asked.days_ahead, time.instant) {
        return Fate::Left(reason);
    }
    if time.instant == post.due_at && state == post.state {
        return Fate::Left(LeftReason::AsWished);
    }
    Fate::Changes(After {
        state,
        due_at: time.instant,
        local_time: time.local_time.clone(),
        time_zone: time.time_zone.clone(),
    })
}

/// Why a post cannot be due at an instant; none when it can.
pub(crate) fn out_of_bounds(
    now: DateTime<Utc>,
    days_ahead: i64,
    instant: DateTime<Utc>,
) -> Option<LeftReason> {
    // The same minute of grace that one post has.
    if instant < now - TimeDelta::minutes(1) {
        return Some(LeftReason::InThePast);
    }
    (instant > now + TimeDelta::days(days_ahead)).then_some(LeftReason::TooFarAhead)
}

fn as_it_is_due(post: &post::Model, state: PostState) -> After {
    After {
        state,
        due_at: post.due_at,
        local_time: post.local_time.clone(),
        time_zone: post.time_zone.clone(),
    }
}

/// Leaves those alone that would be due at the very moment of another post of their channel. One that stays keeps its own
/// moment, and so may stop another: this is looked at until nothing changes.
fn keep_apart(posts: &[&post::Model], fates: &mut [Fate], others: &HashSet<Moment>) {
    loop {
        let staying = posts.iter().zip(fates.iter()).filter(|(_, fate)| matches!(fate, Fate::Left(_)));
        let staying = staying.filter(|(post, _)| TAKES_A_MOMENT.contains(&post.state));
        let mut taken = others.clone();
        taken.extend(staying.map(|(post, _)| (post.channel_id, post.due_at)));
        let mut stopped = false;
        for (post, fate) in posts.iter().zip(fates.iter_mut()) {
            let Fate::Changes(after) = fate else { continue };
            // The later parts of a thread share the moment of the first, and leave after it.
            if post.part <= 1 && !taken.insert((post.channel_id, after.due_at)) {
                *fate = Fate::Left(LeftReason::WouldClash);
                stopped = true;
            }
        }
        if !stopped {
            return;
        }
    }
}
