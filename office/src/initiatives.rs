//! Initiatives: proposing, changing and reading them. What the coordinator decides and how one ends is in the file
//! beside; their communications plans are `plans`.

use entity::{InitiativeId, MemberId, initiative, initiative::InitiativeState, member::Role};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, prelude::Date};
use serde::Serialize;
use serde_json::json;

use crate::{
    Edit, Limits, Office,
    change::Change,
    client_keys::Call,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::Lifecycle as _,
    members,
    policy::{self, Permit, op},
    read,
    rows::{locked, same_version, taken},
};

mod decide;
mod list;

pub use decide::{acknowledge, close, complete_closing, decline};
pub use list::{InitiativeFilter, InitiativeOrder, count, cursor, list};

/// A new initiative.
#[derive(Debug, Clone, Serialize)]
pub struct ProposeInitiative {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Whom it wants to reach.
    pub audience: String,
    /// Who runs it day to day.
    pub run_by: String,
    /// How it is staffed.
    pub staffing: String,
    /// Who takes over.
    pub successor: String,
    /// First day.
    pub starts_on: Date,
    /// Last day; none without a planned end.
    pub ends_on: Option<Date>,
    /// The project's tag.
    pub hashtag: Option<String>,
    /// The project manager who owns it; none: whoever proposes it.
    pub manager_id: Option<MemberId>,
}

/// An edit of an initiative.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateInitiative {
    /// Which.
    pub initiative_id: InitiativeId,
    /// The version that was read.
    pub expected_version: i64,
    /// Another name.
    pub name: Option<String>,
    /// Another purpose.
    pub purpose: Option<String>,
    /// Another audience.
    pub audience: Option<String>,
    /// Somebody else runs it.
    pub run_by: Option<String>,
    /// Staffed otherwise.
    pub staffing: Option<String>,
    /// Somebody else takes over.
    pub successor: Option<String>,
    /// Another first day.
    pub starts_on: Option<Date>,
    /// Another last day, or none.
    pub ends_on: Edit<Date>,
    /// Another tag, or none.
    pub hashtag: Edit<String>,
    /// Another project manager.
    pub manager_id: Option<MemberId>,
}

/// Proposes an initiative; it waits for the coordinator.
pub async fn propose(
    office: &Office,
    permit: &Permit<op::ProposeInitiative>,
    input: ProposeInitiative,
) -> Result<initiative::Model> {
    let call = Call::new::<op::ProposeInitiative>(input.client_key.as_deref(), &input)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<initiative::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let row = new_row(&office.limits, &change, &input)?;
    manager(&change, row.manager_id).await?;
    let written = initiative::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "name", "another initiative of this office has this name")?;
    let detail = json!({ "state": row.state, "manager": row.manager_id });
    change.note("proposeInitiative", "Initiative", row.id.0, detail);
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

fn new_row(limits: &Limits, change: &Change<'_>, input: &ProposeInitiative) -> Result<initiative::Model> {
    let Some(proposed_by) = change.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member can propose an initiative");
    };
    in_order(input.starts_on, input.ends_on)?;
    Ok(initiative::Model {
        id: change.id(),
        office_id: change.office_id(),
        name: fields::line(limits, "name", &input.name)?,
        purpose: fields::paragraph(limits, "purpose", &input.purpose)?,
        audience: fields::paragraph(limits, "audience", &input.audience)?,
        run_by: fields::paragraph(limits, "runBy", &input.run_by)?,
        staffing: fields::paragraph(limits, "staffing", &input.staffing)?,
        successor: fields::paragraph(limits, "successor", &input.successor)?,
        starts_on: input.starts_on,
        ends_on: input.ends_on,
        hashtag: input.hashtag.as_deref().map(|tag| hashtag(limits, tag)).transpose()?.flatten(),
        state: InitiativeState::START,
        manager_id: input.manager_id.unwrap_or(proposed_by),
        proposed_by,
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        version: 1,
        created_at: change.now,
        updated_at: change.now,
    })
}

fn in_order(starts_on: Date, ends_on: Option<Date>) -> Result<()> {
    if ends_on.is_some_and(|ends_on| ends_on < starts_on) {
        return refuse(RefusalCode::Invalid, "endsOn", "the last day must not be before the first");
    }
    Ok(())
}

