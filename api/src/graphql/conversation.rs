//! Conversations: what the public says to channels. Calls `office::conversations`.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::ConversationMutation;
pub(crate) use object::Conversation;
pub(crate) use query::ConversationQuery;
