//! Stewards: who answers for a channel.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use office::{policy::op, stewards};

use super::{Channel, object::within_office};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, member::Member, relation, scalars::DateTime},
};

/// A member's stewardship of a channel.
#[derive(Debug, Clone)]
pub(crate) struct Steward(pub(crate) Arc<entity::steward::Model>);

impl From<entity::steward::Model> for Steward {
    fn from(row: entity::steward::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A member's stewardship of a channel.
#[Object]
impl Steward {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// The channel.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relation::one::<entity::channel::Entity, _>(ctx, self.0.channel_id, Channel).await
    }
    /// The steward; null for integrations without `OFFICE_READ`.
    async fn member(&self, ctx: &Context<'_>) -> Field<Member> {
        let id = within_office(ctx).then_some(self.0.member_id);
        relation::maybe::<entity::member::Entity, _>(ctx, id, Member).await
    }
    /// Whether this is the one on duty. At most one steward of a channel is.
    async fn on_duty(&self) -> bool {
        self.0.on_duty
    }
    /// From when.
    async fn since(&self) -> DateTime {
        self.0.since.into()
    }
    /// Until when; null while it lasts.
    async fn until(&self) -> Option<DateTime> {
        self.0.until.map(DateTime::from)
    }
}

/// A new stewardship.
#[derive(Debug, InputObject)]
pub(crate) struct AddStewardInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// The channel.
    channel_id: ID,
    /// The steward, an active member.
    member_id: ID,
    /// Whether they are on duty from now on, in place of whoever is.
    #[graphql(default)]
    on_duty: bool,
}

/// The end of a stewardship.
#[derive(Debug, InputObject)]
pub(crate) struct RemoveStewardInput {
    /// Which stewardship.
    steward_id: ID,
}

/// A change of duty.
#[derive(Debug, InputObject)]
pub(crate) struct SetStewardDutyInput {
    /// Which stewardship.
    steward_id: ID,
    /// On duty, in place of whoever is; or off.
    on_duty: bool,
}

payloads! {
    /// What `addSteward` answers.
    AddStewardPayload {
        /// The stewardship.
        steward: Steward,
    }
    /// What `removeSteward` answers.
    RemoveStewardPayload {
        /// The stewardship, ended.
        steward: Steward,
    }
    /// What `setStewardDuty` answers.
    SetStewardDutyPayload {
        /// The stewardship as it is now.
        steward: Steward,
    }
}

/// Mutations of stewardships.
#[derive(Debug, Default)]
pub(crate) struct StewardMutation;

#[Object]
impl StewardMutation {
    /// Makes a member answer for a channel. Codes: `NOT_FOUND` for the channel or the member, `TAKEN` when they are a
    /// steward of it already, `ILLEGAL_STATE` when it is closed, `KEY_REUSED`.
    async fn add_steward(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The stewardship.")] input: AddStewardInput,
    ) -> Field<AddStewardPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AddSteward>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (channel_id, member_id) = (id::decode(&input.channel_id)?, id::decode(&input.member_id)?);
                let (client_key, on_duty) = (input.client_key, input.on_duty);
                let new = stewards::AddSteward { client_key, channel_id, member_id, on_duty };
                stewards::add(office, &permit, new).await
            };
            payload(outcome.await, |row| AddStewardPayload::done(row.into()))
        })
        .await
    }

    /// Ends a stewardship. An active channel keeps two: add another first, or let it rest. Codes: `NOT_FOUND`,
    /// `ILLEGAL_STATE`.
    async fn remove_steward(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemoveStewardInput,
    ) -> Field<RemoveStewardPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RemoveSteward>()?;
            let office = ctx.office()?;
            let outcome = async { stewards::remove(office, &permit, id::decode(&input.steward_id)?).await };
            payload(outcome.await, |row| RemoveStewardPayload::done(row.into()))
        })
        .await
    }

    /// Puts a steward on duty in place of whoever was, or off duty; a steward of the channel or a coordinator does it.
    /// Codes: `NOT_FOUND`, `NOT_RESPONSIBLE`, `ILLEGAL_STATE` when the stewardship has ended.
    async fn set_steward_duty(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and on or off.")] input: SetStewardDutyInput,
    ) -> Field<SetStewardDutyPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SetStewardDuty>()?;
            let office = ctx.office()?;
            let outcome = async {
                stewards::set_duty(office, &permit, id::decode(&input.steward_id)?, input.on_duty).await
            };
            payload(outcome.await, |row| SetStewardDutyPayload::done(row.into()))
        })
        .await
    }
}
