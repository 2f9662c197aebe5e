//! Proposing and changing initiatives.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use office::{initiatives, policy::op};

use super::{Initiative, announcement::ids};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, edit::edit, id, scalars::Date},
};

/// A new initiative.
#[derive(Debug, InputObject)]
pub(crate) struct ProposeInitiativeInput {
    /// Chosen by the client, new for each proposal: the same call with the same key answers with the same initiative.
    client_key: Option<String>,
    /// Name, unique in the office.
    name: String,
    /// What it is for.
    purpose: String,
    /// Whom it wants to reach.
    audience: String,
    /// Who runs it day to day.
    run_by: String,
    /// How it is staffed and for how many hours.
    staffing: String,
    /// Who takes over when the project ends or people leave.
    successor: String,
    /// First day, in the office's zone.
    starts_on: Date,
    /// Last day; leave it out for one without a planned end.
    ends_on: Option<Date>,
    /// The project's tag, with or without `#`.
    hashtag: Option<String>,
    /// The member who owns it, with the role `PROJECT_MANAGER` or `COORDINATOR`; you, when left out.
    manager_id: Option<ID>,
    /// Channels of the office that could carry it: see `channelMatches`.
    existing_channels: Option<Vec<ID>>,
    /// Why those, or why none.
    existing_channels_note: Option<String>,
}

/// An edit of an initiative; what is left out stays.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateInitiativeInput {
    /// Which initiative.
    initiative_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Another name.
    name: Option<String>,
    /// Another purpose.
    purpose: Option<String>,
    /// Another audience.
    audience: Option<String>,
    /// Somebody else runs it.
    run_by: Option<String>,
    /// Staffed otherwise.
    staffing: Option<String>,
    /// Somebody else takes over.
    successor: Option<String>,
    /// Another first day.
    starts_on: Option<Date>,
    /// Another last day; `null` for no planned end.
    ends_on: MaybeUndefined<Date>,
    /// Another tag; `null` for none.
    hashtag: MaybeUndefined<String>,
    /// Other channels that could carry it, all of them.
    existing_channels: Option<Vec<ID>>,
    /// Another reason why those or none; `null` for none.
    existing_channels_note: MaybeUndefined<String>,
    /// Another owner, with the role `PROJECT_MANAGER` or `COORDINATOR`.
    manager_id: Option<ID>,
}

payloads! {
    /// What `proposeInitiative` answers.
    ProposeInitiativePayload {
        /// The initiative: `PROPOSED`.
        initiative: Initiative,
    }
    /// What `updateInitiative` answers.
    UpdateInitiativePayload {
        /// The initiative as it is now.
        initiative: Initiative,
    }
}

/// Mutations of what an initiative says of itself.
#[derive(Debug, Default)]
pub(crate) struct InitiativeMutation;

#[Object]
impl InitiativeMutation {
    /// Proposes an initiative: it waits for the coordinators, who get a mail and see it among their tasks. Codes: `REQUIRED`,
    /// `TOO_LONG`, `INVALID` (also for an owner without the role), `TAKEN` for the name, `NOT_FOUND` for the owner or a channel,
    /// `KEY_REUSED`.
    async fn propose_initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The initiative.")] input: ProposeInitiativeInput,
    ) -> Field<ProposeInitiativePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ProposeInitiative>()?;
            let office = ctx.office()?;
            let outcome = async { initiatives::propose(office, &permit, proposal(input)?).await };
            payload(outcome.await, |row| ProposeInitiativePayload::done(row.into()))
        })
        .await
    }

    /// Changes an initiative that is not over; its project manager or a coordinator does it, and until it is decided whoever
    /// proposed it. Codes: `CONFLICT` when
    /// somebody changed it meanwhile, `NOT_RESPONSIBLE`, `ILLEGAL_STATE`, `TAKEN`, `INVALID`, `TOO_LONG`, `NOT_FOUND`.
    async fn update_initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edit.")] input: UpdateInitiativeInput,
    ) -> Field<UpdateInitiativePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::UpdateInitiative>()?;
            let office = ctx.office()?;
            let outcome = async { initiatives::update(office, &permit, changes(input)?).await };
            payload(outcome.await, |row| UpdateInitiativePayload::done(row.into()))
        })
        .await
    }
}

fn proposal(input: ProposeInitiativeInput) -> office::Result<initiatives::ProposeInitiative> {
    Ok(initiatives::ProposeInitiative {
        client_key: input.client_key,
        name: input.name,
        purpose: input.purpose,
        audience: input.audience,
        run_by: input.run_by,
        staffing: input.staffing,
        successor: input.successor,
        starts_on: input.starts_on.0,
        ends_on: input.ends_on.map(|day| day.0),
        hashtag: input.hashtag,
        manager_id: id::decode_opt(input.manager_id.as_ref())?,
        existing_channels: ids(&input.existing_channels.unwrap_or_default())?,
        existing_channels_note: input.existing_channels_note,
    })
}

fn changes(input: UpdateInitiativeInput) -> office::Result<initiatives::UpdateInitiative> {
    Ok(initiatives::UpdateInitiative {
        initiative_id: id::decode(&input.initiative_id)?,
        expected_version: input.expected_version,
        name: input.name,
        purpose: input.purpose,
        audience: input.audience,
        run_by: input.run_by,
        staffing: input.staffing,
        successor: input.successor,
        starts_on: input.starts_on.map(|day| day.0),
        ends_on: edit(input.ends_on.map_value(|day| day.0)),
        hashtag: edit(input.hashtag),
        existing_channels: input.existing_channels.as_deref().map(ids).transpose()?,
        existing_channels_note: edit(input.existing_channels_note),
        manager_id: id::decode_opt(input.manager_id.as_ref())?,
    })
}
