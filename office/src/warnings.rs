//! What a person should know before they put a post at a time: what else leaves near it, and what does not. Warnings only:
//! nothing here stops a post. The judging is pure; loading what is near is the only thing here that reads.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, DraftId, InitiativeId, OfficeId, PostId, RevisionId, draft, post, post::PostState,
    revision_target,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Office,
    blackouts::{self, Standing},
    error::{RefusalCode, Result, refuse},
    policy::{Permit, op},
    posts::{self, When},
    read,
};

mod captions;
mod judge;
mod load;

use judge::judge;

/// Candidates that are looked at in one statement: a page.
const AT_ONCE: usize = 100;

/// What a warning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WarningKind {
    /// Another post leaves the channel within a few minutes.
    Clash,
    /// Many posts leave the channel that day.
    CrowdedDay,
    /// The same draft or link goes to several channels in the same minute.
    SameMoment,
    /// Another initiative speaks to the same audience at about that time.
    SameAudience,
    /// Nothing has left the channel for long before it.
    Silence,
    /// It falls into quiet hours or a blackout, and will be held.
    Blackout,
    /// The captions of its film do not arrive there.
    CaptionsLost,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// What is the matter, for people.
    pub message: String,
    /// On which channel.
    pub channel_id: ChannelId,
    /// The other posts that it is about.
    pub posts: Vec<PostId>,
}

/// A post, or what may become one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The post; none while there is none.
    pub post_id: Option<PostId>,
    /// Its draft.
    pub draft_id: DraftId,
    /// The revision that would be sent.
    pub revision_id: RevisionId,
    /// For which initiative.
    pub initiative_id: InitiativeId,
    /// Where it goes.
    pub channel_id: ChannelId,
    /// When.
    pub at: DateTime<Utc>,
    /// The zone in which its day is meant.
    pub time_zone: String,
}

impl From<&post::Model> for Candidate {
    fn from(post: &post::Model) -> Self {
        Self {
            post_id: Some(post.id),
            draft_id: post.draft_id,
            revision_id: post.revision_id,
            initiative_id: post.initiative_id,
            channel_id: post.channel_id,
            at: post.due_at,
            time_zone: post.time_zone.clone(),
        }
    }
}

/// What is known of the surroundings of candidates.
#[derive(Debug, Default)]
struct Around {
    /// Whose blackouts these are; none in tests that have none.
    office_id: Option<OfficeId>,
    /// What leaves near them, and what left last before them on their channels. The candidates that are posts are among
    /// them.
    others: Vec<Candidate>,
    /// The link of each revision that has one.
    links: HashMap<RevisionId, String>,
    /// Whom each channel reaches.
    audiences: HashMap<ChannelId, String>,
    blackouts: Vec<Standing>,
    captions: captions::Lost,
}

/// The warnings about posts that wait, in their order; none about others.
pub async fn of_posts(
    office: &Office,
    office_id: OfficeId,
    rows: &[post::Model],
) -> Result<Vec<Vec<Warning>>> {
    // The first part speaks for its thread.
    let waits = |post: &&post::Model| {
        post.part <= 1 && matches!(post.state, PostState::Scheduled | PostState::Retrying | PostState::Held)
    };
    let waiting: Vec<Candidate> = rows.iter().filter(waits).map(Candidate::from).collect();
    let mut told = of(office, office.db.read(), office_id, &waiting).await?.into_iter();
    Ok(rows
        .iter()
        .map(|post| if waits(&post) { told.next().unwrap_or_default() } else { Vec::new() })
        .collect())
}

/// The warnings that scheduling a draft would give, on these of its channels or on all, and whether or not it is approved.
pub async fn foresee(
    office: &Office,
    permit: &Permit<op::ScheduleWarnings>,
    draft_id: DraftId,
    channel_ids: &[ChannelId],
    when: &When,
) -> Result<Vec<Warning>> {
    let (db, now) = (office.db.read(), office.clock.now());
    let draft = read::one::<draft::Entity>(db, permit.office_id(), draft_id).await?;
    let targets = revision_target::Entity::find()
        .filter(revision_target::Column::RevisionId.eq(draft.revision_id))
        .order_by_asc(revision_target::Column::Id)
        .all(db)
        .await?;
    let named: Vec<ChannelId> = targets.into_iter().map(|target| target.channel_id).collect();
    if let Some(stray) = channel_ids.iter().position(|id| !named.contains(id)) {
        let field = format!("channelIds.{stray}");
        return refuse(RefusalCode::Invalid, &field, "the draft does not name this channel");
    }
    let mut candidates = Vec::new();
    for channel_id in named.into_iter().filter(|id| channel_ids.is_empty() || channel_ids.contains(id)) {
        let time = posts::resolve_when(office, db, permit.office_id(), now, when, channel_id).await?;
        candidates.push(Candidate {
            post_id: None,
            draft_id,
            revision_id: draft.revision_id,
            initiative_id: draft.initiative_id,
            channel_id,
            at: time.instant,
            time_zone: time.time_zone,
        });
    }
    Ok(of(office, db, permit.office_id(), &candidates).await?.into_iter().flatten().collect())
}

/// The warnings about each of these.
async fn of(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    candidates: &[Candidate],
) -> Result<Vec<Vec<Warning>>> {
    let mut told = Vec::with_capacity(candidates.len());
    for candidates in candidates.chunks(AT_ONCE) {
        let mut around = load::around(db, &office.limits, office_id, candidates).await?;
        around.office_id = Some(office_id);
        around.captions = captions::lost(db, office_id, candidates).await?;
        around.blackouts = blackouts::standing(db, &[office_id], office.clock.now()).await?;
        // What is not a post yet is near the others of its kind too.
        around.others.extend(candidates.iter().filter(|one| one.post_id.is_none()).cloned());
        told.extend(candidates.iter().map(|candidate| judge(candidate, &around, &office.limits)));
    }
    Ok(told)
}
