//! Leaving the office: what depends on a member, and the departure itself.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use office::{members, policy::op};

use super::Member;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        channel::Channel,
        context::ContextExt as _,
        conversation::Conversation,
        delegation::Delegation,
        draft::Draft,
        id,
        initiative::Initiative,
        integration::Integration,
        partner::Partner,
        post::Post,
        review::{Review, ReviewPolicy},
    },
};

/// A channel that a member looks after.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct LeftChannel {
    /// The channel.
    channel: Channel,
    /// Whether they are on duty there.
    on_duty: bool,
    /// How many stewards who are active members it has without them.
    stewards_left: usize,
    /// Whether that is too few for a channel in use.
    too_few: bool,
}

impl From<members::LeftChannel> for LeftChannel {
    fn from(one: members::LeftChannel) -> Self {
        Self {
            channel: one.channel.into(),
            on_duty: one.on_duty,
            stewards_left: one.stewards_left,
            too_few: one.stewards_left < one.needed,
        }
    }
}

/// What depends on a member, and will be somebody else's when they leave. Of each list so many as
/// `limits.departure_items` allows, 200 unless it says otherwise.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct DeparturePreview {
    /// Whom it is about.
    member: Member,
    /// Channels that they look after: they are taken off, and each gets a hand-over.
    channels: Vec<LeftChannel>,
    /// Channels into which they let Masthead at the platform: the credential is to be replaced.
    authorized_channels: Vec<Channel>,
    /// Initiatives that they manage and that are not over: each needs another manager (`updateInitiative`).
    initiatives: Vec<Initiative>,
    /// Their drafts of which nothing is published: each needs another author (`reassignDraft`), or is given up.
    drafts: Vec<Draft>,
    /// Posts that they scheduled and that have not left. They leave as planned: the words are approved.
    posts: Vec<Post>,
    /// Questions that wait for their advice: each needs another adviser (`askAnotherAdviser`).
    questions: Vec<Review>,
    /// Integrations that they made: their tokens are revoked, but those that `departMember` keeps.
    integrations: Vec<Integration>,
    /// Partners that they look after: each needs another keeper (`updatePartner`).
    partners: Vec<Partner>,
    /// Retired channels into whose accounts they keep the way: each needs another keeper (`nameCredentialKeeper`).
    kept_channels: Vec<Channel>,
    /// Open conversations that they have taken on: they wait for any of the channel's stewards again.
    conversations: Vec<Conversation>,
    /// Review policies in force that name them: a step that nobody else can do stops every draft (`setReviewPolicy`).
    review_policies: Vec<ReviewPolicy>,
    /// Delegations that they have given or taken on, and that are not over: they end, and the tasks wait for whose they are.
    delegations: Vec<Delegation>,
    /// Whether one of these lists was cut.
    cut: bool,
}

impl From<members::Departure> for DeparturePreview {
    fn from(found: members::Departure) -> Self {
        Self {
            member: found.member.into(),
            channels: found.channels.into_iter().map(LeftChannel::from).collect(),
            authorized_channels: found.authorized.into_iter().map(Channel::from).collect(),
            initiatives: found.initiatives.into_iter().map(Initiative::from).collect(),
            drafts: found.drafts.into_iter().map(Draft::from).collect(),
            posts: found.posts.into_iter().map(Post::from).collect(),
            questions: found.questions.into_iter().map(Review::from).collect(),
            integrations: found.integrations.into_iter().map(Integration::from).collect(),
            partners: found.partners.into_iter().map(Partner::from).collect(),
            kept_channels: found.kept.into_iter().map(Channel::from).collect(),
            conversations: found.conversations.into_iter().map(|row| Conversation(Arc::new(row))).collect(),
            review_policies: found.policies.into_iter().map(ReviewPolicy).collect(),
            delegations: found.delegations.into_iter().map(Delegation::from).collect(),
            cut: found.cut,
        }
    }
}

/// Queries about departures.
#[derive(Debug, Default)]
pub(crate) struct DepartureQuery;

#[Object]
impl DepartureQuery {
    /// What depends on a member, to be looked at before `departMember`; for administrators. An error with the code
    /// `NOT_FOUND` when there is no such member.
    async fn departure_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to leave.")] member_id: ID,
    ) -> Field<DeparturePreview> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::DeparturePreview>()?;
            let found = Box::pin(members::departure(ctx.office()?, &permit, id::decode(&member_id)?)).await?;
            Ok(Some(found.into()))
        })
        .await
    }
}

/// A departure.
#[derive(InputObject)]
pub(crate) struct DepartMemberInput {
    /// Who leaves.
    member_id: ID,
    /// Integrations that they made and whose tokens stay good, though they have seen them. Each becomes the task
    /// `REPLACE_TOKEN`. All others that they made are revoked.
    #[graphql(default)]
    keep_integrations: Vec<ID>,
}

payloads! {
    /// What `departMember` answers.
    DepartMemberPayload {
        /// The member as it is now.
        member: Member,
    }
}

/// Mutations of departures.
#[derive(Debug, Default)]
pub(crate) struct DepartureMutation;

#[Object]
impl DepartureMutation {
    /// Records that a member left. In one change they have no rights, no sessions and no tokens any more, and look after no
    /// channel: each that they did has a hand-over (`Channel.handovers`). What else depended on them becomes a task for
    /// somebody: `TAKE_OVER_INITIATIVE`, `REASSIGN_DRAFT`, `ASK_ANOTHER_ADVISER`. `departurePreview` shows it beforehand.
    /// Codes: `NOT_FOUND`, also for `keepIntegrations`, `NOT_RESPONSIBLE` for yourself, `ILLEGAL_STATE` when they left
    /// already or are the last administrator, `TOO_LONG`.
    async fn depart_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who leaves.")] input: DepartMemberInput,
    ) -> Field<DepartMemberPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::DepartMember>()?;
            let office = ctx.office()?;
            let outcome = async {
                let leaver = members::DepartMember {
                    member_id: id::decode(&input.member_id)?,
                    keep_integrations: id::decode_all(&input.keep_integrations)?,
                };
                Box::pin(members::depart(office, &permit, leaver)).await
            };
            payload(outcome.await, |row| DepartMemberPayload::done(row.into()))
        })
        .await
    }
}
