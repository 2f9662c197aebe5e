//! What a channel needs before it may be in use, as clients see it.

use async_graphql::{Context, Enum, Result, SimpleObject};
use office::channels;

use super::Channel;
use crate::graphql::context::ContextExt as _;

/// One thing that a channel in use needs. Clients must accept values that they do not know: show `message` then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "channels::ReadinessItem")]
pub(crate) enum ReadinessItem {
    /// Two stewards who are active members.
    Stewards,
    /// A bio line that says who runs it, and that the account's own description shows, where its platform lets that be read.
    BioLine,
    /// A contact for the public.
    Contact,
    /// The hours at which somebody reads what comes in.
    MonitoredHours,
    /// A credential that the platform takes, where its connector signs in.
    Credential,
    /// An address that is its own account.
    Address,
}

/// How one thing stands that a channel in use needs.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChannelReadiness {
    /// Which thing.
    item: ReadinessItem,
    /// Whether it is there.
    done: bool,
    /// How it stands, for people.
    message: String,
    /// The mutation that puts it right; null when it is there.
    act: Option<&'static str>,
}

impl From<channels::Readiness> for ChannelReadiness {
    fn from(one: channels::Readiness) -> Self {
        Self {
            item: one.item.into(),
            done: one.missing.is_none(),
            message: one.message,
            act: one.missing.map(|missing| missing.act),
        }
    }
}

/// Of a channel.
pub(super) async fn of(ctx: &Context<'_>, channel: &Channel) -> Result<Vec<ChannelReadiness>> {
    let found = ctx.loaders()?.readiness(&channel.0).await?;
    Ok(found.into_iter().map(ChannelReadiness::from).collect())
}
