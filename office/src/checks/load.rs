//! Loads revisions with all that it takes to compose and to check them: a bounded number of statements, however many
//! revisions. Only reads.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::Hash,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, InitiativeId, MemberId, OfficeId, RevisionId, acknowledgement, attestation, channel, draft,
    handbook, handbook::HandbookState, initiative, member, member::MemberState, plan, plan::PlanState,
    review, revision, revision_target, waiver,
};
use guidelines::Part;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

mod placed;

use super::{Around, Nearby, Wants, WholeRevision, blog, neighbours, written::written_links};
use crate::{
    Limits, Office, amplify, amplify::Whose, error::OfficeError, error::Result, links, read, read::Owned,
    stewards,
};

/// Loads a revision whole.
pub async fn load(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: RevisionId,
) -> Result<WholeRevision> {
    let found = load_many(office, db, office_id, &[id]).await?;
    found.into_values().next().ok_or(OfficeError::NotFound(revision::Entity::KIND))
}

/// Loads revisions whole; missing ones are left out.
pub async fn load_many(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    ids: &[RevisionId],
) -> Result<HashMap<RevisionId, WholeRevision>> {
    load_many_with(office, db, office_id, ids, Wants::ALL).await
}

/// The same, with so much of the surroundings.
pub(crate) async fn load_many_with(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    ids: &[RevisionId],
    wants: Wants,
) -> Result<HashMap<RevisionId, WholeRevision>> {
    let reader = Reader { db, office_id, limits: &office.limits, now: office.clock.now(), wants };
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let revisions = read::many::<revision::Entity>(db, office_id, &ids).await?;
    if revisions.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = revisions.iter().map(|revision| revision.id.0).collect();
    let mut targets = reader.targets(&ids).await?;
    let mut media = reader.media(&ids).await?;
    let mut around = reader.around(&revisions, &targets).await?;
    let whole = |revision: revision::Model| {
        let id = revision.id;
        let around = around.remove(&id)?;
        let (targets, media) = (targets.remove(&id), media.remove(&id));
        let (targets, media) = (targets.unwrap_or_default(), media.unwrap_or_default());
        Some((id, WholeRevision { revision, targets, media, around }))
    };
    Ok(revisions.into_iter().filter_map(whole).collect())
}

/// Reads within one office, at one moment.
struct Reader<'a, C> {
    db: &'a C,
    office_id: OfficeId,
    limits: &'a Limits,
    now: DateTime<Utc>,
    wants: Wants,
}

pub(super) type Targets = HashMap<RevisionId, Vec<(revision_target::Model, channel::Model)>>;
/// What people said of a revision.
#[derive(Default)]
struct Said {
    attestations: Vec<attestation::Model>,
    reviews: Vec<review::Model>,
    waivers: Vec<waiver::Model>,
}

