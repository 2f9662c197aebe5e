//! Pausing and resuming.

use async_graphql::{Context, ID, InputObject, Object, OneofObject};
use office::{pauses, policy::op};

use super::object::{Pause, ResumeEffect};
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, scalars::DateTime},
};

/// What a pause reaches: exactly one of these.
#[derive(Debug, OneofObject)]
pub(crate) enum PauseScopeInput {
    /// `true`: everything of the office.
    Office(bool),
    /// One channel.
    ChannelId(ID),
    /// One initiative.
    InitiativeId(ID),
}

impl PauseScopeInput {
    /// As the office takes it.
    pub(crate) fn read(&self) -> office::Result<pauses::Scope> {
        match self {
            Self::Office(true) => Ok(pauses::Scope::Office),
            Self::Office(false) => office::error::refuse(
                office::RefusalCode::Invalid,
                "scope.office",
                "leave it out, or set it to true",
            ),
            Self::ChannelId(id) => Ok(pauses::Scope::Channel(id::decode(id)?)),
            Self::InitiativeId(id) => Ok(pauses::Scope::Initiative(id::decode(id)?)),
        }
    }
}

/// A pause to begin.
#[derive(Debug, InputObject)]
pub(crate) struct PausePublishingInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// How far it reaches.
    scope: PauseScopeInput,
    /// Why: everyone whose post is held reads it.
    reason: String,
    /// From when; now when left out.
    starts_at: Option<DateTime>,
    /// Until when; until resumed when left out.
    ends_at: Option<DateTime>,
    /// Posts that may leave all the same.
    #[graphql(default)]
    exempt: Vec<ID>,
}

/// A change of what a pause does not stop.
#[derive(Debug, InputObject)]
pub(crate) struct ChangeExemptionsInput {
    /// Which pause.
    pause_id: ID,
    /// Posts that may leave all the same from now on.
    #[graphql(default)]
    add: Vec<ID>,
    /// Posts that it stops from now on like the others.
    #[graphql(default)]
    remove: Vec<ID>,
}

/// A pause to lift.
#[derive(Debug, InputObject)]
pub(crate) struct ResumePublishingInput {
    /// Which.
    pause_id: ID,
}

payloads! {
    /// What `pausePublishing` answers.
    PausePublishingPayload {
        /// The pause.
        pause: Pause,
    }
    /// What `changeExemptions` answers.
    ChangeExemptionsPayload {
        /// The pause as it is now.
        pause: Pause,
    }
    /// What `resumePublishing` answers.
    ResumePublishingPayload {
        /// The pause, lifted.
        pause: Pause,
        /// What that does to the posts that it held.
        effect: ResumeEffect,
    }
}

/// Mutations of pauses.
#[derive(Debug, Default)]
pub(crate) struct PauseMutation;

#[Object]
impl PauseMutation {
    /// Stops publishing within a scope. When this has answered, nothing more begins to leave there; posts that come due are
    /// held. User errors: `REQUIRED` or `TOO_LONG` (`reason`, too many pauses), `INVALID` (`endsAt`), `NOT_FOUND`
    /// (channel, initiative or exempt post), `KEY_REUSED`.
    async fn pause_publishing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, why and how long.")] input: PausePublishingInput,
    ) -> Field<PausePublishingPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::PausePublishing>()?;
            let office = ctx.office()?;
            let outcome = async {
                let pause = pauses::PausePublishing {
                    client_key: input.client_key,
                    scope: input.scope.read()?,
                    reason: input.reason,
                    starts_at: input.starts_at.map(|at| at.0),
                    ends_at: input.ends_at.map(|at| at.0),
                    exempt: id::decode_all(&input.exempt)?,
                };
                pauses::begin(office, &permit, pause).await
            };
            payload(Box::pin(outcome).await, |pause| PausePublishingPayload::done(pause.into()))
        })
        .await
    }

    /// Changes which posts a pause does not stop. One that is exempt now leaves at its time if nothing else holds it; when this
    /// has answered, one that is not exempt any more does not begin to leave. User errors: `ILLEGAL_STATE` (the pause is
    /// over), `TOO_LONG` (too many), `NOT_FOUND` (pause or post).
    async fn change_exemptions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which pause, and which posts.")] input: ChangeExemptionsInput,
    ) -> Field<ChangeExemptionsPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ChangeExemptions>()?;
            let office = ctx.office()?;
            let outcome = async {
                let change = pauses::ChangeExemptions {
                    pause_id: id::decode(&input.pause_id)?,
                    add: id::decode_all(&input.add)?,
                    remove: id::decode_all(&input.remove)?,
                };
                pauses::change_exemptions(office, &permit, change).await
            };
            payload(Box::pin(outcome).await, |pause| ChangeExemptionsPayload::done(pause.into()))
        })
        .await
    }

    /// Lifts a pause. Held posts whose gates are open go back to `SCHEDULED`; what became too late meanwhile is `MISSED` and
    /// waits for a decision: `effect` counts both, `previewResume` says it beforehand. User errors: `ILLEGAL_STATE` (lifted already), `NOT_FOUND`.
    async fn resume_publishing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which pause.")] input: ResumePublishingInput,
    ) -> Field<ResumePublishingPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::ResumePublishing>()?;
            let office = ctx.office()?;
            let outcome = async { pauses::resume(office, &permit, id::decode(&input.pause_id)?).await };
            payload(Box::pin(outcome).await, |(pause, effect)| {
                ResumePublishingPayload::done(pause.into(), effect.into())
            })
        })
        .await
    }
}
