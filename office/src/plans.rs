//! Communications plans: numbered, immutable versions of an initiative's five parts. One is in force at a time, only a
//! complete one comes into force, and nobody approves the version that they wrote. What a version says is `parts`, what
//! it lacks `completeness`; what became of its goals `measurements` and `progress`.

use std::collections::HashMap;

use entity::{InitiativeId, OfficeId, PlanId, initiative, plan, plan::PlanState};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Office, calendar,
    change::Change,
    client_keys::Call,
    error::{Refusal, RefusalCode, Result, refuse},
    initiatives,
    lifecycle::Lifecycle as _,
    offices,
    paging::{Cursor, Direction, OrderBy, Page, PageRequest, SortKey, page},
    policy::{self, Permit, op},
    read,
    rows::locked,
};

mod completeness;
mod measurements;
pub(crate) mod messages;
mod parts;
mod progress;

pub use completeness::{PartStanding, PlanPart, PlanParts, completeness, is_complete};
pub use measurements::{RecordMeasurement, ends_of, history, record};
pub(crate) use parts::kept_back;
pub use parts::{EmbargoInput, GoalInput, KeyMessageInput, PlanContent, TopicInput};
pub use progress::{GoalStanding, Progress, progress};

/// A new version of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct WritePlan {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Whose plan.
    pub initiative_id: InitiativeId,
    /// All of it.
    pub content: PlanContent,
}

/// Writes a new version; the one in force stays so until this one is approved.
pub async fn write(office: &Office, permit: &Permit<op::WritePlan>, input: WritePlan) -> Result<plan::Model> {
    let call = Call::new::<op::WritePlan>(input.client_key.as_deref(), &input)?;
    let Some(written_by) = permit.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member can write a plan");
    };
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<plan::Entity>(change.tx(), permit.office_id(), id).await;
    }
    writable(&change, input.initiative_id).await?;
    let number =
        newest(change.tx(), change.office_id(), input.initiative_id).await?.map_or(0, |plan| plan.number) + 1;
    let whose = (input.initiative_id, written_by, number);
    let row = parts::row(office, &change, whose, &input.content).await?;
    let row = plan::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let detail = json!({ "initiative": row.initiative_id, "number": number });
    change.note("writePlan", "Plan", row.id.0, detail);
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// Locks the initiative, so that two versions cannot take one number.
async fn writable(change: &Change<'_>, id: InitiativeId) -> Result<()> {
    let found = crate::rows::referenced(locked::<initiative::Entity>(change, id).await, "initiativeId")?;
    policy::manages(change.requester(), found.manager_id)?;
    if found.state.is_terminal() {
        return refuse(
            RefusalCode::IllegalState,
            "initiativeId",
            "this initiative is over: it takes no new plan",
        );
    }
    Ok(())
}

/// Puts a version in force in place of the former. It must be complete, the newest, so that nobody brings back an old one by
/// mistake, and somebody else's words. A day of review that has passed meanwhile is moved on.
pub async fn approve(office: &Office, permit: &Permit<op::ApprovePlan>, id: PlanId) -> Result<plan::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<plan::Entity>(&change, id).await?;
    // With the initiative locked, no newer version appears meanwhile.
    locked::<initiative::Entity>(&change, row.initiative_id).await?;
    approvable(&change, &row).await?;
    let former = current(change.tx(), row.office_id, row.initiative_id).await?;
    let (superseded, review_on) = (former.as_ref().map(|plan| plan.number), row.review_on);
    if let Some(former) = former {
        let mut edit = plan::ActiveModel::from(former);
        edit.state = Set(PlanState::Superseded);
        edit.update(change.tx()).await?;
    }
    let mut edit = plan::ActiveModel::from(row);
    edit.state = Set(PlanState::Approved);
    edit.decided_by = Set(permit.requester().member_id());
    edit.decided_at = Set(Some(change.now));
    let today = calendar::day(change.now, &offices::zone(change.tx(), change.office_id()).await?)?;
    if review_on.is_none_or(|day| day <= today) {
        edit.review_on = Set(Some(parts::next_review(&office.limits, today)));
    }
    let row = edit.update(change.tx()).await?;
    change.note("approvePlan", "Plan", row.id.0, json!({ "number": row.number, "superseded": superseded }));
    change.move_gates();
    change.commit().await?;
    Ok(row)
}