impl<C: ConnectionTrait> Reader<'_, C> {
    async fn by_id<E: Owned>(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<E::Model>> {
        let ids: BTreeSet<Uuid> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        read::many::<E>(self.db, self.office_id, &ids.into_iter().collect::<Vec<_>>()).await
    }

    async fn targets(&self, ids: &[Uuid]) -> Result<Targets> {
        let column = revision_target::Column::RevisionId;
        let rows = read::related::<revision_target::Entity>(self.db, self.office_id, column, ids).await?;
        let channels = self.by_id::<channel::Entity>(rows.iter().map(|row| row.channel_id.0)).await?;
        let channels: HashMap<_, _> = channels.into_iter().map(|channel| (channel.id, channel)).collect();
        let with = |row: revision_target::Model| Some((channels.get(&row.channel_id)?.clone(), row));
        let rows = rows.into_iter().filter_map(with);
        Ok(grouped(rows, |(_, row)| row.revision_id, |(channel, row)| (row, channel)))
    }

    async fn around(
        &self,
        revisions: &[revision::Model],
        targets: &Targets,
    ) -> Result<HashMap<RevisionId, Around>> {
        let drafts = self.by_id::<draft::Entity>(revisions.iter().map(|row| row.draft_id.0)).await?;
        let drafts: HashMap<_, _> = drafts.into_iter().map(|draft| (draft.id, draft)).collect();
        let wanted: BTreeSet<InitiativeId> = drafts.values().map(|draft| draft.initiative_id).collect();
        let nearby = Arc::new(self.nearby(revisions, targets, &wanted).await?);
        let plans = self.plans(&wanted).await?;
        let blogs = if self.wants.has(Part::Blog) {
            blog::blogs(self.db, self.office_id, &wanted, self.now).await?
        } else {
            HashMap::new()
        };
        let people =
            if self.wants.has(Part::Author) { self.authors(revisions).await? } else { HashMap::new() };
        let mut said = self.said(revisions).await?;
        let amplified = self.amplified(revisions).await?;
        let around = |revision: &revision::Model| {
            let draft = drafts.get(&revision.draft_id)?.clone();
            let author = revision.author_id.and_then(|id| people.get(&id));
            let said = said.remove(&revision.id).unwrap_or_default();
            let around = Around {
                initiative: Arc::clone(nearby.initiatives.get(&draft.initiative_id)?),
                plan: plans.get(&draft.initiative_id).map(Arc::clone),
                author: author.map(|(author, _)| Arc::clone(author)),
                acknowledged: author.is_some_and(|(_, acknowledged)| *acknowledged),
                blog: blogs.get(&draft.initiative_id).copied().unwrap_or_default(),
                attestations: said.attestations,
                reviews: said.reviews,
                waivers: said.waivers,
                amplified: revision.amplifies.as_ref().and_then(|url| amplified.get(url)).cloned(),
                nearby: Arc::clone(&nearby),
                draft,
            };
            Some((revision.id, around))
        };
        Ok(revisions.iter().filter_map(around).collect())
    }

    /// Whose the posts are that revisions pass on.
    async fn amplified(&self, revisions: &[revision::Model]) -> Result<HashMap<String, Whose>> {
        if !self.wants.has(Part::Amplified) {
            return Ok(HashMap::new());
        }
        let urls: BTreeSet<String> = revisions.iter().filter_map(|row| row.amplifies.clone()).collect();
        amplify::whose(self.db, self.office_id, self.now, &urls).await
    }

    /// What people said of revisions.
    async fn said(&self, revisions: &[revision::Model]) -> Result<HashMap<RevisionId, Said>> {
        let ids: Vec<Uuid> = revisions.iter().map(|revision| revision.id.0).collect();
        let mut said: HashMap<RevisionId, Said> = HashMap::new();
        let column = attestation::Column::RevisionId;
        for row in read::related::<attestation::Entity>(self.db, self.office_id, column, &ids).await? {
            said.entry(row.revision_id).or_default().attestations.push(row);
        }
        let column = review::Column::RevisionId;
        for row in read::related::<review::Entity>(self.db, self.office_id, column, &ids).await? {
            said.entry(row.revision_id).or_default().reviews.push(row);
        }
        let standing = Condition::all()
            .add(waiver::Column::OfficeId.eq(self.office_id))
            .add(read::among(self.db.get_database_backend(), waiver::Column::RevisionId, &ids))
            .add(waiver::Column::RevokedAt.is_null());
        for row in waiver::Entity::find().filter(standing).all(self.db).await? {
            said.entry(row.revision_id).or_default().waivers.push(row);
        }
        Ok(said)
    }

    /// Who wrote revisions, and whether they have acknowledged the handbook in force.
    async fn authors(
        &self,
        revisions: &[revision::Model],
    ) -> Result<HashMap<MemberId, (Arc<member::Model>, bool)>> {
        let ids: BTreeSet<MemberId> = revisions.iter().filter_map(|row| row.author_id).collect();
        let people = self.by_id::<member::Entity>(ids.iter().map(|id| id.0)).await?;
        let acknowledged = self.acknowledged(&ids).await?;
        let author = |row: member::Model| (row.id, (Arc::new(row.clone()), acknowledged.contains(&row.id)));
        Ok(people.into_iter().map(author).collect())
    }

    async fn plans(
        &self,
        initiatives: &BTreeSet<InitiativeId>,
    ) -> Result<HashMap<InitiativeId, Arc<plan::Model>>> {
        let rows = plan::Entity::find()
            .filter(plan::Column::OfficeId.eq(self.office_id))
            .filter(plan::Column::InitiativeId.is_in(initiatives.iter().copied()))
            .filter(plan::Column::State.eq(PlanState::Approved))
            .all(self.db)
            .await?;
        Ok(rows.into_iter().map(|row| (row.initiative_id, Arc::new(row))).collect())
    }

    /// Of these people, those who have acknowledged the handbook in force.
    async fn acknowledged(&self, people: &BTreeSet<MemberId>) -> Result<BTreeSet<MemberId>> {
        if people.is_empty() {
            return Ok(BTreeSet::new());
        }
        let in_force = handbook::Entity::find()
            .select_only()
            .column(handbook::Column::Id)
            .filter(handbook::Column::OfficeId.eq(self.office_id))
            .filter(handbook::Column::State.eq(HandbookState::Active))
            .into_query();
        let rows = acknowledgement::Entity::find()
            .select_only()
            .column(acknowledgement::Column::MemberId)
            .filter(acknowledgement::Column::MemberId.is_in(people.iter().copied()))
            .filter(acknowledgement::Column::HandbookId.in_subquery(in_force))
            .into_tuple::<MemberId>()
            .all(self.db)
            .await?;
        Ok(rows.into_iter().collect())
    }

    async fn nearby(
        &self,
        revisions: &[revision::Model],
        targets: &Targets,
        wanted: &BTreeSet<InitiativeId>,
    ) -> Result<Nearby> {
        let channels: BTreeMap<ChannelId, Option<InitiativeId>> =
            targets.values().flatten().map(|(_, channel)| (channel.id, channel.initiative_id)).collect();
        let named = wanted.iter().copied().chain(channels.values().copied().flatten());
        let initiatives = self.by_id::<initiative::Entity>(named.map(|id| id.0)).await?;
        let channels: Vec<ChannelId> = channels.into_keys().collect();
        let mut links: BTreeSet<String> = BTreeSet::new();
        if self.wants.has(Part::Links) {
            links.extend(revisions.iter().flat_map(|revision| written_links(revision, targets)));
        }
        let links: Vec<String> = links.into_iter().collect();
        let posts = if self.wants.has(Part::Neighbours) {
            neighbours::load(self.db, self.limits, self.office_id, &channels, self.now).await?
        } else {
            Vec::new()
        };
        Ok(Nearby {
            initiatives: initiatives.into_iter().map(|row| (row.id, Arc::new(row))).collect(),
            stewards: self.stewards(&channels).await?,
            posts,
            posts_of_office: usize::try_from(self.limits.neighbours).unwrap_or(usize::MAX),
            links: links::statuses(self.db, self.office_id, &links).await?,
        })
    }

    /// How many current stewards of each channel are active members.
    async fn stewards(&self, channels: &[ChannelId]) -> Result<HashMap<ChannelId, u32>> {
        let mut counts: HashMap<ChannelId, u32> = channels.iter().map(|id| (*id, 0)).collect();
        if channels.is_empty() {
            return Ok(counts);
        }
        let rows = stewards::current(self.db, self.office_id, channels).await?;
        let people = self.by_id::<member::Entity>(rows.iter().map(|row| row.member_id.0)).await?;
        let active = people.into_iter().filter(|person| person.state == MemberState::Active);
        let active: BTreeSet<MemberId> = active.map(|person| person.id).collect();
        for row in rows.iter().filter(|row| active.contains(&row.member_id)) {
            *counts.entry(row.channel_id).or_default() += 1;
        }
        Ok(counts)
    }
}

fn grouped<T, K: Eq + Hash, V>(
    rows: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
    value: impl Fn(T) -> V,
) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(value(row));
    }
    groups
}
