//! The yearly look at a channel, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{channel, channel_review};
use office::{channels, policy::op};

use super::Channel;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        loaders::rows::ReviewsOfChannel,
        member::Member,
        relation, relations,
        scalars::{Date, DateTime},
    },
};

/// What a look at a channel comes to. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "channel::Verdict")]
pub(crate) enum ChannelVerdict {
    /// It goes on.
    Keep,
    /// It rests: nothing goes out, and the directory says so.
    Rest,
    /// It is to be retired: that becomes a task of the coordinators, who say with `retireChannel` what is left of it.
    Retire,
}

/// A look at whether a channel still serves.
#[derive(Debug, Clone)]
pub(crate) struct ChannelReview(pub(crate) Arc<channel_review::Model>);

impl From<channel_review::Model> for ChannelReview {
    fn from(row: channel_review::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A look at whether a channel still serves.
#[Object]
impl ChannelReview {
    /// Its id.
    async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Which channel, as it is now.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, Some(self.0.channel_id)).await
    }
    /// Who looked.
    async fn reviewed_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.reviewed_by)).await
    }
    /// What they found.
    async fn findings(&self) -> &str {
        &self.0.findings
    }
    /// What it came to.
    async fn verdict(&self) -> ChannelVerdict {
        self.0.verdict.into()
    }
    /// When.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// Of a channel, oldest first.
pub(super) async fn of(ctx: &Context<'_>, channel: &Channel) -> Result<Vec<ChannelReview>> {
    let rows = relation::many::<ReviewsOfChannel>(ctx, channel.0.id).await?;
    Ok(rows.into_iter().map(ChannelReview).collect())
}

/// The day of the next look.
pub(super) async fn due_on(ctx: &Context<'_>, channel: &Channel) -> Result<Option<Date>> {
    let own = relation::own_office(ctx, channel.0.office_id).await?;
    let day = channels::due_for_review(ctx.office()?.limits(), &channel.0, &own.time_zone)?;
    Ok(day.map(Date::from))
}

/// A look at a channel.
#[derive(Debug, InputObject)]
pub(crate) struct ReviewChannelInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// Which channel, in use or at rest.
    channel_id: ID,
    /// What you found: whom it reaches, whether its record and its bio are still true, who runs it.
    findings: String,
    /// What it comes to.
    verdict: ChannelVerdict,
}

payloads! {
    /// What `reviewChannel` answers.
    ReviewChannelPayload {
        /// The review; its `channel` is as it is now.
        review: ChannelReview,
    }
}

/// Mutations of reviews of channels.
#[derive(Debug, Default)]
pub(crate) struct ChannelReviewMutation;

#[Object]
impl ChannelReviewMutation {
    /// Records a look at whether a channel still serves; a steward or a coordinator does it, once a year at least
    /// (`Channel.reviewDueOn`; due is the task `REVIEW_CHANNEL`, overdue an orphan risk). The next is due a year from today.
    /// With `REST` an active channel rests at once. Codes: `REQUIRED`, `TOO_LONG`, `NOT_FOUND`, `NOT_RESPONSIBLE`,
    /// `ILLEGAL_STATE` when it is neither in use nor at rest, `KEY_REUSED`.
    async fn review_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you found.")] input: ReviewChannelInput,
    ) -> Field<ReviewChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ReviewChannel>()?;
            let office = ctx.office()?;
            let outcome = async {
                let review = channels::ReviewChannel {
                    client_key: input.client_key,
                    channel_id: id::decode(&input.channel_id)?,
                    findings: input.findings,
                    verdict: input.verdict.into(),
                };
                Box::pin(channels::review(office, &permit, review)).await
            };
            payload(outcome.await, |row| ReviewChannelPayload::done(row.into()))
        })
        .await
    }
}
