//! When a post goes out: at a local time, at the channel's next free slot, or now.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, office as office_row, post, post::PostState, slot};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    Office,
    calendar::{self, LocalInstant},
    change::Change,
    error::{Fault, RefusalCode, Result, refuse},
};

/// How many occurrences of each slot are looked at to find a free one.
const WEEKS_AHEAD: usize = 26;
/// Slots of one channel that are looked at.
const SLOTS_AT_MOST: u64 = 200;

/// A wish for a time.
#[derive(Debug, Clone)]
pub enum When {
    /// As soon as a worker is free.
    Now,
    /// At a local time, `YYYY-MM-DDTHH:MM`, in a zone or in the office's.
    At {
        /// The local time.
        local_time: String,
        /// IANA zone; none: the office's.
        time_zone: Option<String>,
    },
    /// At the next slot of the channel that no other post has taken.
    NextFreeSlot,
}

/// Resolves a wish for a channel; refuses one in the past or too far ahead.
pub(super) async fn resolve(
    office: &Office,
    change: &Change<'_>,
    when: &When,
    channel_id: ChannelId,
) -> Result<LocalInstant> {
    let own = office_row::Entity::find_by_id(change.office_id()).one(change.tx()).await?;
    let own = own.ok_or_else(|| Fault::Internal("the requester's office is gone".to_owned()))?;
    let time = match when {
        When::Now => return calendar::local(change.now, &own.time_zone),
        When::At { local_time, time_zone } => {
            let zone = time_zone.as_deref().unwrap_or(&own.time_zone);
            calendar::resolve("when.at.localTime", local_time, zone)?
        }
        When::NextFreeSlot => match next_free_slot(change.tx(), channel_id, change.now).await? {
            Some(time) => time,
            None => {
                return refuse(
                    RefusalCode::Invalid,
                    "when.nextFreeSlot",
                    "this channel has no free slot: add one, or name a time",
                );
            }
        },
    };
    // A minute of grace, for clocks and for slow typists.
    if time.instant < change.now - TimeDelta::minutes(1) {
        return refuse(
            RefusalCode::Invalid,
            "when.at.localTime",
            "this time is in the past: name a later one, or publish now",
        );
    }
    if time.instant > change.now + TimeDelta::days(office.limits.schedule_ahead_days) {
        let message = format!("this time is more than {} days ahead", office.limits.schedule_ahead_days);
        return refuse(RefusalCode::Invalid, "when.at.localTime", message);
    }
    Ok(time)
}

/// The next occurrence of any of the channel's slots after `after` that no waiting post has taken.
pub async fn next_free_slot(
    db: &impl ConnectionTrait,
    channel_id: ChannelId,
    after: DateTime<Utc>,
) -> Result<Option<LocalInstant>> {
    Ok(next_free_slots(db, &[channel_id], after).await?.remove(&channel_id))
}

/// The same of many channels, in two statements. Channels without a free slot are left out.
pub async fn next_free_slots(
    db: &impl ConnectionTrait,
    channels: &[ChannelId],
    after: DateTime<Utc>,
) -> Result<HashMap<ChannelId, LocalInstant>> {
    let at_most = SLOTS_AT_MOST.saturating_mul(u64::try_from(channels.len()).unwrap_or(u64::MAX));
    let slots = slot::Entity::find()
        .filter(slot::Column::ChannelId.is_in(channels.iter().copied()))
        .limit(at_most)
        .all(db)
        .await?;
    let taken: Vec<(ChannelId, DateTime<Utc>)> = post::Entity::find()
        .select_only()
        .column(post::Column::ChannelId)
        .column(post::Column::DueAt)
        .filter(post::Column::ChannelId.is_in(channels.iter().copied()))
        .filter(post::Column::DueAt.gt(after))
        .filter(post::Column::State.is_in([
            PostState::Scheduled,
            PostState::Retrying,
            PostState::Held,
            PostState::Sending,
        ]))
        .into_tuple()
        .all(db)
        .await?;
    first_free(slots, &taken.into_iter().collect(), after)
}

fn first_free(
    slots: Vec<slot::Model>,
    taken: &HashSet<(ChannelId, DateTime<Utc>)>,
    after: DateTime<Utc>,
) -> Result<HashMap<ChannelId, LocalInstant>> {
    let mut found: HashMap<ChannelId, LocalInstant> = HashMap::new();
    for slot in slots {
        let (zone, id) = (&slot.time_zone, slot.channel_id);
        let ahead = calendar::occurrences(slot.weekday, &slot.local_time, zone, after, WEEKS_AHEAD)?;
        let Some(free) = ahead.into_iter().find(|time| !taken.contains(&(id, time.instant))) else {
            continue;
        };
        if found.get(&id).is_none_or(|earlier| free.instant < earlier.instant) {
            found.insert(id, free);
        }
    }
    Ok(found)
}
