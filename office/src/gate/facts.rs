//! Loads what the gate looks at: the same number of statements for one post and for a batch, inside and outside a change.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, ConversationId, DraftId, MemberId, OfficeId, PostId, RecurrenceId, channel, conversation,
    post, post::PostState, recurrence,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Facts, Gate, evaluate};
use crate::{
    Office,
    blackouts::{self, Standing},
    checks::{self, Wants, WholeRevision},
    drafts,
    error::{OfficeError, Result},
    handbooks::{self, Compiled},
    pauses,
    policy::{Permit, op},
    read,
    read::Owned,
    reviews::InForce,
    stewards,
};

/// Loads the facts of a post.
pub async fn load(office: &Office, db: &impl ConnectionTrait, post: post::Model) -> Result<Facts> {
    let office_id = post.office_id;
    let found = load_many(office, db, office_id, vec![post]).await?.pop();
    found.ok_or(OfficeError::NotFound(entity::revision::Entity::KIND))
}

/// Loads the facts of posts of one office, in their order. One whose revision or channel is not there is left out.
pub async fn load_many(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    posts: Vec<post::Model>,
) -> Result<Vec<Facts>> {
    let handbook = handbooks::in_force(office, db, office_id).await?;
    let shared = Shared::load(office, db, office_id, &posts, handbook).await?;
    Ok(posts.into_iter().filter_map(|post| shared.facts(office, post)).collect())
}

/// What the posts of a batch are judged by.
struct Shared {
    revisions: HashMap<entity::RevisionId, Arc<WholeRevision>>,
    strays: HashMap<ChannelId, channel::Model>,
    stray_stewards: HashMap<ChannelId, usize>,
    writers: HashMap<DraftId, Vec<MemberId>>,
    followed: HashMap<PostId, PostState>,
    answered: HashMap<ConversationId, conversation::Model>,
    review_policies: Arc<InForce>,
    pauses: Arc<Vec<entity::pause::Model>>,
    blackouts: Arc<Vec<Standing>>,
    recurrences: HashMap<RecurrenceId, recurrence::Model>,
    handbook: Arc<Compiled>,
}

impl Shared {
    async fn load(
        office: &Office,
        db: &impl ConnectionTrait,
        office_id: OfficeId,
        posts: &[post::Model],
        handbook: Arc<Compiled>,
    ) -> Result<Self> {
        let wants = wants(posts, &handbook);
        let ids: Vec<_> = posts.iter().map(|post| post.revision_id).collect();
        let revisions = checks::load_many_with(office, db, office_id, &ids, wants).await?;
        let revisions: HashMap<_, _> =
            revisions.into_iter().map(|(id, revision)| (id, Arc::new(revision))).collect();
        let strays: Vec<ChannelId> = posts
            .iter()
            .filter(|post| {
                revisions.get(&post.revision_id).is_none_or(|revision| own(revision, post).is_none())
            })
            .map(|post| post.channel_id)
            .collect();
        let (strays, stray_stewards) = stray(db, office_id, &strays).await?;
        let mut drafts: Vec<DraftId> = posts.iter().map(|post| post.draft_id).collect();
        drafts.sort_unstable();
        drafts.dedup();
        let mut writers: HashMap<DraftId, Vec<MemberId>> = HashMap::new();
        for (draft, member) in drafts::writers_of(db, office_id, &drafts).await? {
            writers.entry(draft).or_default().push(member);
        }
        let followed: Vec<Uuid> = posts.iter().filter_map(|post| Some(post.follows_post_id?.0)).collect();
        let followed = if followed.is_empty() {
            HashMap::new()
        } else {
            let rows = read::many::<post::Entity>(db, office_id, &followed).await?;
            rows.into_iter().map(|row| (row.id, row.state)).collect()
        };
        let answered: Vec<Uuid> = posts.iter().filter_map(|post| Some(post.answers?.0)).collect();
        let answered = if answered.is_empty() {
            Vec::new()
        } else {
            read::many::<conversation::Entity>(db, office_id, &answered).await?
        };
        let now = office.clock.now();
        Ok(Self {
            revisions,
            strays,
            stray_stewards,
            writers,
            followed,
            answered: answered.into_iter().map(|row| (row.id, row)).collect(),
            review_policies: Arc::new(InForce::load(db, office_id).await?),
            pauses: Arc::new(pauses::not_lifted(db, office_id, now).await?),
            blackouts: Arc::new(blackouts::standing(db, &[office_id], now).await?),
            recurrences: recurrences(db, office_id, posts).await?,
            handbook,
        })
    }

