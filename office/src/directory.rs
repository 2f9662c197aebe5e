//! The directory: what the public may know, and the answer to "is this account really yours?". Reads published records
//! only, never a channel's row as it is being edited.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, OfficeId, channel,
    channel::{ChannelState, DirectoryRecord},
    member,
    member::MemberState,
    office as table,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use crate::{Office, error::Result, offices, read, stewards, vault::sha256_hex};

mod address;
mod verify;

pub use verify::{Verification, VerificationStatus, verify};

/// Records of one answer.
const RECORDS_AT_MOST: u64 = 5_000;

/// Whether a listed channel is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Listing {
    /// In use.
    Active,
    /// At rest: still ours, nothing new appears.
    Dormant,
}

/// A channel as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Which channel; each form of the directory writes ids in its own way.
    #[serde(skip)]
    pub channel_id: ChannelId,
    /// Slug of the office that owns it.
    pub office_slug: String,
    /// Name of the office.
    pub office_name: String,
    /// Whether it is in use.
    pub listing: Listing,
    /// The record that was approved last.
    pub record: DirectoryRecord,
    /// When that was.
    pub published_at: Option<DateTime<Utc>>,
    /// Names of the stewards on duty, where the office makes them public.
    pub on_duty: Vec<String>,
}

/// The directory of one office or of all.
#[derive(Debug, Clone)]
pub struct Directory {
    /// The channels, by office and handle.
    pub entries: Vec<Entry>,
    /// SHA-256 of the content, hex: the same content always has the same.
    pub etag: String,
    /// When the newest of the records was approved.
    pub published_at: Option<DateTime<Utc>>,
}

/// The official channels of the office with this slug, or of every office of the deployment.
pub async fn list(office: &Office, slug: Option<&str>) -> Result<Directory> {
    let offices = match slug {
        Some(slug) => vec![offices::by_slug(office, slug).await?],
        None => offices::all(office).await?,
    };
    let ids: Vec<OfficeId> = offices.iter().map(|row| row.id).collect();
    let rows = channel::Entity::find()
        .filter(channel::Column::OfficeId.is_in(ids))
        .filter(channel::Column::State.is_in([ChannelState::Active, ChannelState::Dormant]))
        .filter(channel::Column::Published.is_not_null())
        .order_by_asc(channel::Column::OfficeId)
        .order_by_asc(channel::Column::Handle)
        .order_by_asc(channel::Column::Id)
        .limit(RECORDS_AT_MOST)
        .all(office.db.read())
        .await?;
    let entries = entries(office, &offices, rows).await?;
    let etag = sha256_hex(&serde_json::to_vec(&entries)?);
    let published_at = entries.iter().filter_map(|entry| entry.published_at).max();
    Ok(Directory { entries, etag, published_at })
}

async fn entries(office: &Office, offices: &[table::Model], rows: Vec<channel::Model>) -> Result<Vec<Entry>> {
    let mut on_duty = HashMap::new();
    for public in offices.iter().filter(|row| row.duty_public) {
        let ids: Vec<_> = rows.iter().filter(|row| row.office_id == public.id).map(|row| row.id).collect();
        on_duty.extend(names_on_duty(office, public.id, &ids).await?);
    }
    let owners: HashMap<OfficeId, &table::Model> = offices.iter().map(|row| (row.id, row)).collect();
    let entry = |row: channel::Model| {
        let owner = owners.get(&row.office_id)?;
        let listing = if row.state == ChannelState::Active { Listing::Active } else { Listing::Dormant };
        Some(Entry {
            channel_id: row.id,
            office_slug: owner.slug.clone(),
            office_name: owner.name.clone(),
            listing,
            record: row.published?,
            published_at: row.published_at,
            on_duty: on_duty.remove(&row.id).unwrap_or_default(),
        })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
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
