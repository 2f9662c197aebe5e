//! The list of blackouts.

use async_graphql::{Context, Object};
use office::{
    blackouts,
    paging::{Cursor, SortKey},
    policy::op,
};

use super::object::Blackout;
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const NEWEST_FIRST: &str = "blackout.createdAt.desc";

/// Queries about blackouts.
#[derive(Debug, Default)]
pub(crate) struct BlackoutQuery;

#[Object]
impl BlackoutQuery {
    /// The blackouts of the office and of its channels, newest first. The list does not count.
    async fn blackouts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Whether to list those too that were taken away.", default)] with_removed: bool,
    ) -> Field<Connection<Blackout>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Blackouts>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, NEWEST_FIRST)?;
            let page = blackouts::list(ctx.office()?, &permit, with_removed, &request).await?;
            let key = |row: &entity::blackout::Model| Cursor {
                key: SortKey::Time(row.created_at),
                id: row.id.into(),
            };
            Ok(Some(Connection::new(page, NEWEST_FIRST, key, Blackout::from)))
        })
        .await
    }
}
