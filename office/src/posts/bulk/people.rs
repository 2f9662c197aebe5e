//! What it comes to when a person holds many posts, or lets them go: who may, and what the gates say of each. Only reads: a
//! bounded number of statements, however many posts.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, MemberId, PostId,
    bulk_act::LeftReason,
    initiative, post,
    post::{PersonHold, PostState},
};
use sea_orm::ConnectionTrait;

use super::plan::Step;
use crate::{
    Office, Requester,
    error::{OfficeError, Result},
    gate,
    lifecycle::{Lifecycle as _, PostEvent},
    policy,
    posts::hold::{Verdict, verdict},
    read, stewards,
};

/// What holding a post, or letting it go, comes to.
#[derive(Debug)]
pub(super) enum Standing {
    /// It would be held.
    Held,
    /// It would be let go, and judged like this.
    LetGo(Box<Verdict>),
    /// It stays as it is.
    Left(LeftReason),
}

impl Standing {
    pub(super) fn state(&self) -> Result<PostState, LeftReason> {
        match self {
            Self::Held => Ok(PostState::Held),
            Self::LetGo(verdict) => Ok(verdict.state),
            Self::Left(reason) => Err(*reason),
        }
    }
}

/// Looks at posts that are to be held or let go; for other steps there is nothing to see.
pub(super) async fn standing(
    office: &Office,
    db: &impl ConnectionTrait,
    requester: &Requester,
    step: &Step,
    posts: &[post::Model],
    now: DateTime<Utc>,
) -> Result<HashMap<PostId, Standing>> {
    match step {
        Step::Hold(hold) => holding(db, requester, hold, posts).await,
        Step::Release => letting_go(office, db, requester, posts, now).await,
        Step::Shift { .. } | Step::To(_) | Step::Reslot | Step::Cancel => Ok(HashMap::new()),
    }
}

async fn holding(
    db: &impl ConnectionTrait,
    requester: &Requester,
    hold: &PersonHold,
    posts: &[post::Model],
) -> Result<HashMap<PostId, Standing>> {
    let channels: Vec<ChannelId> =
        posts.iter().map(|post| post.channel_id).collect::<BTreeSet<_>>().into_iter().collect();
    let mut answering: HashMap<ChannelId, Vec<MemberId>> = HashMap::new();
    for steward in stewards::current(db, requester.office_id, &channels).await? {
        answering.entry(steward.channel_id).or_default().push(steward.member_id);
    }
    let standing = |post: &post::Model| {
        let stewards = answering.get(&post.channel_id).map(Vec::as_slice).unwrap_or_default();
        let others = post.person_hold.as_ref().is_some_and(|other| other.by != hold.by);
        if others || policy::may_hold(requester, stewards).is_err() {
            Standing::Left(LeftReason::NotYours)
        } else if post.person_hold.as_ref().is_some_and(|own| own.reason == hold.reason) {
            Standing::Left(LeftReason::AsWished)
        } else if post.state == PostState::Held || post.state.after(PostEvent::Hold).is_some() {
            Standing::Held
        } else {
            Standing::Left(LeftReason::IllegalState)
        }
    };
    Ok(posts.iter().map(|post| (post.id, standing(post))).collect())
}

async fn letting_go(
    office: &Office,
    db: &impl ConnectionTrait,
    requester: &Requester,
    posts: &[post::Model],
    now: DateTime<Utc>,
) -> Result<HashMap<PostId, Standing>> {
    let held: Vec<(&post::Model, &PersonHold)> =
        posts.iter().filter_map(|post| Some((post, post.person_hold.as_ref()?))).collect();
    let initiatives: BTreeSet<_> = held.iter().map(|(post, _)| post.initiative_id.0).collect();
    let initiatives: Vec<_> = initiatives.into_iter().collect();
    let initiatives = read::many::<initiative::Entity>(db, requester.office_id, &initiatives).await?;
    let managers: HashMap<_, _> = initiatives.into_iter().map(|row| (row.id, row.manager_id)).collect();
    let (mut standing, mut judged) = (HashMap::new(), Vec::new());
    for (post, hold) in held {
        let manager = managers.get(&post.initiative_id).copied();
        let manager = manager.ok_or(OfficeError::NotFound("initiative"))?;
        if policy::may_release(requester, hold.by, manager).is_err() {
            standing.insert(post.id, Standing::Left(LeftReason::NotYours));
        } else if matches!(post.state, PostState::Held | PostState::Missed) {
            judged.push(post::Model { person_hold: None, ..post.clone() });
        }
    }
    for facts in gate::load_many(office, db, requester.office_id, judged).await? {
        let verdict = verdict(&facts, now)?;
        standing.insert(facts.post.id, Standing::LetGo(Box::new(verdict)));
    }
    Ok(standing)
}
