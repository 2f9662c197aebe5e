//! Loads what is near candidates: three statements, however many there are. Only reads.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, DraftId, InitiativeId, OfficeId, PostId, RevisionId, channel, post, revision};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, IntoIden, Query, SelectStatement, UnionType},
};

use super::{Around, Candidate};
use crate::{Limits, error::Result, posts::LIVING};

/// Posts near one candidate that are looked at on its channel, and in its office, at most.
const NEAR_AT_MOST: u64 = 100;
/// A day and the longest shift of a zone's clocks: what may be on the same day.
const SAME_DAY: TimeDelta = TimeDelta::hours(26);

#[derive(FromQueryResult)]
struct Row {
    id: PostId,
    draft_id: DraftId,
    revision_id: RevisionId,
    initiative_id: InitiativeId,
    channel_id: ChannelId,
    due_at: DateTime<Utc>,
    time_zone: String,
}

impl From<Row> for Candidate {
    fn from(row: Row) -> Self {
        Self {
            post_id: Some(row.id),
            draft_id: row.draft_id,
            revision_id: row.revision_id,
            initiative_id: row.initiative_id,
            channel_id: row.channel_id,
            at: row.due_at,
            time_zone: row.time_zone,
        }
    }
}

/// What is near these, without the blackouts.
pub(super) async fn around(
    db: &impl ConnectionTrait,
    limits: &Limits,
    office_id: OfficeId,
    candidates: &[Candidate],
) -> Result<Around> {
    let others = others(db, limits, office_id, candidates).await?;
    let all = || others.iter().chain(candidates);
    let revisions: BTreeSet<RevisionId> = all().map(|one| one.revision_id).collect();
    let links: Vec<(RevisionId, Option<String>)> = revision::Entity::find()
        .select_only()
        .columns([revision::Column::Id, revision::Column::Link])
        .filter(revision::Column::OfficeId.eq(office_id))
        .filter(revision::Column::Id.is_in(revisions))
        .filter(revision::Column::Link.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let channels: BTreeSet<ChannelId> = all().map(|one| one.channel_id).collect();
    let audiences: Vec<(ChannelId, String)> = channel::Entity::find()
        .select_only()
        .columns([channel::Column::Id, channel::Column::Audience])
        .filter(channel::Column::OfficeId.eq(office_id))
        .filter(channel::Column::Id.is_in(channels))
        .into_tuple()
        .all(db)
        .await?;
    let links: HashMap<_, _> = links.into_iter().filter_map(|(id, link)| Some((id, link?))).collect();
    Ok(Around { links, audiences: audiences.into_iter().collect(), others, ..Around::default() })
}

async fn others(
    db: &impl ConnectionTrait,
    limits: &Limits,
    office_id: OfficeId,
    candidates: &[Candidate],
) -> Result<Vec<Candidate>> {
    let clash = TimeDelta::minutes(limits.clash_minutes);
    let parts = candidates.iter().flat_map(|one| {
        let on_channel = living().filter(post::Column::ChannelId.eq(one.channel_id));
        let in_office = living().filter(post::Column::OfficeId.eq(office_id));
        [
            last_before(one),
            near(on_channel, one.at - SAME_DAY, one.at + SAME_DAY),
            near(in_office, one.at - clash, one.at + clash),
        ]
    });
    // Each part is a walk along an index and no further than a few rows, however long the queue is.
    let wanted = parts.reduce(|mut all, part| all.union(UnionType::All, part).take());
    let Some(wanted) = wanted else { return Ok(Vec::new()) };
    let rows = post::Entity::find()
        .select_only()
        .columns([
            post::Column::Id,
            post::Column::DraftId,
            post::Column::RevisionId,
            post::Column::InitiativeId,
            post::Column::ChannelId,
            post::Column::DueAt,
            post::Column::TimeZone,
        ])
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::Id.in_subquery(wanted))
        .into_model::<Row>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Candidate::from).collect())
}

/// What is, or may still become, public. Readers see a thread as one post: its first part stands for it.
fn living() -> sea_orm::Select<post::Entity> {
    let ids = post::Entity::find().select_only().column(post::Column::Id);
    ids.filter(Expr::cust(LIVING)).filter(post::Column::Part.lte(1))
}

/// Wrapped, for `SQLite` takes no bare limit within a union.
fn ids(part: sea_orm::Select<post::Entity>) -> SelectStatement {
    Query::select().column("id").from_subquery(part.into_query(), "part".into_iden()).take()
}

fn near(part: sea_orm::Select<post::Entity>, from: DateTime<Utc>, until: DateTime<Utc>) -> SelectStatement {
    let within = part.filter(post::Column::DueAt.between(from, until));
    ids(within.order_by_asc(post::Column::DueAt).order_by_asc(post::Column::Id).limit(NEAR_AT_MOST))
}

/// The last post on the channel before a candidate.
fn last_before(one: &Candidate) -> SelectStatement {
    let before = living()
        .filter(post::Column::ChannelId.eq(one.channel_id))
        .filter(post::Column::DueAt.lt(one.at))
        .order_by_desc(post::Column::DueAt)
        .order_by_desc(post::Column::Id);
    ids(before.limit(1))
}
