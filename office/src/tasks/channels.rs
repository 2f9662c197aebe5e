//! What channels wait for: to be put in use, secured, looked at again, handed over, retired. All of them for a coordinator, their own
//! for stewards.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, InitiativeId, channel,
    channel::{ChannelState, Verdict},
    channel_handover, initiative,
    member::Role,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{Facts, For, Found, TASKS_AT_MOST, TaskKind};
use crate::{calendar, channels, channels::OrphanReason, error::Result, handovers, offices, policy, read};

/// Channels in use, at rest or to be put in use that the requester looks after.
fn mine(who: &For<'_>) -> Select<channel::Entity> {
    let mut select = channel::Entity::find().filter(channel::Column::OfficeId.eq(who.office_id)).filter(
        channel::Column::State.is_in([ChannelState::Approved, ChannelState::Active, ChannelState::Dormant]),
    );
    if !who.roles.contains(Role::Coordinator) {
        select = select.filter(channel::Column::Id.in_subquery(channels::looked_after_by(who.member_id)));
    }
    select
}

/// What the requester's channels wait for, but for their hand-overs.
pub(super) async fn of_mine(who: &For<'_>) -> Result<Vec<Found>> {
    let select = mine(who).order_by_asc(channel::Column::UpdatedAt).limit(TASKS_AT_MOST);
    let rows = select.all(who.office.db.read()).await?;
    let (approved, used) = rows.into_iter().partition(|row| row.state == ChannelState::Approved);
    let mut tasks = to_activate(who, approved).await?;
    tasks.extend(to_secure(who, used).await?);
    Ok(tasks)
}

/// Channels at risk, and those whose day of review has come or whose review came to their end.
async fn to_secure(who: &For<'_>, rows: Vec<channel::Model>) -> Result<Vec<Found>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let db = who.office.db.read();
    let at_risk = channels::orphan_risks(who.office, who.office_id, &rows).await?;
    let zone = offices::zone(db, who.office_id).await?;
    let today = calendar::day(who.office.now(), &zone)?;
    let ids: Vec<ChannelId> = rows.iter().map(|row| row.id).collect();
    let open = handovers::open_of(db, who.office_id, &ids).await?;
    // When somebody last left each: the last wins.
    let mut left: Vec<_> = open.into_iter().map(|row| (row.channel_id, row.opened_at)).collect();
    left.sort_by_key(|(_, at)| *at);
    let left: HashMap<ChannelId, DateTime<Utc>> = left.into_iter().collect();
    let mut tasks = Vec::new();
    for row in rows {
        let task = |kind: TaskKind, since, facts| Found {
            kind,
            subject_kind: "Channel",
            subject_id: row.id.0,
            title: row.display_name.clone(),
            since,
            facts,
        };
        if let Some(risks) = at_risk.get(&row.id) {
            let since = begun(who, risks, left.get(&row.id).copied().unwrap_or(row.updated_at), &zone)?;
            tasks.push(task(TaskKind::SecureChannel, since, of_risks(who, risks)));
        }
        let due = channels::due_for_review(&who.office.limits, &row, &zone)?;
        if let Some(day) = due.filter(|day| *day <= today) {
            tasks.push(task(TaskKind::ReviewChannel, calendar::day_begins(day, &zone)?, Facts::default()));
        }
        if row.review_verdict == Some(Verdict::Retire) && who.roles.contains(Role::Coordinator) {
            tasks.push(task(TaskKind::RetireChannel, row.updated_at, Facts::default()));
        }
    }
    Ok(tasks)
}

/// Approved channels that are not in use yet: of coordinators, who alone put one in use; and of its stewards, as long as
/// something is missing that they may do.
async fn to_activate(who: &For<'_>, rows: Vec<channel::Model>) -> Result<Vec<Found>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let coordinates = who.roles.contains(Role::Coordinator);
    let mut readiness = channels::readiness(who.office, who.office_id, &rows).await?;
    let ending = ending(who, &rows).await?;
    let task = |row: channel::Model| {
        if row.initiative_id.is_some_and(|id| ending.contains(&id)) {
            return coordinates.then(|| activate(row, Some(ENDING.to_owned()), Some("updateChannel")));
        }
        let judged = readiness.remove(&row.id).unwrap_or_default();
        let open: Vec<_> =
            judged.into_iter().filter_map(|one| Some((one.missing?.act, one.message))).collect();
        let act = open.iter().map(|(act, _)| *act).find(|act| policy::role_may(who.roles, act));
        if act.is_none() && !coordinates {
            return None;
        }
        let words: Vec<String> = open.into_iter().map(|(_, message)| message).collect();
        let because = (!words.is_empty()).then(|| words.join("; "));
        Some(activate(row, because, act))
    };
    Ok(rows.into_iter().filter_map(task).collect())
}

