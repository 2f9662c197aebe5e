//! Figures measured for goals: written down by whoever manages the initiative, kept for ever.

use chrono::NaiveDate;
use entity::{
    GoalId, InitiativeId, OfficeId, initiative, initiative::InitiativeState, measurement,
    measurement::MeasurementSource, plan,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder,
    sea_query::{Alias, Expr, Query},
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{current, newest};
use crate::{
    Office, calendar,
    change::Change,
    client_keys::Call,
    error::{RefusalCode, Result, refuse},
    fields, offices,
    paging::{Cursor, Direction, OrderBy, Page, PageRequest, SortKey, page},
    policy::{self, Permit, op},
    read,
    rows::{locked, referenced},
};

/// A figure.
#[derive(Debug, Clone, Serialize)]
pub struct RecordMeasurement {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Whose plan has the goal.
    pub initiative_id: InitiativeId,
    /// Which goal of the plan in force, or of the newest version where none is.
    pub goal_id: GoalId,
    /// The figure, in the goal's unit.
    pub value: f64,
    /// The day for which it holds; none: today, in the office's zone.
    pub measured_on: Option<NaiveDate>,
    /// Where it comes from.
    pub source: MeasurementSource,
    /// What is to be said of it.
    pub note: Option<String>,
}

/// Writes a figure down. A wrong one is put right by another for the same day: the later written one counts.
pub async fn record(
    office: &Office,
    permit: &Permit<op::RecordMeasurement>,
    input: RecordMeasurement,
) -> Result<measurement::Model> {
    let call = Call::new::<op::RecordMeasurement>(input.client_key.as_deref(), &input)?;
    let Some(recorded_by) = permit.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member can write a figure down");
    };
    let note = fields::optional_paragraph(&office.limits, "note", input.note.as_deref())?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<measurement::Entity>(change.tx(), permit.office_id(), id).await;
    }
    fields::figure(change.limits(), "value", Some(input.value))?;
    goal_of(&change, input.initiative_id, input.goal_id).await?;
    let row = measurement::Model {
        id: change.id(),
        office_id: change.office_id(),
        initiative_id: input.initiative_id,
        goal_id: input.goal_id,
        value: input.value,
        measured_on: day(&change, input.measured_on).await?,
        source: input.source,
        note,
        recorded_by,
        created_at: change.now,
    };
    let row = measurement::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let detail =
        json!({ "initiative": row.initiative_id, "goal": row.goal_id, "measuredOn": row.measured_on });
    change.note("recordMeasurement", "Measurement", row.id.0, detail);
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

async fn day(change: &Change<'_>, given: Option<NaiveDate>) -> Result<NaiveDate> {
    let today = calendar::day(change.now, &offices::zone(change.tx(), change.office_id()).await?)?;
    match given {
        Some(day) if day > today => {
            refuse(RefusalCode::Invalid, "measuredOn", "a figure is measured on a day that has come")
        }
        Some(day) => fields::near(change.limits(), "measuredOn", Some(day), today).map(|()| day),
        None => Ok(today),
    }
}

async fn goal_of(change: &Change<'_>, id: InitiativeId, goal: GoalId) -> Result<()> {
    let found = referenced(locked::<initiative::Entity>(change, id).await, "initiativeId")?;
    policy::manages(change.requester(), found.manager_id)?;
    if found.state == InitiativeState::Declined {
        return refuse(RefusalCode::IllegalState, "initiativeId", "this initiative was declined");
    }
    let in_force = current(change.tx(), change.office_id(), id).await?;
    let plan = match in_force {
        Some(plan) => Some(plan),
        None => newest(change.tx(), change.office_id(), id).await?,
    };
    let has = |plan: &plan::Model| plan.goals.0.iter().any(|one| one.id == goal);
    if plan.as_ref().is_some_and(has) {
        return Ok(());
    }
    refuse(RefusalCode::NotFound, "goalId", "the plan has no such goal")
}

/// The first and the last figure of each goal of these initiatives: what progress is worked out from.
pub async fn ends_of(
    office: &Office,
    office_id: OfficeId,
    initiatives: &[Uuid],
) -> Result<Vec<measurement::Model>> {
    let db = office.db.read();
    let other = Alias::new("other");
    let of_other = |column: measurement::Column| Expr::col((other.clone(), column));
    let of_this = |column: measurement::Column| Expr::col((measurement::Entity, column));
    let key = || {
        let (day, id) = (measurement::Column::MeasuredOn, measurement::Column::Id);
        (Expr::tuple([of_other(day), of_other(id)]), Expr::tuple([of_this(day), of_this(id)]))
    };
    let none = |beyond: Expr| {
        let same_initiative =
            of_other(measurement::Column::InitiativeId).eq(of_this(measurement::Column::InitiativeId));
        let same_goal = of_other(measurement::Column::GoalId).eq(of_this(measurement::Column::GoalId));
        let others = Query::select()
            .expr(Expr::value(1))
            .from_as(measurement::Entity, other.clone())
            .and_where(same_initiative)
            .and_where(same_goal)
            .and_where(beyond)
            .take();
        Expr::exists(others).not()
    };
    let (later, this) = key();
    // Of the first day too, what was measured last is right: it corrects what was measured before.
    let (day, id) = (measurement::Column::MeasuredOn, measurement::Column::Id);
    let corrected = of_other(day).eq(of_this(day)).and(of_other(id).gt(of_this(id)));
    let before = of_other(day).lt(of_this(day)).or(corrected);
    let ends = Condition::any().add(none(later.gt(this))).add(none(before));
    let rows = measurement::Entity::find()
        .filter(measurement::Column::OfficeId.eq(office_id))
        .filter(read::among(db.get_database_backend(), measurement::Column::InitiativeId, initiatives))
        .filter(ends)
        .order_by_asc(measurement::Column::MeasuredOn)
        .order_by_asc(measurement::Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}

/// A page of the figures of a goal, last written first, and where each stands in it.
pub async fn history(
    office: &Office,
    office_id: OfficeId,
    (initiative_id, goal_id): (InitiativeId, GoalId),
    request: &PageRequest,
) -> Result<(Page<measurement::Model>, fn(&measurement::Model) -> Cursor)> {
    let order = OrderBy {
        column: measurement::Column::CreatedAt,
        id: measurement::Column::Id,
        direction: Direction::Descending,
    };
    let select = measurement::Entity::find()
        .filter(measurement::Column::OfficeId.eq(office_id))
        .filter(measurement::Column::InitiativeId.eq(initiative_id))
        .filter(measurement::Column::GoalId.eq(goal_id));
    let page = page(office.db.read(), select, order, request).await?;
    Ok((page, |row| Cursor { key: SortKey::Time(row.created_at), id: row.id.0 }))
}
