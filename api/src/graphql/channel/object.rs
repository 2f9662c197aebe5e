//! A channel as clients see it. What is internal to the office is null for integrations without the scope `OFFICE_READ`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use office::policy::op;

use super::{
    Slot, Steward,
    authorization::ChannelAuthorization,
    handover::{self, ChannelHandover},
    profile::ChannelProfile,
    queue::{self, ChannelQueue},
    readiness::{self, ChannelReadiness},
    retirement::ChannelRetirement,
    review::{self, ChannelReview},
    risk::OrphanRisk,
    rounds::{self, ChannelRound},
    slot::FreeSlot,
    values::{ChannelRecord, ChannelState, CredentialHealth, Platform},
};
use crate::{
    error::Field,
    graphql::{
        context::ContextExt as _,
        id,
        initiative::Initiative,
        loaders::rows::{SlotsOfChannel, StewardsOfChannel},
        member::Member,
        relation,
        scalars::{Date, DateTime, Url},
    },
};

/// A shared office account on one platform.
#[derive(Debug, Clone)]
pub(crate) struct Channel(pub(crate) Arc<entity::channel::Model>);

impl From<entity::channel::Model> for Channel {
    fn from(row: entity::channel::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A shared office account on one platform: asked for, approved, connected, in use, at rest, retired. An active one has
/// at least two stewards.
#[Object]
impl Channel {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Where it is.
    async fn platform(&self) -> Platform {
        self.0.platform.into()
    }

    /// The platform's name for people, such as `Mastodon`; where `platform` is `OTHER`, the one of the address, such as
    /// `TikTok`, or the address's host.
    async fn platform_name(&self) -> String {
        office::directory::platform_name(self.0.platform, &self.0.url)
    }
    /// Account name there, without `@`; for a blog, its host and path. Unique on the platform in the office.
    async fn handle(&self) -> &str {
        &self.0.handle
    }
    /// Public address of the account.
    async fn url(&self) -> Url {
        Url(self.0.url.clone())
    }
    /// Name as the public sees it.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }
    /// What it is for.
    async fn purpose(&self) -> &str {
        &self.0.purpose
    }
    /// Whom it reaches.
    async fn audience(&self) -> &str {
        &self.0.audience
    }
    /// BCP 47 tag of its language, such as `en-CA`.
    async fn language(&self) -> &str {
        &self.0.language
    }
    /// The line of its bio that says who runs it.
    async fn bio_line(&self) -> &str {
        &self.0.bio_line
    }
    /// When somebody reads what comes in.
    async fn monitored_hours(&self) -> &str {
        &self.0.monitored_hours
    }
    /// Where the public reaches whoever runs it, an e-mail or web address; null until somebody says it.
    async fn contact(&self) -> Option<&str> {
        self.0.contact.as_deref()
    }
    /// Put at the end of each post, such as initials; null for none.
    async fn signature(&self) -> Option<&str> {
        self.0.signature.as_deref()
    }
    /// Where it is in its life.
    async fn state(&self) -> ChannelState {
        self.0.state.into()
    }
    /// The initiative that it serves alone; null for a channel of the whole office.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        let id = self.0.initiative_id.filter(|_| within_office(ctx));
        relation::maybe::<entity::initiative::Entity, _>(ctx, id, Initiative).await
    }
    /// The members who answer for it now, longest-serving first.
    async fn stewards(&self, ctx: &Context<'_>) -> Field<Vec<Steward>> {
        Some(stewards(ctx, self).await)
    }
    /// The weekly times at which it likes to post, in the order of the week.
    async fn slots(&self, ctx: &Context<'_>) -> Field<Vec<Slot>> {
        Some(slots(ctx, self).await)
    }
    /// The next of those times that no waiting post has taken; null when it has no free one in the next half year.
    async fn next_free_slot(&self, ctx: &Context<'_>) -> Field<FreeSlot> {
        next_free_slot(ctx, self).await.transpose()
    }
    /// What its queue waits for; null before its first post, and for integrations without `OFFICE_READ`.
    async fn queue(&self, ctx: &Context<'_>) -> Field<ChannelQueue> {
        if within_office(ctx) { queue::of(ctx, self).await.transpose() } else { None }
    }
    /// What its platform is asked again and again, and whether it answers; null for integrations without `OFFICE_READ`.
    async fn rounds(&self, ctx: &Context<'_>) -> Field<Vec<ChannelRound>> {
        if within_office(ctx) { Some(rounds::of(ctx, self).await) } else { None }
    }
    /// Whether its connector can sign in; null for integrations without `OFFICE_READ`.
    async fn credential(&self, ctx: &Context<'_>) -> Option<CredentialHealth> {
        within_office(ctx).then(|| CredentialHealth::of(&self.0))
    }
    /// The last time that a person was asked at the platform to connect it, and what came of it; null when none was, and for
    /// integrations without `OFFICE_READ`.
    async fn authorization(&self, ctx: &Context<'_>) -> Field<ChannelAuthorization> {
        let id = self.0.authorization_id.filter(|_| within_office(ctx));
        relation::maybe::<entity::channel_authorization::Entity, _>(ctx, id, ChannelAuthorization).await
    }
    /// What the platform showed of the account when it was last looked at; null before, where no credential is needed, and
    /// for integrations without `OFFICE_READ`. `testChannel` looks at once.
    async fn profile(&self, ctx: &Context<'_>) -> Option<ChannelProfile> {
        if within_office(ctx) { ChannelProfile::of(&self.0) } else { None }
    }
    /// What says that it may soon have nobody who looks after it; empty: nothing. Null for integrations without
    /// `OFFICE_READ`.
    async fn orphan_risks(&self, ctx: &Context<'_>) -> Field<Vec<OrphanRisk>> {
        if within_office(ctx) { Some(risks(ctx, self).await) } else { None }
    }
    /// What it needs before `activateChannel` puts it in use, and whether that is there; null for integrations without
    /// `OFFICE_READ`.
    async fn readiness(&self, ctx: &Context<'_>) -> Field<Vec<ChannelReadiness>> {
        if within_office(ctx) { Some(readiness::of(ctx, self).await) } else { None }
    }
    /// What is handed over since somebody who looked after it left, oldest first, done ones too; null for integrations
    /// without `OFFICE_READ`.
    async fn handovers(&self, ctx: &Context<'_>) -> Field<Vec<ChannelHandover>> {
        if within_office(ctx) { Some(handover::of(ctx, self).await) } else { None }
    }
    /// What came of the looks at whether it still serves, oldest first; null for integrations without `OFFICE_READ`.
    async fn reviews(&self, ctx: &Context<'_>) -> Field<Vec<ChannelReview>> {
        if within_office(ctx) { Some(review::of(ctx, self).await) } else { None }
    }
    /// The day, in the office's zone, on which somebody looks again whether it still serves (`reviewChannel`): a year after
    /// it was activated or looked at. Null while it is neither in use nor at rest.
    async fn review_due_on(&self, ctx: &Context<'_>) -> Field<Date> {
        review::due_on(ctx, self).await.transpose()
    }
    /// What is left of it since it was retired; null before, and for integrations without `OFFICE_READ`.
    async fn retirement(&self, ctx: &Context<'_>) -> Option<ChannelRetirement> {
        if within_office(ctx) { ChannelRetirement::of(&self.0) } else { None }
    }
    /// What the public directory shows: the record that was approved last; null before it was first activated.
    async fn published(&self) -> Option<ChannelRecord> {
        self.0.published.clone().map(ChannelRecord::from)
    }
    /// When that record was approved.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime::from)
    }
    /// Whether it holds changes that the directory does not show yet: `approveChannelRecord` lets the public see them.
    async fn record_pending(&self) -> bool {
        self.0.record_pending
    }
    /// Why no existing channel served, as whoever asked for it wrote; null for integrations without `OFFICE_READ`.
    async fn justification(&self, ctx: &Context<'_>) -> Option<&str> {
        within_office(ctx).then_some(self.0.justification.as_str())
    }
    /// Who asked for it.
    async fn requested_by(&self, ctx: &Context<'_>) -> Field<Member> {
        let id = within_office(ctx).then_some(self.0.requested_by);
        relation::maybe::<entity::member::Entity, _>(ctx, id, Member).await
    }
    /// The coordinator who approved, declined or retired it; null before.
    async fn decided_by(&self, ctx: &Context<'_>) -> Field<Member> {
        let id = self.0.decided_by.filter(|_| within_office(ctx));
        relation::maybe::<entity::member::Entity, _>(ctx, id, Member).await
    }
    /// When that was; null before.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime::from)
    }
    /// What was said with the last decision; null when nothing was.
    async fn decision_reason(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.decision_reason.as_deref().filter(|_| within_office(ctx))
    }
    /// Raised by each change: give it back as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
    /// When it was asked for.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// Whether the requester may read more of the office than its list of channels.
