//! The question what something would do to the queue.

use async_graphql::{Context, Object};
use office::{policy::op, simulate};

use super::{input::SimulateInput, object::Simulation};
use crate::{
    error::{Field, nullable},
    graphql::context::ContextExt as _,
};

/// Queries that suppose.
#[derive(Debug, Default)]
pub(crate) struct SimulationQuery;

#[Object]
impl SimulationQuery {
    /// What a pause, a moved time, another handbook, a steward's absence, an initiative's end, a channel at rest or a lost
    /// credential would do to the queue: post by post, by the gate that the worker obeys, with nothing written. It does not
    /// foresee what people will write, approve or publish meanwhile. What cannot be supposed (an initiative that is closed
    /// already, a time in the past) is an error with the code `BAD_USER_INPUT`; what is not there, `NOT_FOUND`.
    async fn simulate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is supposed, and how far is looked.")] input: SimulateInput,
    ) -> Field<Simulation> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Simulate>()?;
            let told = Box::pin(simulate::simulate(ctx.office()?, &permit, input.read()?)).await?;
            Ok(Some(told.into()))
        })
        .await
    }
}
