//! Communications plans: numbered, immutable versions of an initiative's five parts. One is in force at a time, and
//! nobody approves the version that they wrote.

use entity::{
    InitiativeId, MemberId, OfficeId, PlanId, initiative, plan,
    plan::{Embargo, Embargoes, Goal, Goals, Lines, PlanState},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    prelude::DateTimeUtc,
};
use serde::Serialize;
use serde_json::json;

use crate::{
    Limits, Office,
    change::Change,
    client_keys::Call,
    error::{RefusalCode, Result, refuse},
    fields, initiatives,
    lifecycle::Lifecycle as _,
    paging::{Cursor, Direction, OrderBy, Page, PageRequest, SortKey, page},
    policy::{self, Permit, op},
    read,
    rows::locked,
};

/// A new version of a plan: all of it.
#[derive(Debug, Clone, Serialize)]
pub struct WritePlan {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Whose plan.
    pub initiative_id: InitiativeId,
    /// Target audiences.
    pub audiences: Vec<String>,
    /// Stakeholders and partners.
    pub stakeholders: Vec<String>,
    /// Key messages.
    pub key_messages: Vec<String>,
    /// What may be shared.
    pub shareable: Vec<String>,
    /// What may not be shared; may be empty.
    pub not_shareable: Vec<EmbargoInput>,
    /// Goals with their measures.
    pub goals: Vec<GoalInput>,
    /// Topics that draw journalists; may be empty.
    pub contentious: Vec<String>,
}

/// Something that may not be shared.
#[derive(Debug, Clone, Serialize)]
pub struct EmbargoInput {
    /// Words that name it.
    pub topic: String,
    /// When it may be; none: never.
    pub until: Option<DateTimeUtc>,
}

/// A goal.
#[derive(Debug, Clone, Serialize)]
pub struct GoalInput {
    /// What is wanted.
    pub goal: String,
    /// How one tells that it is met.
    pub measure: String,
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
    let row = new_row(&office.limits, &change, written_by, number, &input)?;
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

fn new_row(
    limits: &Limits,
    change: &Change<'_>,
    written_by: MemberId,
    number: i32,
    input: &WritePlan,
) -> Result<plan::Model> {
    Ok(plan::Model {
        id: change.id(),
        office_id: change.office_id(),
        initiative_id: input.initiative_id,
        number,
        audiences: part(limits, "audiences", &input.audiences)?,
        stakeholders: part(limits, "stakeholders", &input.stakeholders)?,
        key_messages: part(limits, "keyMessages", &input.key_messages)?,
        shareable: part(limits, "shareable", &input.shareable)?,
        not_shareable: embargoes(limits, &input.not_shareable)?,
        goals: goals(limits, &input.goals)?,
        contentious: Lines(fields::paragraphs(limits, "contentious", &input.contentious)?),
        state: PlanState::Draft,
        written_by,
        decided_by: None,
        decided_at: None,
        created_at: change.now,
    })
}

fn part(limits: &Limits, field: &str, values: &[String]) -> Result<Lines> {
    some(field, values)?;
    Ok(Lines(fields::paragraphs(limits, field, values)?))
}

fn some<T>(field: &str, values: &[T]) -> Result<()> {
    if values.is_empty() {
        return refuse(RefusalCode::Required, field, format!("a plan is complete only with {field}"));
    }
    Ok(())
}

fn embargoes(limits: &Limits, inputs: &[EmbargoInput]) -> Result<Embargoes> {
    fields::at_most(limits.list_items, "notShareable", inputs.len())?;
    let embargo = |(i, input): (usize, &EmbargoInput)| {
        let topic = fields::line(limits, &format!("notShareable.{i}.topic"), &input.topic)?;
        Ok(Embargo { topic, until: input.until })
    };
    Ok(Embargoes(inputs.iter().enumerate().map(embargo).collect::<Result<_>>()?))
}

fn goals(limits: &Limits, inputs: &[GoalInput]) -> Result<Goals> {
    some("goals", inputs)?;
    fields::at_most(limits.list_items, "goals", inputs.len())?;
    let goal = |(i, input): (usize, &GoalInput)| {
        Ok(Goal {
            goal: fields::paragraph(limits, &format!("goals.{i}.goal"), &input.goal)?,
            measure: fields::paragraph(limits, &format!("goals.{i}.measure"), &input.measure)?,
        })
    };
    Ok(Goals(inputs.iter().enumerate().map(goal).collect::<Result<_>>()?))
}

/// Puts a version in force in place of the former. It must be the newest, so that nobody brings back an old one by
/// mistake, and somebody else's words.
pub async fn approve(office: &Office, permit: &Permit<op::ApprovePlan>, id: PlanId) -> Result<plan::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<plan::Entity>(&change, id).await?;
    // With the initiative locked, no newer version appears meanwhile.
    locked::<initiative::Entity>(&change, row.initiative_id).await?;
    approvable(&change, &row).await?;
    let former = current(change.tx(), row.office_id, row.initiative_id).await?;
    let superseded = former.as_ref().map(|plan| plan.number);
    if let Some(former) = former {
        let mut edit = plan::ActiveModel::from(former);
        edit.state = Set(PlanState::Superseded);
        edit.update(change.tx()).await?;
    }
    let mut edit = plan::ActiveModel::from(row);
    edit.state = Set(PlanState::Approved);
    edit.decided_by = Set(permit.requester().member_id());
    edit.decided_at = Set(Some(change.now));
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
    Ok(())
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
