//! Asking for a new channel.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use office::{OfficeError, RefusalCode, channels, policy::op};

use super::{Channel, Platform};
use crate::{
    error::{Field, Payload, UserError, nullable, payload},
    graphql::{context::ContextExt as _, id, scalars::Url},
};

/// An existing channel that might serve instead of a new one.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ChannelMatch {
    /// The channel.
    channel: Channel,
    /// Whether it is on the platform that was asked for.
    same_platform: bool,
    /// Words of the audience that both have.
    shared_words: Vec<String>,
}

impl From<channels::ChannelMatch> for ChannelMatch {
    fn from(found: channels::ChannelMatch) -> Self {
        Self {
            channel: found.channel.into(),
            same_platform: found.same_platform,
            shared_words: found.shared_words,
        }
    }
}

/// A wish for a new channel.
#[derive(Debug, InputObject)]
pub(crate) struct RequestChannelInput {
    /// Chosen by the client, new for each request: the same call with the same key answers with the same channel.
    client_key: Option<String>,
    /// The initiative that it would serve alone; left out for a channel of the whole office.
    initiative_id: Option<ID>,
    /// Where; `OTHER` for every platform that has no word of its own here, which the address then tells.
    platform: Platform,
    /// Account name, with or without `@`; for a blog, its host and path.
    handle: String,
    /// Public address of the account.
    url: Url,
    /// Name as the public would see it.
    display_name: String,
    /// What it is for.
    purpose: String,
    /// Whom it reaches.
    audience: String,
    /// BCP 47 tag of its language, such as `en-CA`.
    language: String,
    /// The line of its bio that says who runs it.
    bio_line: String,
    /// When somebody reads what comes in.
    monitored_hours: String,
    /// Where the public reaches whoever runs it: an e-mail or web address. It is needed before the channel can be used.
    contact: Option<String>,
    /// Put at the end of each post, such as initials.
    signature: Option<String>,
    /// Why no existing channel serves.
    justification: String,
    /// The existing channels that were considered: each that `channelMatches` shows for platform and audience.
    #[graphql(default)]
    considered: Vec<ID>,
}

/// What `requestChannel` answers.
#[derive(SimpleObject)]
pub(crate) struct RequestChannelPayload {
    /// The channel: `REQUESTED`.
    channel: Option<Channel>,
    /// With the code `EXISTING_CHANNEL_SERVES`: the channels that might serve, best first. Name each in `considered`, and
    /// say in `justification` why it does not. Else empty.
    matches: Vec<ChannelMatch>,
    /// Why nothing was done; empty when it was.
    user_errors: Vec<UserError>,
}

impl Payload for RequestChannelPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self { channel: None, matches: Vec::new(), user_errors }
    }
}

/// Mutations of wishes for channels.
#[derive(Debug, Default)]
pub(crate) struct ChannelRequestMutation;

#[Object]
impl ChannelRequestMutation {
    /// Asks for a new channel; it waits for the coordinator. Codes: `EXISTING_CHANNEL_SERVES` while channels that might
    /// serve are not in `considered` (the payload shows them), `TAKEN` for the handle, `REQUIRED`, `TOO_LONG`, `INVALID`,
    /// `NOT_FOUND`, `ILLEGAL_STATE` when the initiative is over, `KEY_REUSED`.
    async fn request_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The wish.")] input: RequestChannelInput,
    ) -> Field<RequestChannelPayload> {
        nullable(async {
            let requester = ctx.requester()?;
            let permit = requester.permit::<op::RequestChannel>()?;
            let office = ctx.office()?;
            let wish = channels::MatchChannels {
                platform: Some(input.platform.into()),
                url: Some(input.url.0.clone()),
                audience: input.audience.clone(),
            };
            let outcome = async { Box::pin(channels::request(office, &permit, wanted(input)?)).await }.await;
            let matches = if serves(&outcome) {
                channels::matches(office, &requester.permit::<op::ChannelMatches>()?, &wish).await?
            } else {
                Vec::new()
            };
            let done = |row: entity::channel::Model| RequestChannelPayload {
                channel: Some(row.into()),
                matches: Vec::new(),
                user_errors: Vec::new(),
            };
            let mut answer = payload(outcome, done)?;
            if let Some(answer) = &mut answer {
                answer.matches = matches.into_iter().map(ChannelMatch::from).collect();
            }
            Ok(answer)
        })
        .await
    }
}

fn serves<T>(outcome: &office::Result<T>) -> bool {
    matches!(outcome, Err(OfficeError::Refused(why)) if why.code == RefusalCode::ExistingChannelServes)
}

fn wanted(input: RequestChannelInput) -> office::Result<channels::RequestChannel> {
    Ok(channels::RequestChannel {
        client_key: input.client_key,
        initiative_id: id::decode_opt(input.initiative_id.as_ref())?,
        platform: input.platform.into(),
        handle: input.handle,
        url: input.url.0,
        display_name: input.display_name,
        purpose: input.purpose,
        audience: input.audience,
        language: input.language,
        bio_line: input.bio_line,
        monitored_hours: input.monitored_hours,
        contact: input.contact,
        signature: input.signature,
        justification: input.justification,
        considered: id::decode_all(&input.considered)?,
    })
}
