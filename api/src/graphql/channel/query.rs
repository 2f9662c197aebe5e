//! The list of channels, and which of them might serve instead of a new one.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use futures::FutureExt as _;
use office::{channels, paging::Direction, policy::op};

use super::{Channel, Platform, request::ChannelMatch, values::ChannelState};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
        scalars::Url,
    },
};

/// The order by handle, part of its cursors.
pub(crate) const BY_HANDLE: &str = "channel.handle";

/// The order by last change, part of its cursors.
const BY_UPDATE: &str = "channel.updatedAt";

/// Which channels to list; what is left out does not narrow.
#[derive(Debug, Default, InputObject)]
pub(crate) struct ChannelFilter {
    /// In one of these states; an empty list means any.
    states: Option<Vec<ChannelState>>,
    /// On one of these platforms; an empty list means any.
    platforms: Option<Vec<Platform>>,
    /// Serving this initiative alone.
    initiative_id: Option<ID>,
    /// Looked after by this member.
    steward_id: Option<ID>,
    /// With these words in handle, name, purpose or audience, whatever their case.
    search: Option<String>,
}

/// What channels are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ChannelOrder {
    /// By handle, A first.
    HandleAsc,
    /// By handle, Z first.
    HandleDesc,
    /// By last change, oldest first.
    UpdatedAtAsc,
    /// By last change, newest first.
    UpdatedAtDesc,
}

impl ChannelOrder {
    /// The order, its direction, and its name in cursors.
    fn parts(self) -> (channels::ChannelOrder, Direction, &'static str) {
        match self {
            Self::HandleAsc => (channels::ChannelOrder::Handle, Direction::Ascending, BY_HANDLE),
            Self::HandleDesc => (channels::ChannelOrder::Handle, Direction::Descending, BY_HANDLE),
            Self::UpdatedAtAsc => (channels::ChannelOrder::Updated, Direction::Ascending, BY_UPDATE),
            Self::UpdatedAtDesc => (channels::ChannelOrder::Updated, Direction::Descending, BY_UPDATE),
        }
    }
}

/// What a new channel would be.
#[derive(Debug, InputObject)]
pub(crate) struct ChannelMatchesInput {
    /// On which platform; left out, any: which channels could carry an initiative?
    platform: Option<Platform>,
    /// Its address, which tells platforms apart that are `OTHER`; left out, any of them counts as the same.
    url: Option<Url>,
    /// Whom it would reach, in the words of the request.
    audience: String,
}

/// Queries about channels.
#[derive(Debug, Default)]
pub(crate) struct ChannelQuery;

#[Object]
impl ChannelQuery {
    /// The channels of the office. An integration needs the scope `DIRECTORY_READ`; what is internal to the office is
    /// null for it unless it has `OFFICE_READ` too. The public list is `directory`.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn channels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 200; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 200; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which channels.")] filter: Option<ChannelFilter>,
        #[graphql(desc = "In which order.", default_with = "ChannelOrder::HandleAsc")] order_by: ChannelOrder,
    ) -> Field<Connection<Channel>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Channels>()?;
            let (order, direction, sort) = order_by.parts();
            let max = ctx.services()?.settings.channels_page_size_max;
            let request = PageArgs { first, after, last, before }.within(sort, max)?;
            let filter = read(filter.unwrap_or_default())?;
            let office = ctx.office()?;
            let page = channels::list(office, &permit, &filter, order, direction, &request).await?;
            let cursor = |row: &entity::channel::Model| channels::cursor(order, row);
            let page = Connection::new(page, sort, cursor, Channel::from);
            let counted = Arc::new((office.clone(), permit, filter));
            Ok(Some(page.counted(move || {
                let counted = Arc::clone(&counted);
                async move {
                    let (office, permit, filter) = counted.as_ref();
                    channels::count(office, permit, filter).await
                }
                .boxed()
            })))
        })
        .await
    }

    /// The existing channels that might serve instead of a new one, best first and at most 20: those on the same
    /// platform, or with words of the audience in common. `requestChannel` wants each of them in `considered`.
    async fn channel_matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the new channel would be.")] input: ChannelMatchesInput,
    ) -> Field<Vec<ChannelMatch>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ChannelMatches>()?;
            let wish = channels::MatchChannels {
                platform: input.platform.map(Into::into),
                url: input.url.map(|url| url.0),
                audience: input.audience,
            };
            let found = channels::matches(ctx.office()?, &permit, &wish).await?;
            Ok(Some(found.into_iter().map(ChannelMatch::from).collect()))
        })
        .await
    }
}

fn read(filter: ChannelFilter) -> office::Result<channels::ChannelFilter> {
    Ok(channels::ChannelFilter {
        states: filter.states.unwrap_or_default().into_iter().map(Into::into).collect(),
        platforms: filter.platforms.unwrap_or_default().into_iter().map(Into::into).collect(),
        initiative_id: id::decode_opt(filter.initiative_id.as_ref())?,
        steward_id: id::decode_opt(filter.steward_id.as_ref())?,
        search: filter.search,
    })
}
