//! Making recurrences, approving them, changing when they end, and ending them.

use async_graphql::{Context, ID, InputObject, Object};
use office::{policy::op, recurrences};

use super::{
    object::Recurrence,
    repeats::{EndsInput, RepeatsInput},
};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        scalars::{Date, TimeZone},
    },
};

/// A new recurrence.
#[derive(Debug, InputObject)]
pub(crate) struct CreateRecurrenceInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The approved draft.
    draft_id: ID,
    /// On these of its channels; on all of them when left out.
    #[graphql(default)]
    channel_ids: Vec<ID>,
    /// How it repeats.
    repeats: RepeatsInput,
    /// The first day that may be one of its days: today or later.
    starts_on: Date,
    /// When it ends: as far ahead as posts may be scheduled, at most.
    ends: EndsInput,
    /// At which time, `HH:MM`, such as `09:30`.
    local_time: String,
    /// In which zone; the office's when left out.
    time_zone: Option<TimeZone>,
    /// Minutes late that each of its posts may leave before it counts as `MISSED`; the office's usual when left out.
    publish_late_minutes: Option<i32>,
}

/// An approval of a recurrence.
#[derive(Debug, InputObject)]
pub(crate) struct ApproveRecurrenceInput {
    /// Which.
    recurrence_id: ID,
    /// The version that was read: another means that its rule changed meanwhile.
    expected_version: i64,
    /// Digest of the draft's revision that was read: another means that its words changed meanwhile.
    digest: String,
}

/// Another end of a recurrence.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateRecurrenceInput {
    /// Which.
    recurrence_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// When it ends.
    ends: EndsInput,
}

/// A recurrence to end.
#[derive(Debug, InputObject)]
pub(crate) struct EndRecurrenceInput {
    /// Which.
    recurrence_id: ID,
    /// The version that was read.
    expected_version: i64,
}

payloads! {
    /// What `createRecurrence` answers.
    CreateRecurrencePayload {
        /// The recurrence; it waits for approval.
        recurrence: Recurrence,
    }
    /// What `approveRecurrence` answers.
    ApproveRecurrencePayload {
        /// The recurrence, with its first posts.
        recurrence: Recurrence,
    }
    /// What `updateRecurrence` answers.
    UpdateRecurrencePayload {
        /// The recurrence as it is now.
        recurrence: Recurrence,
    }
    /// What `endRecurrence` answers.
    EndRecurrencePayload {
        /// The recurrence, ended.
        recurrence: Recurrence,
    }
}

/// Mutations of recurrences.
#[derive(Debug, Default)]
pub(crate) struct RecurrenceMutation;

#[Object]
impl RecurrenceMutation {
    /// Proposes that an approved draft is repeated by a rule. Its posts come into being when another person has approved
    /// that (`approveRecurrence`). User errors: `ILLEGAL_STATE` (the draft is not approved, or goes out as a
    /// thread there), `INVALID` (`repeats`, `startsOn`, `ends`, `localTime`, `publishLateMinutes`, a channel that the draft
    /// does not name), `REQUIRED` (it names no channel), `TOO_LONG` (too many of one draft), `NOT_FOUND`, `KEY_REUSED`.
    async fn create_recurrence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, where, when and how often.")] input: CreateRecurrenceInput,
    ) -> Field<CreateRecurrencePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CreateRecurrence>()?;
            let office = ctx.office()?;
            let outcome = async {
                let new = recurrences::CreateRecurrence {
                    client_key: input.client_key,
                    draft_id: id::decode(&input.draft_id)?,
                    channel_ids: id::decode_all(&input.channel_ids)?,
                    repeats: input.repeats.read()?,
                    starts_on: input.starts_on.0,
                    ends: input.ends.read(),
                    local_time: input.local_time,
                    time_zone: input.time_zone.map(|zone| zone.0),
                    publish_late_minutes: input.publish_late_minutes,
                };
                recurrences::create(office, &permit, new).await
            };
            payload(Box::pin(outcome).await, |row| CreateRecurrencePayload::done(row.into()))
        })
        .await
    }

    /// Approves that the draft's approved words go out at each of the rule's times, and makes the posts of the next weeks.
    /// Posts of it that waited for older words take up these. User errors: `OWN_WORDS` (you wrote part of the draft, or made
    /// the recurrence), `CONFLICT` (`expectedVersion` or `digest`: it was changed meanwhile), `HANDBOOK_NOT_ACKNOWLEDGED`,
    /// `ILLEGAL_STATE` (approved or ended already, or the draft is not approved), `INVALID` (none of its times is ahead, or
    /// the draft does not name one of its channels any more), `NOT_FOUND`.
    async fn approve_recurrence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, as it was read.")] input: ApproveRecurrenceInput,
    ) -> Field<ApproveRecurrencePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ApproveRecurrence>()?;
            let office = ctx.office()?;
            let outcome = async {
                let approval = recurrences::ApproveRecurrence {
                    id: id::decode(&input.recurrence_id)?,
                    expected_version: input.expected_version,
                    digest: input.digest,
                };
                recurrences::approve(office, &permit, approval).await
            };
            payload(Box::pin(outcome).await, |row| ApproveRecurrencePayload::done(row.into()))
        })
        .await
    }

    /// Changes when a recurrence ends. An earlier end cancels the posts beyond it; a later one asks for approval again, and
    /// the posts that exist stay approved meanwhile. User errors: `CONFLICT`, `ILLEGAL_STATE` (it has ended), `INVALID`
    /// (`ends`: none of its times would be ahead, or too far), `NOT_FOUND`.
    async fn update_recurrence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and the new end.")] input: UpdateRecurrenceInput,
    ) -> Field<UpdateRecurrencePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::UpdateRecurrence>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (id, ends) = (id::decode(&input.recurrence_id)?, input.ends.read());
                recurrences::update(office, &permit, id, input.expected_version, ends).await
            };
            payload(Box::pin(outcome).await, |row| UpdateRecurrencePayload::done(row.into()))
        })
        .await
    }

    /// Ends a recurrence: those of its posts that have not left are cancelled. User errors: `CONFLICT`, `ILLEGAL_STATE` (it
    /// has ended already), `NOT_FOUND`.
    async fn end_recurrence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: EndRecurrenceInput,
    ) -> Field<EndRecurrencePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::EndRecurrence>()?;
            let office = ctx.office()?;
            let outcome = async {
                let id = id::decode(&input.recurrence_id)?;
                recurrences::end(office, &permit, id, input.expected_version).await
            };
            payload(Box::pin(outcome).await, |row| EndRecurrencePayload::done(row.into()))
        })
        .await
    }
}
