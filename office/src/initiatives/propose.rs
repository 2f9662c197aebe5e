//! Announcing an initiative: whole, as its proposal, or as little as a first draft needs, with the rest to be said later.

use chrono::NaiveDate;
use entity::{
    ChannelId, InitiativeId, MemberId, channel, initiative,
    initiative::{Channels, GoalResults, InitiativeState},
    office as office_row,
};
use sea_orm::{ActiveModelTrait, EntityTrait, prelude::Date};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{hashtag, in_order, manager, names, names::NAME_TAKEN};
use crate::{
    Limits, Office, calendar,
    change::Change,
    client_keys::Call,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::Lifecycle as _,
    mail::{self, News, Told},
    policy::{self, Permit, op},
    read,
    rows::taken,
};

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
    /// Channels of the office that could carry it.
    pub existing_channels: Vec<ChannelId>,
    /// Why those, or why none.
    pub existing_channels_note: Option<String>,
}

/// The beginning of an announcement: what is left out is asked later.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Announcement {
    /// Name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Whom it wants to reach.
    pub audience: Option<String>,
    /// Who runs it day to day.
    pub run_by: Option<String>,
    /// How it is staffed.
    pub staffing: Option<String>,
    /// Who takes over.
    pub successor: Option<String>,
    /// First day; none: today.
    pub starts_on: Option<Date>,
    /// Last day; none without a planned end.
    pub ends_on: Option<Date>,
    /// The project's tag.
    pub hashtag: Option<String>,
    /// Who owns it; none: the author if they may, else the coordinator who has been here longest.
    pub manager_id: Option<MemberId>,
    /// Channels of the office that could carry it.
    pub existing_channels: Vec<ChannelId>,
    /// Why those, or why none.
    pub existing_channels_note: Option<String>,
}

/// A question of the announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnouncementPart {
    /// Whom for?
    Audience,
    /// Who runs it?
    RunBy,
    /// How is it staffed?
    Staffing,
    /// Who takes over?
    Successor,
    /// Which existing channels could carry it?
    ExistingChannels,
}

impl AnnouncementPart {
    /// The input field that answers it.
    pub fn field(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::RunBy => "runBy",
            Self::Staffing => "staffing",
            Self::Successor => "successor",
            Self::ExistingChannels => "existingChannels",
        }
    }

    /// The question, in words.
    pub fn question(self) -> &'static str {
        match self {
            Self::Audience => "whom it is for",
            Self::RunBy => "who runs it",
            Self::Staffing => "how it is staffed",
            Self::Successor => "who takes over",
            Self::ExistingChannels => "which channels that exist could carry it",
        }
    }
}

