//! Acknowledging the handbook.

use async_graphql::{Context, ID, InputObject, Object};
use office::{handbooks, policy::op, read};

use super::Handbook;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{context::ContextExt as _, id, scalars::DateTime},
};

/// An acknowledgement.
#[derive(Debug, InputObject)]
pub(crate) struct AcknowledgeHandbookInput {
    /// The version that was read: it must be the one in force.
    handbook_id: ID,
}

payloads! {
    /// What `acknowledgeHandbook` answers.
    AcknowledgeHandbookPayload {
        /// The handbook.
        handbook: Handbook,
        /// When you acknowledged it; the first time, when it is said again.
        acknowledged_at: DateTime,
    }
}

/// Mutations of the handbook.
#[derive(Debug, Default)]
pub(crate) struct HandbookMutation;

#[Object]
impl HandbookMutation {
    /// Says that you have read and accept the handbook in force; without it you can neither submit nor review. Saying it
    /// twice changes nothing. Codes: `NOT_FOUND`, `CONFLICT` when another version is in force meanwhile.
    async fn acknowledge_handbook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The acknowledgement.")] input: AcknowledgeHandbookInput,
    ) -> Field<AcknowledgeHandbookPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AcknowledgeHandbook>()?;
            let office = ctx.office()?;
            let outcome = async {
                let row = handbooks::acknowledge(office, &permit, id::decode(&input.handbook_id)?).await?;
                let (db, id) = (office.db().read(), row.handbook_id);
                let handbook = read::one::<entity::handbook::Entity>(db, row.office_id, id).await?;
                Ok((Handbook::of(handbook)?, DateTime::from(row.acknowledged_at)))
            };
            payload(outcome.await, |(handbook, at)| AcknowledgeHandbookPayload::done(handbook, at))
        })
        .await
    }
}
