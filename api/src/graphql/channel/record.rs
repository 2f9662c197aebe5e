//! Changing a channel's record, and letting the public see it.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use office::{channels, policy::op};

use super::Channel;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        edit::{edit, edit_id},
        id,
        scalars::Url,
    },
};

/// An edit of a channel; what is left out stays.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateChannelInput {
    /// Which channel.
    channel_id: ID,
    /// The version that was read.
    expected_version: i64,
    /// Hands it to another initiative, or with `null` to the whole office; only a coordinator does this.
    initiative_id: MaybeUndefined<ID>,
    /// Another account name.
    handle: Option<String>,
    /// Another address.
    url: Option<Url>,
    /// Another name.
    display_name: Option<String>,
    /// Another purpose.
    purpose: Option<String>,
    /// Another audience.
    audience: Option<String>,
    /// Another language, as a BCP 47 tag.
    language: Option<String>,
    /// Another bio line.
    bio_line: Option<String>,
    /// Other hours.
    monitored_hours: Option<String>,
    /// Another contact for the public, an e-mail or web address; `null` for none.
    contact: MaybeUndefined<String>,
    /// Another signature; `null` for none.
    signature: MaybeUndefined<String>,
}

/// The approval of a changed record.
#[derive(Debug, InputObject)]
pub(crate) struct ApproveChannelRecordInput {
    /// Which channel.
    channel_id: ID,
    /// The version that was read: exactly what was read becomes public.
    expected_version: i64,
}

payloads! {
    /// What `updateChannel` answers.
    UpdateChannelPayload {
        /// The channel as it is now; `recordPending` says whether the public sees it yet.
        channel: Channel,
    }
    /// What `approveChannelRecord` answers.
    ApproveChannelRecordPayload {
        /// The channel; `published` is what the public sees now.
        channel: Channel,
    }
}

/// Mutations of a channel's record.
#[derive(Debug, Default)]
pub(crate) struct ChannelRecordMutation;

#[Object]
impl ChannelRecordMutation {
    /// Changes a channel's record; a steward or a coordinator does it. The directory goes on showing the record that was
    /// approved last until `approveChannelRecord`. Codes: `NOT_FOUND`, `NOT_RESPONSIBLE`, `CONFLICT`, `ILLEGAL_STATE`
    /// when it is closed or the initiative is over, `TAKEN` for the handle, `REQUIRED`, `TOO_LONG`, `INVALID`.
    async fn update_channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edit.")] input: UpdateChannelInput,
    ) -> Field<UpdateChannelPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::UpdateChannel>()?;
            let office = ctx.office()?;
            let outcome = async { Box::pin(channels::update(office, &permit, changes(input)?)).await };
            payload(outcome.await, |row| UpdateChannelPayload::done(row.into()))
        })
        .await
    }

    /// Lets the public see a channel's record as it is at the version that was read. Codes: `NOT_FOUND`, `CONFLICT`,
    /// `ILLEGAL_STATE` when the channel is not in use.
    async fn approve_channel_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and at which version.")] input: ApproveChannelRecordInput,
    ) -> Field<ApproveChannelRecordPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ApproveChannelRecord>()?;
            let office = ctx.office()?;
            let outcome = async {
                let channel_id = id::decode(&input.channel_id)?;
                channels::approve_record(office, &permit, channel_id, input.expected_version).await
            };
            payload(outcome.await, |row| ApproveChannelRecordPayload::done(row.into()))
        })
        .await
    }
}

fn changes(input: UpdateChannelInput) -> office::Result<channels::UpdateChannel> {
    Ok(channels::UpdateChannel {
        channel_id: id::decode(&input.channel_id)?,
        expected_version: input.expected_version,
        initiative_id: edit_id(&input.initiative_id)?,
        handle: input.handle,
        url: input.url.map(|url| url.0),
        display_name: input.display_name,
        purpose: input.purpose,
        audience: input.audience,
        language: input.language,
        bio_line: input.bio_line,
        monitored_hours: input.monitored_hours,
        contact: edit(input.contact),
        signature: edit(input.signature),
    })
}