async fn approvable(change: &Change<'_>, row: &plan::Model) -> Result<()> {
    if change.requester().member_id() == Some(row.written_by) {
        let message = "you wrote this version: ask another coordinator to approve it";
        return refuse(RefusalCode::OwnWords, "planId", message);
    }
    if row.state != PlanState::Draft {
        return refuse(RefusalCode::IllegalState, "planId", "this version was approved already");
    }
    let newest = newest(change.tx(), row.office_id, row.initiative_id).await?;
    if newest.is_some_and(|newest| newest.id != row.id) {
        return refuse(
            RefusalCode::Conflict,
            "planId",
            "there is a newer version: read and approve that one",
        );
    }
    complete(row)
}

fn complete(row: &plan::Model) -> Result<()> {
    let lacking: Vec<_> =
        completeness(Some(row)).into_iter().filter(|part| !part.missing.is_empty()).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let missing: Vec<_> = lacking.iter().flat_map(|part| part.missing.iter().cloned()).collect();
    let message = format!("the plan is not complete; it still needs: {}", missing.join("; "));
    let parts: Vec<_> = lacking.iter().map(|part| part.part).collect();
    Err(Refusal::new(RefusalCode::Incomplete, "planId", message).with_plan_parts(&parts).into())
}

async fn newest(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: InitiativeId,
) -> Result<Option<plan::Model>> {
    Ok(of(office_id, id).order_by_desc(plan::Column::Number).one(db).await?)
}

/// The version in force of an initiative's plan, if there is one.
pub async fn current(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: InitiativeId,
) -> Result<Option<plan::Model>> {
    Ok(of(office_id, id).filter(plan::Column::State.eq(PlanState::Approved)).one(db).await?)
}

/// The newest version of each of these initiatives' plans, in force or not.
pub(crate) async fn newest_of(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    initiatives: &[Uuid],
) -> Result<HashMap<InitiativeId, plan::Model>> {
    let mine = read::among(db.get_database_backend(), plan::Column::InitiativeId, initiatives);
    let newest = Query::select()
        .column(plan::Column::InitiativeId)
        .expr(Expr::col(plan::Column::Number).max())
        .from(plan::Entity)
        .and_where(mine)
        .group_by_col(plan::Column::InitiativeId)
        .take();
    let key = Expr::tuple([Expr::col(plan::Column::InitiativeId), Expr::col(plan::Column::Number)]);
    let rows = plan::Entity::find()
        .filter(plan::Column::OfficeId.eq(office_id))
        .filter(key.in_subquery(newest))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.initiative_id, row)).collect())
}

/// A page of the versions of an initiative's plan, newest first.
pub async fn list(
    office: &Office,
    permit: &Permit<op::Initiatives>,
    id: InitiativeId,
    request: &PageRequest,
) -> Result<Page<plan::Model>> {
    initiatives::named(office.db.read(), permit.office_id(), id).await?;
    let order =
        OrderBy { column: plan::Column::Number, id: plan::Column::Id, direction: Direction::Descending };
    page(office.db.read(), of(permit.office_id(), id), order, request).await
}

/// Where a version stands in the list.
pub fn cursor(row: &plan::Model) -> Cursor {
    Cursor { key: SortKey::Number(i64::from(row.number)), id: row.id.0 }
}

fn of(office_id: OfficeId, id: InitiativeId) -> sea_orm::Select<plan::Entity> {
    plan::Entity::find()
        .filter(plan::Column::OfficeId.eq(office_id))
        .filter(plan::Column::InitiativeId.eq(id))
}
