//! The list of conversations.

use async_graphql::{Context, ID, Object};
use office::{
    conversations::{self, ConversationFilter},
    policy::op,
};

use super::object::Conversation;
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const BY_DUE: &str = "conversation.dueAt";

/// Queries about conversations.
#[derive(Debug, Default)]
pub(crate) struct ConversationQuery;

#[Object]
impl ConversationQuery {
    /// What the public said to the office's channels and waits for an answer, what is due first. Channels are read on platforms
    /// that let their accounts read what is said to them: Mastodon, Bluesky, X, WordPress, Facebook, LinkedIn and YouTube. The
    /// list does not count.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn conversations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only to this channel.")] channel_id: Option<ID>,
        #[graphql(desc = "Whether to list those too that are settled.", default)] with_settled: bool,
    ) -> Field<Connection<Conversation>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Conversations>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, BY_DUE)?;
            let filter =
                ConversationFilter { with_settled, channel_id: id::decode_opt(channel_id.as_ref())? };
            let page = conversations::list(ctx.office()?, &permit, &filter, &request).await?;
            Ok(Some(Connection::new(page, BY_DUE, conversations::cursor, Conversation::from)))
        })
        .await
    }
}
