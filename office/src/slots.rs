//! Slots: the weekly local times at which a channel likes to post. Which of them is free is told by `posts`.

use entity::{ChannelId, OfficeId, SlotId, channel, slot};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde_json::json;

use crate::{
    Office, calendar,
    change::Change,
    client_keys::Call,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields, offices,
    policy::{Permit, op},
    read,
    rows::{locked, referenced, taken},
    stewards,
};

/// Slots read at a time.
const SLOTS_AT_MOST: u64 = 5_000;

/// A new slot.
#[derive(Debug, Clone, serde::Serialize)]
pub struct AddSlot {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The channel.
    pub channel_id: ChannelId,
    /// ISO weekday, 1 = Monday to 7 = Sunday.
    pub weekday: i16,
    /// `HH:MM`.
    pub local_time: String,
    /// IANA zone; none: the office's.
    pub time_zone: Option<String>,
}

/// Adds a slot to a channel.
pub async fn add(office: &Office, permit: &Permit<op::AddSlot>, input: AddSlot) -> Result<slot::Model> {
    let call = Call::new::<op::AddSlot>(input.client_key.as_deref(), &input)?;
    if !(1..=7).contains(&input.weekday) {
        return refuse(RefusalCode::Invalid, "weekday", "weekday must be from 1 (Monday) to 7 (Sunday)");
    }
    let local_time = time(&input.local_time)?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return again(&change, id.into()).await;
    }
    referenced(locked::<channel::Entity>(&change, input.channel_id).await, "channelId")?;
    stewards::require(&change, input.channel_id).await?;
    let many = of(change.office_id(), &[input.channel_id]).count(change.tx()).await?;
    fields::at_most(office.limits.list_items, "slots", usize::try_from(many).unwrap_or(usize::MAX) + 1)?;
    let row = slot::Model {
        id: change.id(),
        office_id: change.office_id(),
        channel_id: input.channel_id,
        weekday: input.weekday,
        local_time,
        time_zone: zone(&change, input.time_zone).await?,
        created_at: change.now,
    };
    let written = slot::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "localTime", "the channel has this slot already")?;
    change.note("addSlot", "Channel", row.channel_id.0, json!({ "slot": row.id, "weekday": row.weekday }));
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

async fn again(change: &Change<'_>, id: SlotId) -> Result<slot::Model> {
    match read::one::<slot::Entity>(change.tx(), change.office_id(), id).await {
        Err(OfficeError::NotFound(_)) => refuse(
            RefusalCode::NotFound,
            "clientKey",
            "the slot that this request added was taken away since; take a new key to add it again",
        ),
        other => other,
    }
}

/// A time `HH:MM`.
pub(crate) fn time(value: &str) -> Result<String> {
    let value = value.trim();
    let parsed =
        value.parse::<jiff::civil::Time>().ok().filter(|time| time.second() == 0 && value.len() == 5);
    match parsed {
        Some(time) => Ok(time.strftime("%H:%M").to_string()),
        None => refuse(RefusalCode::Invalid, "localTime", "localTime must be a time HH:MM, such as 09:30"),
    }
}

/// The zone that was given, or the office's.
pub(crate) async fn zone(change: &Change<'_>, given: Option<String>) -> Result<String> {
    if let Some(name) = given {
        calendar::zone("timeZone", name.trim())?;
        return Ok(name.trim().to_owned());
    }
    offices::zone(change.tx(), change.office_id()).await
}

/// Takes a slot away. Posts that were put into it keep their time.
pub async fn remove(office: &Office, permit: &Permit<op::RemoveSlot>, id: SlotId) -> Result<slot::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let row = locked::<slot::Entity>(&change, id).await?;
    stewards::require(&change, row.channel_id).await?;
    row.clone().delete(change.tx()).await?;
    change.note("removeSlot", "Channel", row.channel_id.0, json!({ "slot": row.id }));
    change.commit().await?;
    Ok(row)
}

/// The slots of channels, in the order of the week.
pub async fn current(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channels: &[ChannelId],
) -> Result<Vec<slot::Model>> {
    let rows = of(office_id, channels)
        .order_by_asc(slot::Column::Weekday)
        .order_by_asc(slot::Column::LocalTime)
        .order_by_asc(slot::Column::Id)
        .limit(SLOTS_AT_MOST)
        .all(db)
        .await?;
    Ok(rows)
}

fn of(office_id: OfficeId, channels: &[ChannelId]) -> sea_orm::Select<slot::Entity> {
    slot::Entity::find()
        .filter(slot::Column::OfficeId.eq(office_id))
        .filter(slot::Column::ChannelId.is_in(channels.iter().copied()))
}
