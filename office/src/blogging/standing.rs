//! How the duties of an office stand: what was posted for them, which pauses reach them. Reads only.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, InitiativeId, MemberId, OfficeId, PostId, blogging_duty, initiative,
    initiative::InitiativeState, pause, pause::PauseScope, post,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Alias, Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::due::{BloggingStanding, Paused, Told, told};
use crate::{Office, coverage::SAID, error::Result, offices, read};

/// Duties that one answer looks at.
const DUTIES_AT_MOST: u64 = 5_000;

/// Pauses that one answer looks at, newest first.
const PAUSES_AT_MOST: u64 = 500;

/// Days back that a pause still moves when something is overdue.
const PAUSE_DAYS: i64 = 400;

/// A duty that stands, and how.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The duty.
    pub duty: blogging_duty::Model,
    /// The last post that counts for it; none before the first.
    pub last_post: Option<(PostId, DateTime<Utc>)>,
    /// How it stands.
    pub told: Told,
}

/// A duty that is overdue.
#[derive(Debug, Clone)]
pub struct Overdue {
    /// The duty, and how it stands.
    pub standing: Standing,
    /// Whose.
    pub initiative: initiative::Model,
    /// Who manages the initiative.
    pub manager_id: MemberId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether the days of grace have passed, so that it waits for the coordinators too.
    pub escalated: bool,
}

/// Every duty of an office that is overdue, of active initiatives, longest first: what tasks and reminders are made from.
pub async fn overdue(office: &Office, office_id: OfficeId, now: DateTime<Utc>) -> Result<Vec<Overdue>> {
    let db = office.db.read();
    let mut late = standing_of(db, office_id, None, now).await?;
    late.retain(|one| one.told.standing == BloggingStanding::Overdue);
    let ids: Vec<Uuid> = late.iter().map(|one| one.duty.initiative_id.0).collect();
    let rows = read::many::<initiative::Entity>(db, office_id, &ids).await?;
    let active = rows.into_iter().filter(|row| row.state == InitiativeState::Active);
    let mut active: HashMap<InitiativeId, initiative::Model> = active.map(|row| (row.id, row)).collect();
    let whole = |standing: Standing| {
        let initiative = active.remove(&standing.duty.initiative_id)?;
        let since = standing.told.overdue_since?;
        let escalated = standing.told.escalates_at.is_some_and(|at| at <= now);
        Some(Overdue { manager_id: initiative.manager_id, standing, initiative, since, escalated })
    };
    let mut late: Vec<_> = late.into_iter().filter_map(whole).collect();
    late.sort_by_key(|one| (one.since, one.initiative.id));
    Ok(late)
}

/// The duties that stand of these initiatives, and how.
pub async fn of_initiatives(
    office: &Office,
    office_id: OfficeId,
    initiatives: &[Uuid],
) -> Result<Vec<Standing>> {
    standing_of(office.db.read(), office_id, Some(initiatives), office.now()).await
}

/// The same; of all initiatives of the office where none are named.
pub(crate) async fn standing_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    initiatives: Option<&[Uuid]>,
    now: DateTime<Utc>,
) -> Result<Vec<Standing>> {
    let mut of = Condition::all()
        .add(blogging_duty::Column::OfficeId.eq(office_id))
        .add(blogging_duty::Column::EndedAt.is_null());
    if let Some(ids) = initiatives {
        of = of.add(read::among(db.get_database_backend(), blogging_duty::Column::InitiativeId, ids));
    }
    let duties = blogging_duty::Entity::find()
        .filter(of.clone())
        .order_by_asc(blogging_duty::Column::Id)
        .limit(DUTIES_AT_MOST)
        .all(db)
        .await?;
    if duties.is_empty() {
        return Ok(Vec::new());
    }
    let zone = offices::zone(db, office_id).await?;
    let last = last_posts(db, office_id, of).await?;
    let pauses = pauses(db, office_id, now).await?;
    let standing = |duty: blogging_duty::Model| {
        let last_post = last.get(&(duty.initiative_id, duty.channel_id)).copied();
        let at = last_post.map(|(_, at)| at);
        let told = told(&duty, at, paused(&pauses, &duty, now), (&zone, now))?;
        Ok(Standing { duty, last_post, told })
    };
    duties.into_iter().map(standing).collect()
}