fn hashtag(limits: &Limits, value: &str) -> Result<Option<String>> {
    let value = value.trim();
    let Some(tag) = fields::optional_line(limits, "hashtag", Some(value.strip_prefix('#').unwrap_or(value)))?
    else {
        return Ok(None);
    };
    if tag.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return Ok(Some(tag));
    }
    refuse(RefusalCode::Invalid, "hashtag", "a tag has letters, digits and _ only, such as OceanWatch")
}

/// The manager must be able to manage: to update the initiative and write its plan.
async fn manager(change: &Change<'_>, id: MemberId) -> Result<()> {
    let member = members::named(change.tx(), change.office_id(), "managerId", id).await?;
    if member.roles.contains(Role::ProjectManager) || member.roles.contains(Role::Coordinator) {
        return Ok(());
    }
    let message = "an initiative is owned by a member with the role PROJECT_MANAGER or COORDINATOR: name one";
    refuse(RefusalCode::Invalid, "managerId", message)
}

/// Changes an initiative that is not over.
pub async fn update(
    office: &Office,
    permit: &Permit<op::UpdateInitiative>,
    input: UpdateInitiative,
) -> Result<initiative::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<initiative::Entity>(&change, input.initiative_id).await?;
    policy::manages(permit.requester(), row.manager_id)?;
    same_version("initiative", input.expected_version, row.version)?;
    if row.state.is_terminal() {
        return refuse(RefusalCode::IllegalState, "", "this initiative is over and cannot be changed");
    }
    if let Some(id) = input.manager_id {
        manager(&change, id).await?;
    }
    let before = row.clone();
    let row = edited(&office.limits, row, input)?;
    in_order(row.starts_on, row.ends_on)?;
    let written = save(&change, &before, row).await;
    let row = taken(written, "name", "another initiative of this office has this name")?;
    let detail = json!({ "version": row.version, "manager": row.manager_id });
    change.note("updateInitiative", "Initiative", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

fn edited(limits: &Limits, mut row: initiative::Model, input: UpdateInitiative) -> Result<initiative::Model> {
    if let Some(name) = input.name {
        row.name = fields::line(limits, "name", &name)?;
    }
    let texts = [
        ("purpose", input.purpose, &mut row.purpose),
        ("audience", input.audience, &mut row.audience),
        ("runBy", input.run_by, &mut row.run_by),
        ("staffing", input.staffing, &mut row.staffing),
        ("successor", input.successor, &mut row.successor),
    ];
    for (field, given, place) in texts {
        if let Some(text) = given {
            *place = fields::paragraph(limits, field, &text)?;
        }
    }
    row.starts_on = input.starts_on.unwrap_or(row.starts_on);
    row.manager_id = input.manager_id.unwrap_or(row.manager_id);
    match input.ends_on {
        Edit::Keep => {}
        Edit::Clear => row.ends_on = None,
        Edit::Set(day) => row.ends_on = Some(day),
    }
    match input.hashtag {
        Edit::Keep => {}
        Edit::Clear => row.hashtag = None,
        Edit::Set(tag) => row.hashtag = hashtag(limits, &tag)?,
    }
    Ok(row)
}

/// Stores a changed initiative under the next version.
async fn save(
    change: &Change<'_>,
    before: &initiative::Model,
    after: initiative::Model,
) -> Result<initiative::Model, sea_orm::DbErr> {
    let mut edit = initiative::ActiveModel::from(after).reset_all();
    edit.version = Set(before.version + 1);
    edit.updated_at = Set(change.now);
    edit.update(change.tx()).await
}

/// The initiative as it is.
pub async fn get(
    office: &Office,
    office_id: entity::OfficeId,
    id: InitiativeId,
) -> Result<initiative::Model> {
    read::one::<initiative::Entity>(office.db.read(), office_id, id).await
}

/// The initiative that an input names, in this office.
pub(crate) async fn named(
    db: &impl ConnectionTrait,
    office_id: entity::OfficeId,
    id: InitiativeId,
) -> Result<initiative::Model> {
    crate::rows::referenced(read::one::<initiative::Entity>(db, office_id, id).await, "initiativeId")
}