/// The questions that an announcement has not answered yet.
pub fn unanswered(row: &initiative::Model) -> Vec<AnnouncementPart> {
    use AnnouncementPart::{Audience, ExistingChannels, RunBy, Staffing, Successor};
    let channels_said = !row.existing_channels.0.is_empty() || row.existing_channels_note.is_some();
    [
        (Audience, row.audience.is_empty()),
        (RunBy, row.run_by.is_empty()),
        (Staffing, row.staffing.is_empty()),
        (Successor, row.successor.is_empty()),
        (ExistingChannels, !channels_said),
    ]
    .into_iter()
    .filter_map(|(part, open)| open.then_some(part))
    .collect()
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
    let row = insert(&mut change, &whole(&office.limits, input)?, None).await?;
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// A proposal answers every question but the one about channels, which an office without channels does not ask.
fn whole(limits: &Limits, input: ProposeInitiative) -> Result<Announcement> {
    let said = |field: &str, text: &str| fields::paragraph(limits, field, text).map(Some);
    Ok(Announcement {
        audience: said("audience", &input.audience)?,
        run_by: said("runBy", &input.run_by)?,
        staffing: said("staffing", &input.staffing)?,
        successor: said("successor", &input.successor)?,
        name: input.name,
        purpose: input.purpose,
        starts_on: Some(input.starts_on),
        ends_on: input.ends_on,
        hashtag: input.hashtag,
        manager_id: input.manager_id,
        existing_channels: input.existing_channels,
        existing_channels_note: input.existing_channels_note,
    })
}

/// Announces an initiative within the change that needs it. It must be one that the requester may propose.
pub(crate) async fn announce(change: &mut Change<'_>, input: &Announcement) -> Result<initiative::Model> {
    change.requester().permit::<op::ProposeInitiative>()?;
    let owner = match input.manager_id {
        Some(_) => None,
        None if policy::may_own(change.requester()) => None,
        None => mail::coordinators(change).await?.first().map(|member| member.id),
    };
    insert(change, input, owner).await
}

async fn insert(
    change: &mut Change<'_>,
    input: &Announcement,
    owner: Option<MemberId>,
) -> Result<initiative::Model> {
    let office = office_row::Entity::find_by_id(change.office_id()).one(change.tx()).await?;
    let today = calendar::day(change.now, &office.map(|office| office.time_zone).unwrap_or_default())?;
    let mut row = new_row(change, input, today)?;
    row.manager_id = owner.unwrap_or(row.manager_id);
    manager(change, row.manager_id).await?;
    let channels = existing(change, &row.existing_channels).await?;
    names::free(change, &row).await?;
    let written = initiative::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "name", NAME_TAKEN)?;
    let open: Vec<_> = unanswered(&row).into_iter().map(AnnouncementPart::field).collect();
    let detail = json!({ "state": row.state, "manager": row.manager_id, "unanswered": open });
    change.note("proposeInitiative", "Initiative", row.id.0, detail);
    let (who, coordinators) = (super::acting(change).await?, mail::coordinators(change).await?);
    let told = Told { initiative: &row, who: &who, news: News::Proposed(&channels) };
    mail::tell(change, &coordinators, &told, &format!("proposed|{}", row.id)).await?;
    Ok(row)
}

fn new_row(change: &Change<'_>, input: &Announcement, today: NaiveDate) -> Result<initiative::Model> {
    let Some(proposed_by) = change.requester().member_id() else {
        return refuse(RefusalCode::NotResponsible, "", "only a member can propose an initiative");
    };
    let limits = change.limits();
    let starts_on = input.starts_on.unwrap_or(today);
    in_order(starts_on, input.ends_on)?;
    fields::near(limits, "startsOn", Some(starts_on), today)?;
    fields::near(limits, "endsOn", input.ends_on, today)?;
    let said = |field: &str, text: &Option<String>| {
        fields::optional_paragraph(limits, field, text.as_deref()).map(Option::unwrap_or_default)
    };
    let note = input.existing_channels_note.as_deref();
    Ok(initiative::Model {
        id: change.id::<InitiativeId>(),
        office_id: change.office_id(),
        name: fields::line(limits, "name", &input.name)?,
        purpose: fields::paragraph(limits, "purpose", &input.purpose)?,
        audience: said("audience", &input.audience)?,
        run_by: said("runBy", &input.run_by)?,
        staffing: said("staffing", &input.staffing)?,
        successor: said("successor", &input.successor)?,
        existing_channels: channels(limits, &input.existing_channels)?,
        existing_channels_note: fields::optional_paragraph(limits, "existingChannelsNote", note)?,
        starts_on,
        ends_on: input.ends_on,
        hashtag: input.hashtag.as_deref().map(|tag| hashtag(limits, tag)).transpose()?.flatten(),
        state: InitiativeState::START,
        manager_id: input.manager_id.unwrap_or(proposed_by),
        proposed_by,
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        results: GoalResults::default(),
        version: 1,
        created_at: change.now,
        updated_at: change.now,
    })
}

/// Each once, and not too many.
pub(super) fn channels(limits: &Limits, ids: &[ChannelId]) -> Result<Channels> {
    fields::at_most(limits.list_items, "existingChannels", ids.len())?;
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    Ok(Channels(ids))
}

/// Their names; each must be a channel of the office.
pub(super) async fn existing(change: &Change<'_>, ids: &Channels) -> Result<Vec<String>> {
    let wanted: Vec<Uuid> = ids.0.iter().map(|id| id.0).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let found = read::many::<channel::Entity>(change.tx(), change.office_id(), &wanted).await?;
    if found.len() < wanted.len() {
        let message = "there is no such channel in this office";
        return refuse(RefusalCode::NotFound, "existingChannels", message);
    }
    Ok(found.into_iter().map(|channel| channel.display_name).collect())
}
