//! What communications plans wait for: to be completed and looked at again by whoever manages the initiative, to be
//! approved by a coordinator.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{InitiativeId, initiative, initiative::InitiativeState, plan, plan::PlanState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{Facts, For, Found, TaskKind};
use crate::{calendar, error::Result, offices, plans, read};

/// Newest versions that are complete, not approved and not the requester's own.
pub(super) async fn to_approve(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let drafts = plan::Entity::find()
        .filter(plan::Column::OfficeId.eq(who.office_id))
        .filter(plan::Column::State.eq(PlanState::Draft))
        .filter(plan::Column::WrittenBy.ne(who.member_id))
        .order_by_desc(plan::Column::CreatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = drafts.iter().map(|row| row.initiative_id.0).collect();
    let newest = plans::newest_of(db, who.office_id, &ids).await?;
    let names: HashMap<InitiativeId, String> = read::many::<initiative::Entity>(db, who.office_id, &ids)
        .await?
        .into_iter()
        .filter(|row| !matches!(row.state, InitiativeState::Declined | InitiativeState::Closed))
        .map(|row| (row.id, row.name))
        .collect();
    let task = |row: plan::Model| {
        let is_newest = newest.get(&row.initiative_id).is_some_and(|newest| newest.id == row.id);
        let ready = is_newest && plans::is_complete(&plans::completeness(Some(&row)));
        let title = names.get(&row.initiative_id).filter(|_| ready)?.clone();
        Some(of_plan(TaskKind::ApprovePlan, &row, title, row.created_at))
    };
    Ok(drafts.into_iter().filter_map(task).collect())
}

fn of_plan(kind: TaskKind, row: &plan::Model, title: String, since: DateTime<Utc>) -> Found {
    Found { kind, subject_kind: "Plan", subject_id: row.id.0, title, since, facts: Facts::default() }
}

/// The requester's initiatives that have no plan, or whose newest version lacks something.
pub(super) async fn to_complete(who: &For<'_>) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let mine = initiative::Entity::find()
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::ManagerId.eq(who.member_id))
        .filter(initiative::Column::State.is_in([InitiativeState::Proposed, InitiativeState::Active]))
        .order_by_asc(initiative::Column::CreatedAt)
        .limit(who.limit)
        .all(db)
        .await?;
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = mine.iter().map(|row| row.id.0).collect();
    let newest = plans::newest_of(db, who.office_id, &ids).await?;
    let task = |row: initiative::Model| {
        let plan = newest.get(&row.id);
        let parts = plans::completeness(plan);
        let missing: Vec<&str> = parts.iter().flat_map(|part| &part.missing).map(String::as_str).collect();
        (!missing.is_empty()).then(|| Found {
            kind: TaskKind::CompletePlan,
            subject_kind: "Initiative",
            subject_id: row.id.0,
            title: row.name,
            since: plan.map_or(row.created_at, |plan| plan.created_at),
            facts: Facts { because: Some(missing.join(", ")), ..Facts::default() },
        })
    };
    Ok(mine.into_iter().filter_map(task).collect())
}

/// Plans in force whose day of review has come: their managers', and, when that is long past, every coordinator's.
pub(super) async fn to_review(who: &For<'_>, coordinates: bool) -> Result<Vec<Found>> {
    let db = who.office.db.read();
    let zone = offices::zone(db, who.office_id).await?;
    let today = calendar::day(who.office.now(), &zone)?;
    let long_past = today - TimeDelta::days(who.office.limits.plan_review_grace_days);
    let live = initiative::Entity::find()
        .select_only()
        .column(initiative::Column::Id)
        .filter(initiative::Column::OfficeId.eq(who.office_id))
        .filter(initiative::Column::State.eq(InitiativeState::Active));
    let mine = live.clone().filter(initiative::Column::ManagerId.eq(who.member_id));
    let due = |by: NaiveDate, of: sea_orm::Select<initiative::Entity>| {
        sea_orm::Condition::all()
            .add(plan::Column::ReviewOn.lte(by))
            .add(plan::Column::InitiativeId.in_subquery(of.into_query()))
    };
    let mut waiting = sea_orm::Condition::any().add(due(today, mine));
    if coordinates {
        waiting = waiting.add(due(long_past, live));
    }
    let rows = plan::Entity::find()
        .filter(plan::Column::OfficeId.eq(who.office_id))
        .filter(plan::Column::State.eq(PlanState::Approved))
        .filter(waiting)
        .order_by_asc(plan::Column::ReviewOn)
        .limit(who.limit)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.initiative_id.0).collect();
    let named = read::many::<initiative::Entity>(db, who.office_id, &ids).await?;
    let titles: HashMap<InitiativeId, String> = named.into_iter().map(|row| (row.id, row.name)).collect();
    let mut tasks = Vec::new();
    for row in rows {
        let Some((day, title)) = row.review_on.zip(titles.get(&row.initiative_id).cloned()) else { continue };
        tasks.push(of_plan(TaskKind::ReviewPlan, &row, title, calendar::day_begins(day, &zone)?));
    }
    Ok(tasks)
}