pub(super) fn within_office(ctx: &Context<'_>) -> bool {
    ctx.requester().is_ok_and(|requester| requester.permit::<op::Office>().is_ok())
}

async fn stewards(ctx: &Context<'_>, channel: &Channel) -> Result<Vec<Steward>> {
    let mut rows = relation::many::<StewardsOfChannel>(ctx, channel.0.id).await?;
    rows.retain(|row| row.until.is_none());
    rows.sort_by_key(|row| (row.since, row.id));
    Ok(rows.into_iter().map(Steward).collect())
}

async fn slots(ctx: &Context<'_>, channel: &Channel) -> Result<Vec<Slot>> {
    let mut rows = relation::many::<SlotsOfChannel>(ctx, channel.0.id).await?;
    rows.sort_by(|one, other| {
        (one.weekday, &one.local_time, one.id).cmp(&(other.weekday, &other.local_time, other.id))
    });
    Ok(rows.into_iter().map(Slot).collect())
}

async fn next_free_slot(ctx: &Context<'_>, channel: &Channel) -> Result<Option<FreeSlot>> {
    Ok(ctx.loaders()?.next_free_slot(channel.0.id).await?.map(FreeSlot::from))
}

async fn risks(ctx: &Context<'_>, channel: &Channel) -> Result<Vec<OrphanRisk>> {
    Ok(ctx.loaders()?.orphan_risks(&channel.0).await?.into_iter().map(OrphanRisk::from).collect())
}
