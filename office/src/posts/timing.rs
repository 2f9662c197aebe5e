//! When a post goes out: at a local time, at the channel's next free slot, or now.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ChannelId, OfficeId, office as office_row, post, post::PostState, slot};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    Office,
    blackouts::{self, Reaching},
    calendar::{self, LocalInstant},
    change::Change,
    error::{Fault, RefusalCode, Result, refuse},
};

/// How far ahead a free slot is looked for at first; then four times as far again and again, as far as posts may be.
const FIRST_LOOK: TimeDelta = TimeDelta::weeks(8);
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
    resolve_when(office, change.tx(), change.office_id(), change.now, when, channel_id).await
}

/// The same at a named moment, for looking ahead without a change.
pub(crate) async fn resolve_when(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    now: DateTime<Utc>,
    when: &When,
    channel_id: ChannelId,
) -> Result<LocalInstant> {
    let own = office_row::Entity::find_by_id(office_id).one(db).await?;
    let own = own.ok_or_else(|| Fault::Internal("the requester's office is gone".to_owned()))?;
    let time = match when {
        When::Now => return calendar::local(now, &own.time_zone),
        When::At { local_time, time_zone } => {
            let zone = time_zone.as_deref().unwrap_or(&own.time_zone);
            calendar::resolve("when.at.localTime", local_time, zone)?
        }
        When::NextFreeSlot => {
            let Some(time) = next_free_slot(office, db, office_id, channel_id, now).await? else {
                let message = "this channel has no free slot: add one, or name a time";
                return refuse(RefusalCode::Invalid, "when.nextFreeSlot", message);
            };
            time
        }
    };
    // A minute of grace, for clocks and for slow typists.
    if time.instant < now - TimeDelta::minutes(1) {
        return refuse(
            RefusalCode::Invalid,
            "when.at.localTime",
            "this time is in the past: name a later one, or publish now",
        );
    }
    if time.instant > now + TimeDelta::days(office.limits.schedule_ahead_days) {
        let message = format!("this time is more than {} days ahead", office.limits.schedule_ahead_days);
        return refuse(RefusalCode::Invalid, "when.at.localTime", message);
    }
    Ok(time)
}

/// The next occurrence of any of the channel's slots after `after` that no waiting post has taken and no blackout covers.
pub async fn next_free_slot(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channel_id: ChannelId,
    after: DateTime<Utc>,
) -> Result<Option<LocalInstant>> {
    Ok(next_free_slots(office, db, office_id, &[channel_id], after).await?.remove(&channel_id))
}

/// The same of many channels at once. Channels without a free slot as far ahead as a post may be scheduled are left out.
pub async fn next_free_slots(
    office: &Office,
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    channels: &[ChannelId],
    after: DateTime<Utc>,
) -> Result<HashMap<ChannelId, LocalInstant>> {
    let at_most = SLOTS_AT_MOST.saturating_mul(u64::try_from(channels.len()).unwrap_or(u64::MAX));
    let mut slots = slot::Entity::find()
        .filter(slot::Column::OfficeId.eq(office_id))
        .filter(slot::Column::ChannelId.is_in(channels.iter().copied()))
        .limit(at_most)
        .all(db)
        .await?;
    let blackouts = blackouts::standing(db, &[office_id], after).await?;
    let last = after + TimeDelta::days(office.limits.schedule_ahead_days);
    let (mut found, mut from, mut step) = (HashMap::new(), after, FIRST_LOOK);
    while from < last && !slots.is_empty() {
        let until = (from + step).min(last);
        let open: BTreeSet<ChannelId> = slots.iter().map(|slot| slot.channel_id).collect();
        let taken = taken(db, &open, from, until).await?;
        let free = |channel_id: ChannelId, time: &LocalInstant| {
            let reaching = Reaching { standing: &blackouts, office_id, channel_id, post_id: None };
            !taken.contains(&(channel_id, time.instant)) && reaching.stops(time.instant).is_none()
        };
        found.extend(first_free(&slots, from, until, free)?);
        slots.retain(|slot| !found.contains_key(&slot.channel_id));
        (from, step) = (until, step * 4);
    }
    Ok(found)
}

/// What waits on these channels, due after `from` and not after `until`.
async fn taken(
    db: &impl ConnectionTrait,
    channels: &BTreeSet<ChannelId>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<HashSet<(ChannelId, DateTime<Utc>)>> {
    let waiting = [
        PostState::Scheduled,
        PostState::Retrying,
        PostState::Held,
        PostState::Sending,
        PostState::Unconfirmed,
    ];
    let taken: Vec<(ChannelId, DateTime<Utc>)> = post::Entity::find()
        .select_only()
        .column(post::Column::ChannelId)
        .column(post::Column::DueAt)
        .filter(post::Column::ChannelId.is_in(channels.iter().copied()))
        .filter(post::Column::DueAt.gt(from))
        .filter(post::Column::DueAt.lte(until))
        .filter(post::Column::State.is_in(waiting))
        .into_tuple()
        .all(db)
        .await?;
    Ok(taken.into_iter().collect())
}

fn first_free(
    slots: &[slot::Model],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    free: impl Fn(ChannelId, &LocalInstant) -> bool,
) -> Result<HashMap<ChannelId, LocalInstant>> {
    let mut found: HashMap<ChannelId, LocalInstant> = HashMap::new();
    for slot in slots {
        let id = slot.channel_id;
        let ahead = calendar::weekly(slot.weekday, &slot.local_time, &slot.time_zone, from)?;
        let mut ahead = ahead.take_while(|time| time.instant <= until);
        let Some(next) = ahead.find(|time| free(id, time)) else { continue };
        if found.get(&id).is_none_or(|earlier| next.instant < earlier.instant) {
            found.insert(id, next);
        }
    }
    Ok(found)
}