    fn facts(&self, office: &Office, post: post::Model) -> Option<Facts> {
        let revision = Arc::clone(self.revisions.get(&post.revision_id)?);
        let (target, channel) = match own(&revision, &post) {
            Some((target, channel)) => (Some(target.clone()), channel.clone()),
            None => (None, self.strays.get(&post.channel_id)?.clone()),
        };
        let around = &revision.around;
        let stewards = match around.nearby.stewards.get(&channel.id) {
            Some(count) => usize::try_from(*count).unwrap_or(usize::MAX),
            None => self.stray_stewards.get(&channel.id).copied().unwrap_or_default(),
        };
        Some(Facts {
            initiative: Arc::clone(&around.initiative),
            plan: around.plan.clone(),
            reviews: around.reviews.clone(),
            writers: self.writers.get(&post.draft_id).cloned().unwrap_or_default(),
            stewards,
            stewards_at_least: office.limits.stewards_at_least,
            review_policies: Arc::clone(&self.review_policies),
            pauses: Arc::clone(&self.pauses),
            blackouts: Arc::clone(&self.blackouts),
            recurrence: post.recurrence_id.and_then(|id| self.recurrences.get(&id)).cloned(),
            handbook: Arc::clone(&self.handbook),
            draft: around.draft.clone(),
            follows: post.follows_post_id.and_then(|id| self.followed.get(&id)).copied(),
            answers: post.answers.and_then(|id| self.answered.get(&id)).cloned(),
            target,
            post,
            revision,
            channel,
        })
    }
}

/// The recurrences that made these posts.
async fn recurrences(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    posts: &[post::Model],
) -> Result<HashMap<RecurrenceId, recurrence::Model>> {
    let ids: Vec<Uuid> = posts.iter().filter_map(|post| Some(post.recurrence_id?.0)).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = read::many::<recurrence::Entity>(db, office_id, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What must be loaded for rules that look around: everything, unless the words of every post were clear under this
/// handbook and none of the rules that are left reads it.
fn wants(posts: &[post::Model], handbook: &Compiled) -> Wants {
    let cleared = posts.iter().all(|post| post.cleared_under.as_ref() == Some(&handbook.meaning));
    if cleared { Wants::when_leaving(&handbook.handbook) } else { Wants::ALL }
}

fn own<'a>(
    revision: &'a WholeRevision,
    post: &post::Model,
) -> Option<&'a (entity::revision_target::Model, channel::Model)> {
    revision.targets.iter().find(|(target, _)| target.channel_id == post.channel_id)
}

/// Channels that the approved revision does not name any more, and how many stewards they have.
async fn stray(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    ids: &[ChannelId],
) -> Result<(HashMap<ChannelId, channel::Model>, HashMap<ChannelId, usize>)> {
    let mut counts = HashMap::new();
    if ids.is_empty() {
        return Ok((HashMap::new(), counts));
    }
    let plain: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = read::many::<channel::Entity>(db, office_id, &plain).await?;
    for row in &rows {
        counts.insert(row.id, stewards::active(db, office_id, row.id).await?.len());
    }
    Ok((rows.into_iter().map(|row| (row.id, row)).collect(), counts))
}

/// Why a post may leave or not, at this moment: the same answer, by the same code, that the worker gets.
pub async fn explain(
    office: &Office,
    permit: &Permit<op::Explain>,
    id: PostId,
) -> Result<(post::Model, Vec<Gate>)> {
    let post = read::one::<post::Entity>(office.db.read(), permit.office_id(), id).await?;
    let facts = load(office, office.db.read(), post.clone()).await?;
    let now: DateTime<Utc> = office.clock.now();
    Ok((post, evaluate(&facts, now)))
}
