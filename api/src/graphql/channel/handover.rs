//! Handing over what somebody looked after, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::channel_handover;
use office::{handovers, policy::op};

use super::Channel;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _, id, loaders::rows::HandoversOfChannel, member::Member, relation, relations,
        scalars::DateTime,
    },
};

/// One thing to be done when somebody leaves a channel. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "channel_handover::HandoverItem")]
pub(crate) enum HandoverItem {
    /// The channel has two stewards again (`addSteward`). It cannot be ticked before.
    AddSteward,
    /// The credential is another than the one that the leaver knew (`connectChannel`).
    ReplaceCredential,
    /// The platform's own list of who may enter the account does not name the leaver: look there.
    CheckAccessList,
    /// Neither the account's description nor the channel's record names the leaver.
    CheckBio,
    /// What the leaver had begun or promised there is somebody else's.
    PassOnOpenWork,
}

/// A line of a checklist.
#[derive(Debug, Clone)]
pub(crate) struct HandoverLine(channel_handover::Item);

/// A line of a checklist.
#[Object]
impl HandoverLine {
    /// What is to be done.
    async fn item(&self) -> HandoverItem {
        self.0.item.into()
    }
    /// Whether somebody says that it is.
    async fn done(&self) -> bool {
        self.0.ticked_at.is_some()
    }
    /// Who says so; null while it is open.
    async fn ticked_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.ticked_by).await
    }
    /// When they did; null while it is open.
    async fn ticked_at(&self) -> Option<DateTime> {
        self.0.ticked_at.map(DateTime::from)
    }
}

/// What is handed over when somebody who looked after a channel leaves it.
#[derive(Debug, Clone)]
pub(crate) struct ChannelHandover(pub(crate) Arc<channel_handover::Model>);

impl From<channel_handover::Model> for ChannelHandover {
    fn from(row: channel_handover::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// What is handed over when somebody who looked after a channel leaves it, or leaves the office: a checklist that stewards
/// and coordinators tick (`tickHandover`). It is open until all is ticked, or the channel is retired.
#[Object]
impl ChannelHandover {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Which channel.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, Some(self.0.channel_id)).await
    }
    /// Who left it.
    async fn leaver(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.member_id)).await
    }
    /// What is to be done, and what is.
    async fn items(&self) -> Vec<HandoverLine> {
        self.0.items.0.iter().cloned().map(HandoverLine).collect()
    }
    /// Since when.
    async fn opened_at(&self) -> DateTime {
        self.0.opened_at.into()
    }
    /// When the last line was ticked, or the channel was retired; null while it is open.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime::from)
    }
}

/// Of a channel, oldest first.
pub(super) async fn of(ctx: &Context<'_>, channel: &Channel) -> Result<Vec<ChannelHandover>> {
    let rows = relation::many::<HandoversOfChannel>(ctx, channel.0.id).await?;
    Ok(rows.into_iter().map(ChannelHandover).collect())
}

/// A tick on a checklist.
#[derive(Debug, InputObject)]
pub(crate) struct TickHandoverInput {
    /// Which hand-over.
    handover_id: ID,
    /// What is done.
    item: HandoverItem,
}

payloads! {
    /// What `tickHandover` answers.
    TickHandoverPayload {
        /// The hand-over as it is now.
        handover: ChannelHandover,
    }
}

/// Mutations of hand-overs.
#[derive(Debug, Default)]
pub(crate) struct HandoverMutation;

#[Object]
impl HandoverMutation {
    /// Says that one thing of a hand-over is done; a steward of the channel or a coordinator does it. What is ticked stays
    /// ticked, and the last tick closes the hand-over. Codes: `NOT_FOUND`, `NOT_RESPONSIBLE`, `INVALID` for a thing that is
    /// not asked for, `ILLEGAL_STATE` when it is closed, or for `ADD_STEWARD` while the channel has too few.
    async fn tick_handover(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what is done.")] input: TickHandoverInput,
    ) -> Field<TickHandoverPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::TickHandover>()?;
            let office = ctx.office()?;
            let outcome = async {
                let handover_id = id::decode(&input.handover_id)?;
                let tick = handovers::TickHandover { handover_id, item: input.item.into() };
                Box::pin(handovers::tick(office, &permit, tick)).await
            };
            payload(outcome.await, |row| TickHandoverPayload::done(row.into()))
        })
        .await
    }
}
