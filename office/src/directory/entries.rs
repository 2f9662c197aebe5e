//! Listed channels, put together from their published records. Knows rows; not what is left out or in which form they
//! are shown.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, InitiativeId, OfficeId, channel,
    channel::{ChannelState, DirectoryRecord},
    initiative,
    initiative::InitiativeState,
    member,
    member::MemberState,
    office as table,
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use super::{Status, changes};
use crate::{Office, error::Result, read, stewards};

/// Channels of one deployment that are listed.
const RECORDS_AT_MOST: u64 = 20_000;

/// An initiative by the name that the public knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Initiative {
    /// Which.
    #[serde(skip)]
    pub id: InitiativeId,
    /// Its name.
    pub name: String,
}

/// A channel as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which channel; each form of the directory writes ids in its own way.
    pub channel_id: ChannelId,
    /// Slug of the office that owns it.
    pub office_slug: String,
    /// Name of the office.
    pub office_name: String,
    /// Whether it is in use.
    pub status: Status,
    /// The record that was approved last.
    pub record: DirectoryRecord,
    /// When that was.
    pub published_at: Option<DateTime<Utc>>,
    /// Since when it has been official.
    pub official_since: Option<DateTime<Utc>>,
    /// Until when it was official; null while it is.
    pub official_until: Option<DateTime<Utc>>,
    /// The initiative that it serves alone; null for a channel of the whole office.
    pub initiative: Option<Initiative>,
    /// Names of the stewards on duty, where the office makes them public.
    pub on_duty: Vec<String>,
}

/// What the directory reads of a channel: never what is being edited.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Listed {
    pub(super) id: ChannelId,
    pub(super) office_id: OfficeId,
    pub(super) initiative_id: Option<InitiativeId>,
    pub(super) state: ChannelState,
    pub(super) published: DirectoryRecord,
    pub(super) published_at: Option<DateTime<Utc>>,
}

/// Those of some channels that the public ever saw, in the order of their ids.
pub(super) async fn listed(office: &Office, which: sea_orm::Condition) -> Result<Vec<Listed>> {
    use channel::Column;
    let select = channel::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::OfficeId,
            Column::InitiativeId,
            Column::State,
            Column::Published,
            Column::PublishedAt,
        ])
        .filter(which)
        .filter(Column::State.is_in([ChannelState::Active, ChannelState::Dormant, ChannelState::Retired]))
        .filter(Column::Published.is_not_null())
        .order_by_asc(Column::Id)
        .limit(RECORDS_AT_MOST);
    Ok(select.into_model::<Listed>().all(office.db.read()).await?)
}

/// Offices by their ids.
pub(super) fn owners(offices: Vec<table::Model>) -> HashMap<OfficeId, table::Model> {
    offices.into_iter().map(|row| (row.id, row)).collect()
}

/// The entries of channels of these offices, by office and handle.
pub(super) async fn of(office: &Office, offices: Vec<table::Model>, rows: Vec<Listed>) -> Result<Vec<Entry>> {
    let mut on_duty = HashMap::new();
    for public in offices.iter().filter(|row| row.duty_public) {
        let used = |row: &&Listed| row.office_id == public.id && row.state != ChannelState::Retired;
        let ids: Vec<_> = rows.iter().filter(used).map(|row| row.id).collect();
        on_duty.extend(names_on_duty(office, public.id, &ids).await?);
    }
    let office_ids: Vec<OfficeId> = offices.iter().map(|row| row.id).collect();
    let spans = changes::spans(office.db.read(), &office_ids, None, None).await?;
    let initiatives =
        initiatives_of(office, rows.iter().filter_map(|row| row.initiative_id).collect()).await?;
    let owners = owners(offices);
    let entry = |row: Listed| {
        let owner = owners.get(&row.office_id)?;
        let span = spans.get(&row.id).copied().unwrap_or_default();
        Some(Entry {
            channel_id: row.id,
            office_slug: owner.slug.clone(),
            office_name: owner.name.clone(),
            status: Status::of(row.state)?,
            record: row.published,
            published_at: row.published_at,
            official_since: span.since,
            official_until: span.until,
            initiative: row.initiative_id.and_then(|id| initiatives.get(&id).cloned()),
            on_duty: on_duty.remove(&row.id).unwrap_or_default(),
        })
    };
    let mut entries: Vec<Entry> = rows.into_iter().filter_map(entry).collect();
    entries.sort_by(|one, other| one.place().cmp(&other.place()));
    Ok(entries)
}

impl Entry {
    /// Where it stands in the list.
    pub fn place(&self) -> (&str, &str, ChannelId) {
        (&self.office_slug, &self.record.handle, self.channel_id)
    }
}

/// The names of initiatives that the coordinator has acknowledged: the others are nobody's business yet.
pub(super) async fn initiatives_of(
    office: &Office,
    mut ids: Vec<InitiativeId>,
) -> Result<HashMap<InitiativeId, Initiative>> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let known = [InitiativeState::Active, InitiativeState::Closing, InitiativeState::Closed];
    let rows: Vec<(InitiativeId, String)> = initiative::Entity::find()
        .select_only()
        .columns([initiative::Column::Id, initiative::Column::Name])
        .filter(initiative::Column::Id.is_in(ids))
        .filter(initiative::Column::State.is_in(known))
        .into_tuple()
        .all(office.db.read())
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (id, Initiative { id, name })).collect())
}

async fn names_on_duty(
    office: &Office,
    office_id: OfficeId,
    channels: &[ChannelId],
) -> Result<HashMap<ChannelId, Vec<String>>> {
    let stewards = stewards::current(office.db.read(), office_id, channels).await?;
    let on_duty: Vec<_> = stewards.into_iter().filter(|row| row.on_duty).collect();
    let mut ids: Vec<Uuid> = on_duty.iter().map(|row| row.member_id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let members = read::many::<member::Entity>(office.db.read(), office_id, &ids).await?;
    let names: HashMap<_, _> = members
        .into_iter()
        .filter(|row| row.state == MemberState::Active)
        .map(|row| (row.id, row.name))
        .collect();
    let mut found: HashMap<ChannelId, Vec<String>> = HashMap::new();
    for row in on_duty {
        if let Some(name) = names.get(&row.member_id) {
            found.entry(row.channel_id).or_default().push(name.clone());
        }
    }
    Ok(found)
}
