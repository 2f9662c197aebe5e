//! A report on key messages as clients see it.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use entity::{ChannelId, InitiativeId};
use office::coverage::{self, Coverage, Period, Said};

use crate::{
    error::Field,
    graphql::{
        channel::Channel,
        context::ContextExt as _,
        initiative::{CommunicationsPlan, Initiative, KeyMessage},
        paging::{Connection, PageArgs},
        post::Post,
        relations,
        scalars::{Date, DateTime},
    },
};

/// The order of posts, part of their cursors.
const BY_PUBLICATION: &str = "post.publishedAt";

/// What was said on a channel.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct ChannelSaid {
    #[graphql(skip)]
    channel_id: ChannelId,
    /// Posts, a thread as one.
    posts: i64,
    /// How many of them name no key message of the plan in force.
    unplanned: i64,
    /// When the last of them was published.
    last_at: Option<DateTime>,
}

#[ComplexObject]
impl ChannelSaid {
    /// The channel.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, Some(self.channel_id)).await
    }
}

/// A key message of the plan, and how often it was said.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct MessageSaid {
    /// The message.
    key_message: KeyMessage,
    /// Posts that name it, a thread as one.
    posts: i64,
    /// When the last of them was published; null when it was never said in these days.
    last_at: Option<DateTime>,
    /// By channel, where it was said.
    channels: Vec<ChannelSaid>,
}

impl MessageSaid {
    fn of(entry: &coverage::MessageSaid) -> Self {
        let channel = |(id, said): (&ChannelId, &Said)| on_channel(*id, *said, 0);
        Self {
            key_message: KeyMessage::from(&entry.message),
            posts: entry.said.posts,
            last_at: entry.said.last_at.map(DateTime::from),
            channels: entry.channels.iter().map(channel).collect(),
        }
    }
}

fn on_channel(channel_id: ChannelId, said: Said, unplanned: i64) -> ChannelSaid {
    ChannelSaid { channel_id, posts: said.posts, unplanned, last_at: said.last_at.map(DateTime::from) }
}

/// Which key messages of an initiative's plan were said in a stretch of days, and what was said that none of them covers.
#[derive(Debug, Clone)]
pub(crate) struct MessageReport(pub(crate) Arc<Coverage>);

/// Which key messages of an initiative's plan were said in a stretch of days, and what was said that none of them covers.
/// Counted are posts that are out, by the plan in force now; what was taken back does not count.
#[Object]
impl MessageReport {
    /// For which initiative.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relations::initiative(ctx, Some(self.0.initiative_id)).await
    }
    /// The first day, in the office's zone.
    async fn from(&self) -> Date {
        self.0.period.from.into()
    }
    /// The last day, which still belongs to it.
    async fn to(&self) -> Date {
        self.0.period.to.into()
    }
    /// The plan in force; null while there is none: then all that was said is unplanned.
    async fn plan(&self) -> Option<CommunicationsPlan> {
        self.0.plan.clone().map(CommunicationsPlan::from)
    }
    /// Posts in all, a thread as one.
    async fn posts(&self) -> i64 {
        self.0.said.posts
    }
    /// How many of them name no key message of the plan: said and never planned.
    async fn unplanned(&self) -> i64 {
        self.0.unplanned.posts
    }
    /// Every key message of the plan, in the plan's order, and how often it was said.
    async fn messages(&self) -> Vec<MessageSaid> {
        self.0.messages.iter().map(MessageSaid::of).collect()
    }
    /// The key messages that no post named: planned and never said.
    async fn never_said(&self) -> Vec<KeyMessage> {
        let silent = self.0.messages.iter().filter(|entry| entry.said.posts == 0);
        silent.map(|entry| KeyMessage::from(&entry.message)).collect()
    }
    /// By channel, where anything was said.
    async fn channels(&self) -> Vec<ChannelSaid> {
        let channels: &BTreeMap<_, _> = &self.0.channels;
        channels.iter().map(|(id, on)| on_channel(*id, on.said, on.unplanned.posts)).collect()
    }
    /// The posts that name no key message of the plan, last published first.
    async fn unplanned_posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<Post>> {
        Some(unplanned(ctx, &self.0, PageArgs { first, after, last, before }).await)
    }
}

async fn unplanned(ctx: &Context<'_>, coverage: &Coverage, args: PageArgs) -> Result<Connection<Post>> {
    let request = args.request(ctx, BY_PUBLICATION)?;
    let office_id = ctx.requester()?.office_id;
    let page = coverage::unplanned(ctx.office()?, office_id, coverage, &request).await?;
    Ok(Connection::new(page, BY_PUBLICATION, coverage::cursor, Post::from))
}

/// The report of one initiative, loaded together with others of the same page.
pub(crate) async fn report(
    ctx: &Context<'_>,
    id: InitiativeId,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<Option<MessageReport>> {
    let period = period(ctx, from, to).await?;
    Ok(ctx.loaders()?.coverage(id, period).await?.map(MessageReport))
}

/// The days that are meant.
pub(super) async fn period(ctx: &Context<'_>, from: Option<Date>, to: Option<Date>) -> Result<Period> {
    let own = crate::graphql::relation::own_office(ctx, ctx.requester()?.office_id).await?;
    let (from, to) = (from.map(|day| day.0), to.map(|day| day.0));
    Ok(coverage::period(ctx.office()?, &own.time_zone, from, to)?)
}
