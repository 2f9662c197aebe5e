//! Initiatives: changing and reading them. How one is proposed, asked about, decided and closed is in the files beside; their communications plans are `plans`.

use entity::{
    ChannelId, InitiativeId, MemberId, initiative, initiative::InitiativeState, member, member::Role,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, prelude::Date};
use serde::Serialize;
use serde_json::json;

use crate::{
    Edit, Limits, Office, calendar,
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::Lifecycle as _,
    members, offices,
    policy::{self, Permit, op},
    read,
    rows::{locked, same_version, taken},
};

mod ask;
mod closing;
mod decide;
mod list;
mod names;
mod propose;

pub use ask::{answer, ask};
pub use closing::{QueueFate, ResultInput, close, complete_closing};
pub(crate) use decide::needed;
pub use decide::{acknowledge, decline};
pub use list::{InitiativeFilter, InitiativeOrder, count, cursor, list};
pub(crate) use names::by_name;
pub(crate) use propose::announce;
pub use propose::{Announcement, AnnouncementPart, ProposeInitiative, propose, unanswered};

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
    /// Other channels that could carry it, all of them.
    pub existing_channels: Option<Vec<ChannelId>>,
    /// Another reason why those or none, or none at all.
    pub existing_channels_note: Edit<String>,
    /// Another first day.
    pub starts_on: Option<Date>,
    /// Another last day, or none.
    pub ends_on: Edit<Date>,
    /// Another tag, or none.
    pub hashtag: Edit<String>,
    /// Another project manager.
    pub manager_id: Option<MemberId>,
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

/// Refuses to begin something for an initiative that ends: what is begun then is settled nowhere.
pub(crate) fn takes_more(row: &initiative::Model, field: &str) -> Result<()> {
    if !row.state.ends() {
        return Ok(());
    }
    refuse(
        RefusalCode::IllegalState,
        field,
        "this initiative is declined, closing or over: nothing new is begun for it",
    )
}

/// Changes an initiative that is not over.
pub async fn update(
    office: &Office,
    permit: &Permit<op::UpdateInitiative>,
    input: UpdateInitiative,
) -> Result<initiative::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<initiative::Entity>(&change, input.initiative_id).await?;
    // Whoever proposed it completes it until it is decided.
    let proposes =
        row.state == InitiativeState::Proposed && permit.requester().member_id() == Some(row.proposed_by);
    if !proposes {
        policy::manages(permit.requester(), row.manager_id)?;
    }
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
    if (before.starts_on, before.ends_on) != (row.starts_on, row.ends_on) {
        let today = calendar::day(change.now, &offices::zone(change.tx(), change.office_id()).await?)?;
        fields::near(&office.limits, "startsOn", Some(row.starts_on), today)?;
        fields::near(&office.limits, "endsOn", row.ends_on, today)?;
    }
    if before.name != row.name {
        names::free(&change, &row).await?;
        names::stays(&change, &row).await?;
    }
    propose::existing(&change, &row.existing_channels).await?;
    let written = save(&change, &before, row).await;
    let row = taken(written, "name", names::NAME_TAKEN)?;
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
    if let Some(ids) = input.existing_channels {
        row.existing_channels = propose::channels(limits, &ids)?;
    }
    match input.existing_channels_note {
        Edit::Keep => {}
        Edit::Clear => row.existing_channels_note = None,
        Edit::Set(note) => {
            row.existing_channels_note =
                fields::optional_paragraph(limits, "existingChannelsNote", Some(&note))?;
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

/// Who acts, by name, as mails say it.
async fn acting(change: &Change<'_>) -> Result<String> {
    let Some(id) = change.requester().member_id() else { return Ok("Masthead".to_owned()) };
    Ok(read::one::<member::Entity>(change.tx(), change.office_id(), id).await?.name)
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
