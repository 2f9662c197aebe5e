//! A conversation, as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::conversation;

use crate::{
    error::Field,
    graphql::{
        channel::Channel, context::ContextExt as _, draft::Draft, id, member::Member, post::Post, relations,
        scalars::DateTime,
    },
};

/// What the public did. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "conversation::ConversationKind")]
pub(crate) enum ConversationKind {
    /// Named the account.
    Mention,
    /// Answered something of the account's.
    Reply,
    /// Wrote below something of the account's.
    Comment,
    /// Showed something of the account's with words of their own.
    Quote,
}

/// How a conversation was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "conversation::ConversationOutcome")]
pub(crate) enum ConversationOutcome {
    /// Somebody answered: on the platform, or with a post of the office's (`Conversation.answer`).
    Answered,
    /// It needed no answer.
    NoAnswerNeeded,
}

/// Something that the public said to a channel.
#[derive(Debug, Clone)]
pub(crate) struct Conversation(pub(crate) Arc<conversation::Model>);

impl From<conversation::Model> for Conversation {
    fn from(row: conversation::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Something that the public said to a channel: where it is, not what was said nor by whom. It is read on the platform, and
/// answered there or with a draft that `answers` it; here is kept by when, and that somebody has.
#[Object]
impl Conversation {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// To which channel.
    async fn channel(&self, ctx: &Context<'_>) -> Field<Channel> {
        relations::channel(ctx, Some(self.0.channel_id)).await
    }
    /// What the public did.
    async fn kind(&self) -> ConversationKind {
        self.0.kind.into()
    }
    /// Where it is to be read; null where the platform does not say.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }
    /// The office's post that it answers; null where it answers none, or none of the last months.
    async fn post(&self, ctx: &Context<'_>) -> Field<Post> {
        match self.0.post_id {
            Some(id) => relations::post(ctx, id).await,
            None => None,
        }
    }
    /// When it was said, by the platform's clock.
    async fn said_at(&self) -> DateTime {
        self.0.said_at.into()
    }
    /// By when it should be answered: `limits.answer_hours` after it was said, 24 unless the settings say otherwise.
    async fn due_at(&self) -> DateTime {
        self.0.due_at.into()
    }
    /// Whether it is open, and that has passed.
    async fn overdue(&self, ctx: &Context<'_>) -> Field<bool> {
        let overdue = async {
            let now = ctx.office()?.now();
            async_graphql::Result::Ok(self.0.outcome.is_none() && self.0.due_at < now)
        };
        Some(overdue.await)
    }
    /// Who sees to it; null: whoever looks after the channel.
    async fn owner(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.owner_id).await
    }
    /// The draft that is to answer it, or did; null while nobody writes one. While there is one, no other can.
    async fn draft(&self, ctx: &Context<'_>) -> Field<Draft> {
        relations::draft(ctx, self.0.draft_id?).await
    }
    /// The office's post that answered it; null while none is out, and where somebody answered on the platform.
    async fn answer(&self, ctx: &Context<'_>) -> Field<Post> {
        relations::post(ctx, self.0.answer_id?).await
    }
    /// How it was settled; null while it is open.
    async fn outcome(&self) -> Option<ConversationOutcome> {
        self.0.outcome.map(ConversationOutcome::from)
    }
    /// What was said about that; null when nothing.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }
    /// Who settled it; null while it is open, and where `answer` did.
    async fn settled_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.settled_by).await
    }
    /// When it was settled; null while it is open.
    async fn settled_at(&self) -> Option<DateTime> {
        self.0.settled_at.map(DateTime::from)
    }
    /// When Masthead read it.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
