//! The list of recurrences.

use async_graphql::{Context, ID, InputObject, Object};
use office::{
    paging::{Cursor, SortKey},
    policy::op,
    recurrences,
};

use super::object::{Recurrence, RecurrenceState};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const NEWEST_FIRST: &str = "recurrence.createdAt.desc";

/// Which recurrences to list; what is left out does not matter.
#[derive(Debug, Default, InputObject)]
pub(crate) struct RecurrenceFilter {
    /// In one of these states; empty means any.
    #[graphql(default)]
    states: Vec<RecurrenceState>,
    /// Of this draft.
    draft_id: Option<ID>,
}

/// Queries about recurrences.
#[derive(Debug, Default)]
pub(crate) struct RecurrenceQuery;

#[Object]
impl RecurrenceQuery {
    /// The recurrences of the office, newest first. The list does not count.
    async fn recurrences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which recurrences.")] filter: Option<RecurrenceFilter>,
    ) -> Field<Connection<Recurrence>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Recurrences>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, NEWEST_FIRST)?;
            let filter = filter.unwrap_or_default();
            let filter = recurrences::RecurrenceFilter {
                states: filter.states.into_iter().map(Into::into).collect(),
                draft_id: id::decode_opt(filter.draft_id.as_ref())?,
            };
            let page = recurrences::list(ctx.office()?, &permit, &filter, &request).await?;
            let key = |row: &entity::recurrence::Model| Cursor {
                key: SortKey::Time(row.created_at),
                id: row.id.into(),
            };
            Ok(Some(Connection::new(page, NEWEST_FIRST, key, Recurrence::from)))
        })
        .await
    }
}