fn activate(row: channel::Model, because: Option<String>, act: Option<&'static str>) -> Found {
    Found {
        kind: TaskKind::ActivateChannel,
        subject_kind: "Channel",
        subject_id: row.id.0,
        title: row.display_name,
        since: row.decided_at.unwrap_or(row.updated_at),
        facts: Facts { because, act, ..Facts::default() },
    }
}

/// What is said of a channel that is not in use yet when its initiative ends.
pub(super) const ENDING: &str = "the initiative that it serves alone is closing or over: hand it to the whole office or to another, or give it up";

/// Of the initiatives that these channels serve alone, those that end or are over.
pub(super) async fn ending(who: &For<'_>, rows: &[channel::Model]) -> Result<HashSet<InitiativeId>> {
    let ids: HashSet<Uuid> = rows.iter().filter_map(|row| Some(row.initiative_id?.0)).collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let db = who.office.db.read();
    let rows = read::many::<initiative::Entity>(db, who.office_id, &Vec::from_iter(ids)).await?;
    Ok(rows.into_iter().filter(|row| row.state.ends()).map(|row| row.id).collect())
}

/// Since when a channel is at risk: the first of its risks tells, and `changed` where one does not know.
fn begun(who: &For<'_>, risks: &[OrphanReason], changed: DateTime<Utc>, zone: &str) -> Result<DateTime<Utc>> {
    let mut since = Vec::with_capacity(risks.len());
    for risk in risks {
        let day = risk.began_on(&who.office.limits);
        since.push(day.map_or(Ok(changed), |day| calendar::day_begins(day, zone))?);
    }
    Ok(since.into_iter().min().unwrap_or(changed))
}

/// The gravest risk that whoever has the task may lower says the act; a steward who may lower none asks a coordinator.
fn of_risks(who: &For<'_>, risks: &[OrphanReason]) -> Facts {
    let coordinates = who.roles.contains(Role::Coordinator);
    let theirs = |risk: &&OrphanReason| {
        (coordinates || !risk.is_for_coordinators()) && policy::role_may(who.roles, risk.act())
    };
    let act = risks.iter().find(theirs).map(OrphanReason::act);
    let mut words: Vec<String> = risks.iter().map(OrphanReason::words).collect();
    if act.is_none() {
        words.push("a coordinator can lower this: ask one".to_owned());
    }
    let due_at = risks.iter().find_map(OrphanReason::ends_at);
    Facts { because: Some(words.join("; ")), due_at, act, ..Facts::default() }
}

/// Hand-overs that are not done.
pub(super) async fn to_hand_over(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let mut select = channel_handover::Entity::find()
        .filter(channel_handover::Column::OfficeId.eq(who.office_id))
        .filter(channel_handover::Column::ClosedAt.is_null());
    if !who.roles.contains(Role::Coordinator) {
        let mine = channels::looked_after_by(who.member_id);
        select = select.filter(channel_handover::Column::ChannelId.in_subquery(mine));
    }
    let open = select.order_by_asc(channel_handover::Column::OpenedAt).limit(who.limit).all(db).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = open.iter().map(|row| row.channel_id.0).collect();
    let named = read::many::<channel::Entity>(db, who.office_id, &ids).await?;
    let titles: HashMap<ChannelId, String> =
        named.into_iter().map(|row| (row.id, row.display_name)).collect();
    let task = |row: channel_handover::Model| {
        Some(Found {
            kind: TaskKind::HandOverChannel,
            subject_kind: "ChannelHandover",
            subject_id: row.id.0,
            title: titles.get(&row.channel_id)?.clone(),
            since: row.opened_at,
            facts: Facts::default(),
        })
    };
    Ok(open.into_iter().filter_map(task).collect())
}
