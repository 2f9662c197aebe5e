//! What coordinators ask about proposed initiatives, and the answers.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use office::{initiatives, policy::op};

use super::Initiative;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, member::Member, relations, scalars::DateTime},
};

/// What a coordinator asked about an initiative.
#[derive(Debug, Clone)]
pub(crate) struct InitiativeQuestion(pub(crate) Arc<entity::initiative_question::Model>);

impl From<entity::initiative_question::Model> for InitiativeQuestion {
    fn from(row: entity::initiative_question::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// What a coordinator asked about a proposed initiative, and the answer.
#[Object]
impl InitiativeQuestion {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// About which initiative.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relations::initiative(ctx, Some(self.0.initiative_id)).await
    }
    /// What is asked.
    async fn question(&self) -> &str {
        &self.0.question
    }
    /// Which coordinator asked.
    async fn asked_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, Some(self.0.asked_by)).await
    }
    /// When.
    async fn asked_at(&self) -> DateTime {
        self.0.asked_at.into()
    }
    /// The answer; null before.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }
    /// Who answered; null before.
    async fn answered_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relations::member(ctx, self.0.answered_by).await
    }
    /// When; null before.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(DateTime::from)
    }
}

/// A question about an initiative.
#[derive(Debug, InputObject)]
pub(crate) struct AskAboutInitiativeInput {
    /// Which initiative.
    initiative_id: ID,
    /// What you want to know.
    question: String,
}

/// An answer.
#[derive(Debug, InputObject)]
pub(crate) struct AnswerInitiativeQuestionInput {
    /// Which question.
    question_id: ID,
    /// The answer.
    answer: String,
}

payloads! {
    /// What `askAboutInitiative` answers.
    AskAboutInitiativePayload {
        /// The question.
        question: InitiativeQuestion,
    }
    /// What `answerInitiativeQuestion` answers.
    AnswerInitiativeQuestionPayload {
        /// The question with its answer.
        question: InitiativeQuestion,
    }
}

/// Mutations of questions about initiatives.
#[derive(Debug, Default)]
pub(crate) struct InitiativeQuestionMutation;

#[Object]
impl InitiativeQuestionMutation {
    /// The coordinator asks about a proposed initiative. Who proposed it and who owns it get a mail and a task. Codes:
    /// `NOT_FOUND`, `ILLEGAL_STATE` when it is decided, `REQUIRED`, `TOO_LONG` (also after 50 questions).
    async fn ask_about_initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question.")] input: AskAboutInitiativeInput,
    ) -> Field<AskAboutInitiativePayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AskAboutInitiative>()?;
            let office = ctx.office()?;
            let outcome = async {
                initiatives::ask(office, &permit, id::decode(&input.initiative_id)?, &input.question).await
            };
            payload(outcome.await, |row| AskAboutInitiativePayload::done(row.into()))
        })
        .await
    }

    /// Answers a coordinator's question, who is told by mail; the answer stays with the initiative. For who proposed it, its
    /// project manager or a coordinator. Codes: `NOT_FOUND`, `NOT_RESPONSIBLE`, `ILLEGAL_STATE` when it was answered,
    /// `REQUIRED`, `TOO_LONG`.
    async fn answer_initiative_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: AnswerInitiativeQuestionInput,
    ) -> Field<AnswerInitiativeQuestionPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AnswerInitiativeQuestion>()?;
            let office = ctx.office()?;
            let outcome = async {
                initiatives::answer(office, &permit, id::decode(&input.question_id)?, &input.answer).await
            };
            payload(outcome.await, |row| AnswerInitiativeQuestionPayload::done(row.into()))
        })
        .await
    }
}
