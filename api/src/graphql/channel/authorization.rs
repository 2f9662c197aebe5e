//! Connecting a channel by asking a person at its platform, and looking at its account.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use office::{channels, policy::op};

use super::Channel;
use crate::{
    error::{ApiError, Code, Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        id,
        member::Member,
        relation,
        scalars::{DateTime, Url},
    },
};

/// Where the platform sends the browser back to, below the service's own address.
pub const CALLBACK: &str = "/connect/callback";

/// How far asking a person at a platform is. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::channel_authorization::AuthorizationState")]
pub(crate) enum AuthorizationState {
    /// A person is asked at the platform.
    Waiting,
    /// They agreed: a worker fetches the credential.
    Answered,
    /// The channel has the credential, and a worker tries it.
    Granted,
    /// It came to nothing: see `causeCode`.
    Failed,
}

/// One time that a person was asked at a platform to connect a channel.
#[derive(Debug, Clone)]
pub(crate) struct ChannelAuthorization(pub(crate) Arc<entity::channel_authorization::Model>);

/// One time that a person was asked at a platform to connect a channel.
#[Object]
impl ChannelAuthorization {
    /// Global id.
    async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// How far it is.
    async fn state(&self) -> AuthorizationState {
        self.0.state.into()
    }
    /// Stable code of why it failed, or of why the credential could not be fetched yet; null when all is well.
    async fn cause_code(&self) -> Option<&str> {
        self.0.cause_code.as_deref()
    }
    /// The same in words, and what to do.
    async fn cause_detail(&self) -> Option<&str> {
        self.0.cause_detail.as_deref()
    }
    /// Who began it, and alone may finish it; null for the operator at the command line.
    async fn begun_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::maybe::<entity::member::Entity, _>(ctx, self.0.begun_by, Member).await
    }
    /// When it was begun.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
    /// Until when an answer is taken.
    async fn expires_at(&self) -> DateTime {
        self.0.expires_at.into()
    }
    /// When it was over; null before.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime::from)
    }
}

/// A channel to be connected by asking a person at its platform.
#[derive(Debug, InputObject)]
pub(crate) struct BeginChannelAuthorizationInput {
    /// Which channel.
    channel_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Address of the server, such as `https://mastodon.example`, `https://api.x.com`, `https://graph.facebook.com`,
    /// `https://api.linkedin.com` or `https://www.googleapis.com`.
    base_url: Option<Url>,
    /// User name. On Facebook, the Page's numeric id; on LinkedIn, the organisation's number or URN; elsewhere it is not needed.
    username: Option<String>,
    /// Whether the address may be one that is not public; only an administrator may say so.
    #[graphql(default)]
    allow_private_host: bool,
}

/// What the platform answered.
#[derive(Debug, InputObject)]
pub(crate) struct CompleteChannelAuthorizationInput {
    /// The whole address that the platform sent the browser back to, with all that stands behind the `?`.
    address: String,
}

/// A look at a channel's account.
#[derive(Debug, InputObject)]
pub(crate) struct TestChannelInput {
    /// Which channel.
    channel_id: ID,
}

payloads! {
    /// What `beginChannelAuthorization` answers.
    BeginChannelAuthorizationPayload {
        /// The question.
        authorization: ChannelAuthorization,
        /// Where to send the person's browser. Open it yourself: whoever agrees there gives this channel their account.
        url: Url,
        /// Where the platform will send the browser back to. It must be registered there, letter for letter.
        redirect_uri: Url,
    }
    /// What `completeChannelAuthorization` answers.
    CompleteChannelAuthorizationPayload {
        /// The question: `ANSWERED` until a worker has fetched the credential, which takes a second or two; `FAILED` when
        /// the account did not agree.
        authorization: ChannelAuthorization,
    }
    /// What `testChannel` answers.
    TestChannelPayload {
        /// The channel. A worker looks at once: read `credential` and `profile` again.
        channel: Channel,
    }
}

/// Mutations about a channel's account.
#[derive(Debug, Default)]
pub(crate) struct ChannelAuthorizationMutation;

#[Object]
impl ChannelAuthorizationMutation {
    /// Begins connecting a channel by asking a person at its platform (OAuth 2.0, with state, and PKCE where the platform knows
    /// it). The office needs an application there: `setPlatformApp`. Open `url` in a browser and agree; finish with
    /// `completeChannelAuthorization`, which the page that the browser comes back to does for you. Codes: `NOT_FOUND` (also
    /// for the application), `CONFLICT`, `ILLEGAL_STATE` before the channel is approved and after it is closed, `REQUIRED`,
    /// `INVALID` for a platform that is connected by `connectChannel` alone.
    async fn begin_channel_authorization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The channel.")] input: BeginChannelAuthorizationInput,
    ) -> Field<BeginChannelAuthorizationPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::BeginChannelAuthorization>()?;
            let services = ctx.services()?;
            let redirect = format!("{}{CALLBACK}", services.public_url);
            let redirect_uri = url::Url::parse(&redirect).map_err(|_unreadable| {
                ApiError::new(Code::Internal, "server.public_url is not an address: correct the settings")
            })?;
            let outcome = async {
                let begin = channels::BeginAuthorization {
                    channel_id: id::decode(&input.channel_id)?,
                    expected_version: input.expected_version,
                    base_url: input.base_url.map(|url| url.0),
                    username: input.username,
                    allow_private_host: input.allow_private_host,
                    redirect_uri,
                };
                let authorizer = services.authorizer.as_ref();
                channels::begin_authorization(&services.office, &permit, authorizer, begin).await
            };
            payload(outcome.await, |begun| {
                BeginChannelAuthorizationPayload::done(
                    ChannelAuthorization(begun.authorization.into()),
                    Url(begun.url.into()),
                    Url(redirect),
                )
            })
        })
        .await
    }

    /// Takes the address that the platform sent the browser back to. Only who began may finish, once, and before the question
    /// expires; a platform's code may be good for thirty seconds only. Codes: `NOT_FOUND`, `ILLEGAL_STATE`, `INVALID`.
    async fn complete_channel_authorization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the platform answered.")] input: CompleteChannelAuthorizationInput,
    ) -> Field<CompleteChannelAuthorizationPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CompleteChannelAuthorization>()?;
            let outcome = channels::complete_authorization(ctx.office()?, &permit, &input.address).await;
            payload(outcome, |row| {
                CompleteChannelAuthorizationPayload::done(ChannelAuthorization(row.into()))
            })
        })
        .await
    }

    /// Lets a worker look at the channel's account at once: whether the credential is taken, and what the public reads there.
    /// Posts nothing. A credential that was refused is tried again. Codes: `NOT_FOUND`, `NOT_RESPONSIBLE`, `INVALID` where no
    /// credential is needed, `ILLEGAL_STATE` before the channel is connected.
    async fn test_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The channel.")] input: TestChannelInput,
    ) -> Field<TestChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::TestChannel>()?;
            let office = ctx.office()?;
            let outcome = async { channels::test(office, &permit, id::decode(&input.channel_id)?).await };
            payload(outcome.await, |row| TestChannelPayload::done(row.into()))
        })
        .await
    }
}
