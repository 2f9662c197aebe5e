//! Slots: the weekly local times at which a channel likes to post.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use office::{calendar::LocalInstant, policy::op, read, slots};

use super::Channel;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id, relation,
        scalars::{DateTime, LocalDateTime, TimeZone},
    },
};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// Of an ISO number, 1 = Monday.
    pub(crate) fn of(number: i16) -> Self {
        match number {
            2 => Self::Tuesday,
            3 => Self::Wednesday,
            4 => Self::Thursday,
            5 => Self::Friday,
            6 => Self::Saturday,
            7 => Self::Sunday,
            _ => Self::Monday,
        }
    }

    /// Its ISO number.
    pub(crate) fn number(self) -> i16 {
        match self {
            Self::Monday => 1,
            Self::Tuesday => 2,
            Self::Wednesday => 3,
            Self::Thursday => 4,
            Self::Friday => 5,
            Self::Saturday => 6,
            Self::Sunday => 7,
        }
    }
}

/// A time at which a channel could post next.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct FreeSlot {
    /// The local time.
    local_time: LocalDateTime,
    /// The zone in which it is meant.
    time_zone: TimeZone,
    /// The instant that it means.
    at: DateTime,
}

impl From<LocalInstant> for FreeSlot {
    fn from(time: LocalInstant) -> Self {
        Self {
            local_time: LocalDateTime(time.local_time),
            time_zone: TimeZone(time.time_zone),
            at: time.instant.into(),
        }
    }
}

/// A weekly time at which a channel likes to post.
#[derive(Debug, Clone)]
pub(crate) struct Slot(pub(crate) Arc<entity::slot::Model>);

impl From<entity::slot::Model> for Slot {
    fn from(row: entity::slot::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A weekly time at which a channel likes to post.
#[Object]
impl Slot {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The channel.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relation::one::<entity::channel::Entity, _>(ctx, self.0.channel_id, Channel).await
    }
    /// On which day.
    async fn weekday(&self) -> Weekday {
        Weekday::of(self.0.weekday)
    }
    /// At which time, `HH:MM`.
    async fn local_time(&self) -> &str {
        &self.0.local_time
    }
    /// In which zone.
    async fn time_zone(&self) -> TimeZone {
        TimeZone(self.0.time_zone.clone())
    }
    /// When it was added.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A new slot.
#[derive(Debug, InputObject)]
pub(crate) struct AddSlotInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The channel.
    channel_id: ID,
    /// On which day.
    weekday: Weekday,
    /// At which time, `HH:MM`, such as `09:30`.
    local_time: String,
    /// In which zone; the office's, when left out.
    time_zone: Option<TimeZone>,
}

/// A slot to take away.
#[derive(Debug, InputObject)]
pub(crate) struct RemoveSlotInput {
    /// Which slot.
    slot_id: ID,
}

payloads! {
    /// What `addSlot` answers.
    AddSlotPayload {
        /// The slot.
        slot: Slot,
    }
    /// What `removeSlot` answers.
    RemoveSlotPayload {
        /// The channel, without the slot.
        channel: Channel,
        /// Id of the slot that is no more.
        removed_slot_id: ID,
    }
}

/// Mutations of slots.
#[derive(Debug, Default)]
pub(crate) struct SlotMutation;

#[Object]
impl SlotMutation {
    /// Adds a weekly time to a channel; a steward or a coordinator does it. Codes: `NOT_FOUND`, `NOT_RESPONSIBLE`,
    /// `INVALID`, `TAKEN` when the channel has it already, `TOO_LONG` when it has too many, `KEY_REUSED`.
    async fn add_slot(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slot.")] input: AddSlotInput,
    ) -> Field<AddSlotPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AddSlot>()?;
            let office = ctx.office()?;
            let outcome = async {
                let new = slots::AddSlot {
                    client_key: input.client_key,
                    channel_id: id::decode(&input.channel_id)?,
                    weekday: input.weekday.number(),
                    local_time: input.local_time,
                    time_zone: input.time_zone.map(|zone| zone.0),
                };
                slots::add(office, &permit, new).await
            };
            payload(outcome.await, |row| AddSlotPayload::done(row.into()))
        })
        .await
    }

    /// Takes a weekly time away; a steward or a coordinator does it. Posts that were put into it keep their time. Codes:
    /// `NOT_FOUND`, `NOT_RESPONSIBLE`.
    async fn remove_slot(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemoveSlotInput,
    ) -> Field<RemoveSlotPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RemoveSlot>()?;
            let office = ctx.office()?;
            let outcome = async {
                let row = slots::remove(office, &permit, id::decode(&input.slot_id)?).await?;
                let db = office.db().read();
                let channel = read::one::<entity::channel::Entity>(db, row.office_id, row.channel_id).await?;
                Ok((channel, row.id))
            };
            payload(outcome.await, |(row, id)| RemoveSlotPayload::done(row.into(), id::encode(id)))
        })
        .await
    }
}
