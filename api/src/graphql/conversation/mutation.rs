//! Settling conversations, and giving them to somebody.

use async_graphql::{Context, ID, InputObject, Object};
use office::{conversations, policy::op};

use super::object::{Conversation, ConversationOutcome};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id},
};

/// How a conversation was settled.
#[derive(Debug, InputObject)]
pub(crate) struct SettleConversationInput {
    /// Which.
    conversation_id: ID,
    /// How.
    outcome: ConversationOutcome,
    /// What is to be said about that.
    note: Option<String>,
}

/// To whom a conversation is given.
#[derive(Debug, InputObject)]
pub(crate) struct AssignConversationInput {
    /// Which.
    conversation_id: ID,
    /// To whom; null: to whoever looks after the channel.
    owner_id: Option<ID>,
}

payloads! {
    /// What `settleConversation` answers.
    SettleConversationPayload {
        /// The conversation, settled.
        conversation: Conversation,
    }
    /// What `assignConversation` answers.
    AssignConversationPayload {
        /// The conversation as it is now.
        conversation: Conversation,
    }
}

/// Mutations of conversations.
#[derive(Debug, Default)]
pub(crate) struct ConversationMutation;

#[Object]
impl ConversationMutation {
    /// Writes down that a conversation was answered on its platform, or needed no answer. For its owner, the stewards of its
    /// channel and coordinators. User errors: `NOT_RESPONSIBLE`, `ILLEGAL_STATE` (settled already), `TOO_LONG`, `NOT_FOUND`.
    async fn settle_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and how.")] input: SettleConversationInput,
    ) -> Field<SettleConversationPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::SettleConversation>()?;
            let office = ctx.office()?;
            let outcome = async {
                let id = id::decode(&input.conversation_id)?;
                conversations::close(office, &permit, id, input.outcome.into(), input.note.as_deref()).await
            };
            payload(Box::pin(outcome).await, |row| SettleConversationPayload::done(row.into()))
        })
        .await
    }

    /// Gives an open conversation to a member, who has it as a task then, in place of the channel's stewards. User errors:
    /// `NOT_RESPONSIBLE`, `ILLEGAL_STATE` (settled already, or the member has left), `NOT_FOUND`.
    async fn assign_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and to whom.")] input: AssignConversationInput,
    ) -> Field<AssignConversationPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AssignConversation>()?;
            let office = ctx.office()?;
            let outcome = async {
                let (id, owner) =
                    (id::decode(&input.conversation_id)?, id::decode_opt(input.owner_id.as_ref())?);
                conversations::assign(office, &permit, id, owner).await
            };
            payload(Box::pin(outcome).await, |row| AssignConversationPayload::done(row.into()))
        })
        .await
    }
}
