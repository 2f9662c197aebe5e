//! The list of integrations.

use async_graphql::{Context, Object};
use office::{integrations, policy::op};

use super::Integration;
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const BY_AGE: &str = "integration.createdAt";

/// Queries about integrations.
#[derive(Debug, Default)]
pub(crate) struct IntegrationQuery;

#[Object]
impl IntegrationQuery {
    /// The integrations of the office, revoked ones too, oldest first. For administrators.
    async fn integrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<Integration>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Integrations>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, BY_AGE)?;
            let page = integrations::list(ctx.office()?, &permit, &request).await?;
            Ok(Some(Connection::new(page, BY_AGE, integrations::cursor, Integration::from)))
        })
        .await
    }
}
