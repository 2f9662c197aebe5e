//! A version of a communications plan as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::{Goal, Initiative, PlanCompleteness};
use crate::{
    error::Field,
    graphql::{
        id,
        member::Member,
        relation,
        scalars::{Date, DateTime},
    },
};

/// Whether a version of a plan is in force. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::plan::PlanState")]
pub(crate) enum PlanState {
    /// Written, not approved.
    Draft,
    /// In force.
    Approved,
    /// Was in force until a newer version was approved.
    Superseded,
}

/// Something that may not be shared.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Embargo {
    /// Words that name it.
    topic: String,
    /// When it may be shared; null for never.
    until: Option<DateTime>,
}

/// Something that may be shared.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Topic {
    /// Words that name it.
    topic: String,
    /// From when it may be: until then the gate `EMBARGO` keeps it back. Null for at once.
    from: Option<DateTime>,
}

/// What a project wants to be heard.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct KeyMessage {
    /// Its id: the same in each version of the plan that has the message, whatever its words. Drafts name it.
    id: ID,
    /// Its words.
    text: String,
}

impl From<&entity::plan::KeyMessage> for KeyMessage {
    fn from(message: &entity::plan::KeyMessage) -> Self {
        Self { id: id::encode(message.id), text: message.text.clone() }
    }
}

/// One version of an initiative's communications plan.
#[derive(Debug, Clone)]
pub(crate) struct CommunicationsPlan(pub(crate) Arc<entity::plan::Model>);

impl From<entity::plan::Model> for CommunicationsPlan {
    fn from(row: entity::plan::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// One version of an initiative's communications plan. Versions never change: a new one is written, and replaces the one
/// in force when a coordinator who did not write it approves it.
#[Object]
impl CommunicationsPlan {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Whose plan it is.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relation::one::<entity::initiative::Entity, _>(ctx, self.0.initiative_id, Initiative).await
    }
    /// The version, counted from 1 within the initiative.
    async fn number(&self) -> i32 {
        self.0.number
    }
    /// Whether it is in force.
    async fn state(&self) -> PlanState {
        self.0.state.into()
    }
    /// Target audiences.
    async fn audiences(&self) -> &[String] {
        &self.0.audiences.0
    }
    /// Stakeholders: whom the project concerns. Older versions name partners among them.
    async fn stakeholders(&self) -> &[String] {
        &self.0.stakeholders.0
    }
    /// Partners: who does it together with the office.
    async fn partners(&self) -> &[String] {
        &self.0.partners.0
    }
    /// Key messages. A draft names the one that it serves.
    async fn key_messages(&self) -> Vec<KeyMessage> {
        self.0.key_messages.0.iter().map(KeyMessage::from).collect()
    }
    /// What may be shared, some of it only from a time on.
    async fn shareable(&self) -> Vec<Topic> {
        let shown = |one: &entity::plan::Topic| Topic {
            topic: one.topic.clone(),
            from: one.from.map(DateTime::from),
        };
        self.0.shareable.0.iter().map(shown).collect()
    }
    /// What may not be shared, some of it only until a date.
    async fn not_shareable(&self) -> Vec<Embargo> {
        let shown = |one: &entity::plan::Embargo| Embargo {
            topic: one.topic.clone(),
            until: one.until.map(DateTime::from),
        };
        self.0.not_shareable.0.iter().map(shown).collect()
    }
    /// Goals, each with the measure that tells whether it is met.
    async fn goals(&self) -> Vec<Goal> {
        let shown = |goal: &entity::plan::Goal| Goal { plan: Arc::clone(&self.0), goal: goal.clone() };
        self.0.goals.0.iter().map(shown).collect()
    }
    /// Topics that draw journalists: drafts about them ask who is ready to speak.
    async fn contentious(&self) -> &[String] {
        &self.0.contentious.0
    }
    /// The day on which it is to be looked at again, in the office's zone: then it is a task. Null for old versions.
    async fn review_on(&self) -> Option<Date> {
        self.0.review_on.map(Date::from)
    }
    /// What it has and lacks: only a complete version can be approved.
    async fn completeness(&self) -> PlanCompleteness {
        PlanCompleteness::of(Some(&self.0))
    }
    /// Who wrote this version.
    async fn written_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::one::<entity::member::Entity, _>(ctx, self.0.written_by, Member).await
    }
    /// Who approved it; null before.
    async fn approved_by(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::maybe::<entity::member::Entity, _>(ctx, self.0.decided_by, Member).await
    }
    /// When it was approved; null before.
    async fn approved_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime::from)
    }
    /// When it was written.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
