//! The list of delegations.

use async_graphql::{Context, Object};
use office::{delegations, policy::op};

use super::object::Delegation;
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const LATEST_FIRST: &str = "delegation.startsAt.desc";

/// Queries about delegations.
#[derive(Debug, Default)]
pub(crate) struct DelegationQuery;

#[Object]
impl DelegationQuery {
    /// Who stands in for whom in the office, now and in the days to come, the latest to begin first. The list does not count.
    async fn delegations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Whether to list those too that are over.", default)] with_ended: bool,
    ) -> Field<Connection<Delegation>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Delegations>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, LATEST_FIRST)?;
            let page = delegations::list(ctx.office()?, &permit, with_ended, &request).await?;
            Ok(Some(Connection::new(page, LATEST_FIRST, delegations::cursor, Delegation::from)))
        })
        .await
    }
}
