//! The end of a channel, as clients see it.

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::{MemberId, PostId, channel, channel::ChannelState};
use office::{RefusalCode, channels, channels::CredentialFate, error::refuse, policy::op};

use super::Channel;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, member::Member, post::Post, relations},
};

/// What becomes of the public page of an account that is retired. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "channel::PublicPage")]
pub(crate) enum PublicPage {
    /// It stays, with what was said there.
    KeptAsArchive,
    /// It stays, and says that nobody is there any more.
    MarkedClosed,
    /// It is gone.
    Deleted,
}

/// What is left of a retired channel.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct ChannelRetirement {
    /// What became of its page; null where nobody said.
    page: Option<PublicPage>,
    #[graphql(skip)]
    keeper: Option<MemberId>,
    #[graphql(skip)]
    last_post_id: Option<PostId>,
}

#[ComplexObject]
impl ChannelRetirement {
    /// Who keeps the way into the account, outside of Masthead; null where it was revoked.
    async fn credential_keeper(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.keeper).await
    }

    /// The post that said goodbye; null when none did.
    async fn last_post(&self, ctx: &Context<'_>) -> Field<Post> {
        relations::post(ctx, self.last_post_id?).await
    }
}

impl ChannelRetirement {
    /// Of a channel that is retired.
    pub(super) fn of(row: &channel::Model) -> Option<Self> {
        (row.state == ChannelState::Retired).then(|| Self {
            page: row.public_page.map(PublicPage::from),
            keeper: row.credential_keeper_id,
            last_post_id: row.last_post_id,
        })
    }
}

/// Closing a channel for good.
#[derive(Debug, InputObject)]
pub(crate) struct RetireChannelInput {
    /// Which channel.
    channel_id: ID,
    /// Why.
    reason: Option<String>,
    /// What becomes of its public page. Required for a channel that was ever in the directory.
    page: Option<PublicPage>,
    /// Who keeps the way into the account, an active member; give this or `credentialRevoked`. One of the two is required for
    /// an account on a platform that was ever in the directory.
    credential_keeper_id: Option<ID>,
    /// Whether it was revoked at the platform, so that nobody keeps it.
    #[graphql(default)]
    credential_revoked: bool,
    /// The post of this channel that said goodbye: it must be out.
    last_post_id: Option<ID>,
    /// Whether posts that wait on it are cancelled. Otherwise a channel with posts that wait is not retired.
    #[graphql(default)]
    cancel_posts: bool,
}

/// Who may enter a retired account from now on.
#[derive(Debug, InputObject)]
pub(crate) struct NameCredentialKeeperInput {
    /// Which retired channel.
    channel_id: ID,
    /// Who keeps the way into the account, an active member; give this or `credentialRevoked`.
    credential_keeper_id: Option<ID>,
    /// Whether it was revoked at the platform, so that nobody keeps it.
    #[graphql(default)]
    credential_revoked: bool,
}

payloads! {
    /// What `nameCredentialKeeper` answers.
    NameCredentialKeeperPayload {
        /// The channel: `retirement` names who keeps it.
        channel: Channel,
    }
    /// What `retireChannel` answers.
    RetireChannelPayload {
        /// The channel: `RETIRED`.
        channel: Channel,
    }
}

/// Mutations of the end of channels.
#[derive(Debug, Default)]
pub(crate) struct ChannelRetirementMutation;

#[Object]
impl ChannelRetirementMutation {
    /// Closes a channel for good: its secret is forgotten, what was to be handed over is closed, and `verify` answers that it
    /// was ours. Say what becomes of the page and of the credential, and which post was the last: `Channel.retirement` keeps
    /// it. Codes: `NOT_FOUND`, `REQUIRED` for `page` and `credentialKeeperId`, `INVALID` for a post of another channel,
    /// `ILLEGAL_STATE`, also for a last post that is not out, and while posts on it wait, are being sent or looked up (they are
    /// listed), `TOO_LONG`.
    async fn retire_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, why, and what is left of it.")] input: RetireChannelInput,
    ) -> Field<RetireChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::RetireChannel>()?;
            let office = ctx.office()?;
            let outcome = async { Box::pin(channels::retire(office, &permit, wanted(input)?)).await };
            payload(outcome.await, |row| RetireChannelPayload::done(row.into()))
        })
        .await
    }

    /// Says who keeps the way into a retired account from now on, such as when its keeper leaves, or that it was revoked at the
    /// platform. Codes: `NOT_FOUND`, `REQUIRED` and `INVALID` for `credentialKeeperId`, `ILLEGAL_STATE` for a channel that is
    /// not retired.
    async fn name_credential_keeper(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and who.")] input: NameCredentialKeeperInput,
    ) -> Field<NameCredentialKeeperPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::NameCredentialKeeper>()?;
            let office = ctx.office()?;
            let outcome = async {
                let id = id::decode(&input.channel_id)?;
                let Some(fate) = fate(input.credential_keeper_id.as_ref(), input.credential_revoked)? else {
                    let message = "say who keeps the way into the account, or that it was revoked";
                    return refuse(RefusalCode::Required, "credentialKeeperId", message);
                };
                channels::name_keeper(office, &permit, id, fate).await
            };
            payload(Box::pin(outcome).await, |row| NameCredentialKeeperPayload::done(row.into()))
        })
        .await
    }
}

fn fate(keeper: Option<&ID>, revoked: bool) -> office::Result<Option<CredentialFate>> {
    Ok(match (id::decode_opt(keeper)?, revoked) {
        (Some(_), true) => {
            let message = "somebody keeps it, or it was revoked: say one of the two";
            return refuse(RefusalCode::Invalid, "credentialKeeperId", message);
        }
        (Some(id), false) => Some(CredentialFate::KeptBy(id)),
        (None, true) => Some(CredentialFate::Revoked),
        (None, false) => None,
    })
}

fn wanted(input: RetireChannelInput) -> office::Result<channels::RetireChannel> {
    let credential = fate(input.credential_keeper_id.as_ref(), input.credential_revoked)?;
    Ok(channels::RetireChannel {
        channel_id: id::decode(&input.channel_id)?,
        reason: input.reason,
        page: input.page.map(Into::into),
        credential,
        last_post_id: id::decode_opt(input.last_post_id.as_ref())?,
        cancel_posts: input.cancel_posts,
    })
}