type LastPosts = HashMap<(InitiativeId, ChannelId), (PostId, DateTime<Utc>)>;

/// The last post that counts for each duty: one step in an index for each.
async fn last_posts(db: &impl ConnectionTrait, office_id: OfficeId, of: Condition) -> Result<LastPosts> {
    let last = Query::select()
        .expr(Expr::SubQuery(None, Box::new(last_of_duty().into())))
        .from(blogging_duty::Entity)
        .cond_where(of)
        .take();
    let rows = post::Entity::find()
        .select_only()
        .columns([
            post::Column::Id,
            post::Column::InitiativeId,
            post::Column::ChannelId,
            post::Column::PublishedAt,
        ])
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::Id.in_subquery(last))
        .into_tuple::<(PostId, InitiativeId, ChannelId, DateTime<Utc>)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, initiative, channel, at)| ((initiative, channel), (id, at))).collect())
}

fn last_of_duty() -> SelectStatement {
    let said = Alias::new("said");
    let of = |column: post::Column| Expr::col((said.clone(), column));
    let duty = |column: blogging_duty::Column| Expr::col((blogging_duty::Entity, column));
    Query::select()
        .column((said.clone(), post::Column::Id))
        .from_as(post::Entity, said.clone())
        .and_where(of(post::Column::InitiativeId).eq(duty(blogging_duty::Column::InitiativeId)))
        .and_where(of(post::Column::ChannelId).eq(duty(blogging_duty::Column::ChannelId)))
        .and_where(of(post::Column::PublishedAt).is_not_null())
        .and_where(of(post::Column::State).is_in(SAID))
        .order_by((said.clone(), post::Column::PublishedAt), sea_orm::Order::Desc)
        .order_by((said, post::Column::Id), sea_orm::Order::Desc)
        .limit(1)
        .take()
}

/// The pauses that stand, and those that ended lately.
async fn pauses(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    now: DateTime<Utc>,
) -> Result<Vec<pause::Model>> {
    let lately = now - TimeDelta::days(PAUSE_DAYS);
    let ended = Condition::any()
        .add(pause::Column::ResumedAt.gt(lately))
        .add(pause::Column::ResumedAt.is_null().and(pause::Column::EndsAt.is_null()))
        .add(pause::Column::ResumedAt.is_null().and(pause::Column::EndsAt.gt(lately)));
    let rows = pause::Entity::find()
        .filter(pause::Column::OfficeId.eq(office_id))
        .filter(pause::Column::StartsAt.lte(now))
        .filter(ended)
        .order_by_desc(pause::Column::Id)
        .limit(PAUSES_AT_MOST);
    Ok(rows.all(db).await?)
}

fn paused(pauses: &[pause::Model], duty: &blogging_duty::Model, now: DateTime<Utc>) -> Paused {
    let reaches = |pause: &&pause::Model| match pause.scope {
        PauseScope::Office => true,
        PauseScope::Channel => pause.channel_id == Some(duty.channel_id),
        PauseScope::Initiative => pause.initiative_id == Some(duty.initiative_id),
    };
    let end = |pause: &pause::Model| match (pause.resumed_at, pause.ends_at) {
        (Some(resumed), Some(planned)) => Some(Ord::min(resumed, planned)),
        (resumed, planned) => resumed.or(planned),
    };
    let ends: Vec<_> = pauses.iter().filter(reaches).map(end).collect();
    Paused {
        now: ends.iter().any(|end| end.is_none_or(|end| end > now)),
        until: ends.into_iter().flatten().filter(|end| *end <= now).max(),
    }
}
