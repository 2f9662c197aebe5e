//! A channel's life after its approval.

use async_graphql::{Context, ID, InputObject, Object};
use office::{channels, policy::op};

use super::Channel;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// Putting a channel in use.
#[derive(Debug, InputObject)]
pub(crate) struct ActivateChannelInput {
    /// Which channel.
    channel_id: ID,
}

/// Letting a channel rest.
#[derive(Debug, InputObject)]
pub(crate) struct RestChannelInput {
    /// Which channel.
    channel_id: ID,
    /// Why.
    reason: Option<String>,
}

/// Closing a channel for good.
#[derive(Debug, InputObject)]
pub(crate) struct RetireChannelInput {
    /// Which channel.
    channel_id: ID,
    /// Why.
    reason: Option<String>,
}

payloads! {
    /// What `activateChannel` answers.
    ActivateChannelPayload {
        /// The channel: `ACTIVE`.
        channel: Channel,
    }
    /// What `restChannel` answers.
    RestChannelPayload {
        /// The channel: `DORMANT`.
        channel: Channel,
    }
    /// What `retireChannel` answers.
    RetireChannelPayload {
        /// The channel: `RETIRED`.
        channel: Channel,
    }
}

/// Mutations of a channel's life.
#[derive(Debug, Default)]
pub(crate) struct ChannelLifeMutation;

#[Object]
impl ChannelLifeMutation {
    /// Puts an approved or resting channel in use. It needs two stewards who are active members, and a credential where
    /// its connector signs in. The first time, its record goes into the public directory. Codes: `NOT_FOUND`,
    /// `ILLEGAL_STATE`, whose message says what is missing.
    async fn activate_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ActivateChannelInput,
    ) -> Field<ActivateChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ActivateChannel>()?;
            let office = ctx.office()?;
            let outcome = async { channels::activate(office, &permit, id::decode(&input.channel_id)?).await };
            payload(outcome.await, |row| ActivateChannelPayload::done(row.into()))
        })
        .await
    }

    /// Lets a channel rest: the directory lists it as dormant, and nothing goes out. A steward or a coordinator does it.
    /// Codes: `NOT_FOUND`, `NOT_RESPONSIBLE`, `ILLEGAL_STATE`, `TOO_LONG`.
    async fn rest_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: RestChannelInput,
    ) -> Field<RestChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RestChannel>()?;
            let office = ctx.office()?;
            let outcome =
                async { channels::rest(office, &permit, id::decode(&input.channel_id)?, input.reason).await };
            payload(outcome.await, |row| RestChannelPayload::done(row.into()))
        })
        .await
    }

    /// Closes a channel for good: its secret is forgotten, and `verify` answers that it was ours. Codes: `NOT_FOUND`,
    /// `ILLEGAL_STATE`, `TOO_LONG`.
    async fn retire_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: RetireChannelInput,
    ) -> Field<RetireChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RetireChannel>()?;
            let office = ctx.office()?;
            let outcome = async {
                channels::retire(office, &permit, id::decode(&input.channel_id)?, input.reason).await
            };
            payload(outcome.await, |row| RetireChannelPayload::done(row.into()))
        })
        .await
    }
}
