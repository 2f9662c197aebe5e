//! Putting a channel in use, and letting it rest.

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
}

/// Mutations of a channel's life.
#[derive(Debug, Default)]
pub(crate) struct ChannelLifeMutation;

#[Object]
impl ChannelLifeMutation {
    /// Puts an approved or resting channel in use, once nothing of `Channel.readiness` is missing. The first time, its record
    /// goes into the public directory. Codes: `NOT_FOUND`, `INCOMPLETE`, whose message names each thing that is missing as
    /// `readiness` does, `ILLEGAL_STATE`, `TAKEN` when another channel has its address.
    async fn activate_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ActivateChannelInput,
    ) -> Field<ActivateChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ActivateChannel>()?;
            let office = ctx.office()?;
            let outcome =
                async { Box::pin(channels::activate(office, &permit, id::decode(&input.channel_id)?)).await };
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
            let outcome = async {
                Box::pin(channels::rest(office, &permit, id::decode(&input.channel_id)?, input.reason)).await
            };
            payload(outcome.await, |row| RestChannelPayload::done(row.into()))
        })
        .await
    }
}
