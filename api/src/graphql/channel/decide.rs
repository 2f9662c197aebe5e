//! The coordinator's answer to a wish for a channel, and connecting the channel.

use async_graphql::{Context, ID, InputObject, Object};
use office::{channels, policy::op};
use secrecy::SecretString;

use super::Channel;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        scalars::{DateTime, Url},
    },
};

/// The approval of a channel.
#[derive(Debug, InputObject)]
pub(crate) struct ApproveChannelInput {
    /// Which channel.
    channel_id: ID,
    /// A remark to whoever asked for it.
    comment: Option<String>,
}

/// The refusal of a channel.
#[derive(Debug, InputObject)]
pub(crate) struct DeclineChannelInput {
    /// Which channel.
    channel_id: ID,
    /// Why not.
    reason: String,
}

/// How a channel's connector signs in.
#[derive(InputObject)]
pub(crate) struct ConnectChannelInput {
    /// Which channel.
    channel_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Address of the server, such as `https://mastodon.example`, `https://bsky.social`, `https://graph.facebook.com` or
    /// `https://api.linkedin.com`.
    base_url: Option<Url>,
    /// User name; WordPress needs it. On Bluesky, the handle; without it, the channel's own. On Facebook, the Page's numeric
    /// id. On LinkedIn, the organisation's number or URN; it is needed.
    username: Option<String>,
    /// Whether the address may be one that is not public; only an administrator may say so.
    #[graphql(default)]
    allow_private_host: bool,
    /// `WEBHOOK` alone: whether its receiver does nothing a second time when an idempotency key is repeated, for as long as
    /// a post may be looked up (some hours). Then a message whose answer was lost is sent again with the same key, where
    /// otherwise a person is asked. Say so only of a receiver that keeps this promise.
    #[graphql(default)]
    honours_keys: bool,
    /// The access token, the application password (Bluesky: app password; Facebook: Page access token), or the secret that a webhook's receiver shares with Masthead. It is sealed at once; nothing ever shows it again.
    secret: String,
    /// When it ends, if that is known.
    expires_at: Option<DateTime>,
}

payloads! {
    /// What `approveChannel` answers.
    ApproveChannelPayload {
        /// The channel: `APPROVED`.
        channel: Channel,
    }
    /// What `declineChannel` answers.
    DeclineChannelPayload {
        /// The channel: `DECLINED`.
        channel: Channel,
    }
    /// What `connectChannel` answers.
    ConnectChannelPayload {
        /// The channel; its credential is `UNTESTED` until a worker has tried it.
        channel: Channel,
    }
}

/// Mutations that decide about channels.
#[derive(Debug, Default)]
pub(crate) struct ChannelDecisionMutation;

#[Object]
impl ChannelDecisionMutation {
    /// The coordinator sees the need: the channel may be set up. Codes: `NOT_FOUND`, `ILLEGAL_STATE` when it was decided
    /// before, `TOO_LONG`.
    async fn approve_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The approval.")] input: ApproveChannelInput,
    ) -> Field<ApproveChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ApproveChannel>()?;
            let office = ctx.office()?;
            let outcome = async {
                channels::approve(office, &permit, id::decode(&input.channel_id)?, input.comment).await
            };
            payload(outcome.await, |row| ApproveChannelPayload::done(row.into()))
        })
        .await
    }

    /// The coordinator declines a channel and says why. Codes: `NOT_FOUND`, `ILLEGAL_STATE` when it was decided before,
    /// `REQUIRED` for the reason, `TOO_LONG`.
    async fn decline_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refusal.")] input: DeclineChannelInput,
    ) -> Field<DeclineChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::DeclineChannel>()?;
            let office = ctx.office()?;
            let outcome = async {
                channels::decline(office, &permit, id::decode(&input.channel_id)?, input.reason).await
            };
            payload(outcome.await, |row| DeclineChannelPayload::done(row.into()))
        })
        .await
    }

    /// Stores how a channel's connector signs in, in place of what was stored. Codes: `NOT_FOUND`, `CONFLICT`,
    /// `ILLEGAL_STATE` before it is approved and after it is closed, `REQUIRED`, `TOO_LONG`, `INVALID` (also for a
    /// platform that needs no credential here).
    async fn connect_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to sign in.")] input: ConnectChannelInput,
    ) -> Field<ConnectChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ConnectChannel>()?;
            let office = ctx.office()?;
            let outcome = async { Box::pin(channels::connect(office, &permit, connection(input)?)).await };
            payload(outcome.await, |row| ConnectChannelPayload::done(row.into()))
        })
        .await
    }
}

fn connection(input: ConnectChannelInput) -> office::Result<channels::ConnectChannel> {
    Ok(channels::ConnectChannel {
        secret: SecretString::from(input.secret),
        channel_id: id::decode(&input.channel_id)?,
        expected_version: input.expected_version,
        base_url: input.base_url.map(|url| url.0),
        username: input.username,
        allow_private_host: input.allow_private_host,
        honours_keys: input.honours_keys,
        expires_at: input.expires_at.map(|at| at.0),
    })
}
