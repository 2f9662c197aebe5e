//! The handbook in force.

use async_graphql::{Context, Object};
use office::{handbooks, policy::op};

use super::Handbook;
use crate::{
    error::{Field, nullable},
    graphql::context::ContextExt as _,
};

/// Queries about the handbook.
#[derive(Debug, Default)]
pub(crate) struct HandbookQuery;

#[Object]
impl HandbookQuery {
    /// The office's guidelines in force: what every check uses now.
    async fn handbook(&self, ctx: &Context<'_>) -> Field<Handbook> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Handbook>()?;
            let office = ctx.office()?;
            let compiled = handbooks::in_force(office, office.db().read(), permit.office_id()).await?;
            Ok(Some(Handbook(compiled)))
        })
        .await
    }
}
