//! The list of pauses.

use async_graphql::{Context, ID, Object};
use office::{
    OfficeError,
    paging::{Cursor, SortKey},
    pauses,
    policy::op,
};

use super::object::{Pause, ResumeEffect};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
    },
};

/// The order of the list, part of its cursors.
const NEWEST_FIRST: &str = "pause.createdAt.desc";

/// Queries about pauses.
#[derive(Debug, Default)]
pub(crate) struct PauseQuery;

#[Object]
impl PauseQuery {
    /// What lifting a pause would do now to the posts that it holds. Changes nothing. Null when there is no such pause in your
    /// office.
    async fn preview_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pause.")] pause_id: ID,
    ) -> Field<ResumeEffect> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::PreviewResume>()?;
            let Ok(pause_id) = id::decode(&pause_id) else { return Ok(None) };
            match pauses::preview_resume(ctx.office()?, &permit, pause_id).await {
                Err(OfficeError::NotFound(_)) => Ok(None),
                effect => Ok(Some(effect?.into())),
            }
        })
        .await
    }

    /// The pauses of the office, newest first, those that ended with them. The list does not count.
    async fn pauses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Field<Connection<Pause>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Pauses>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, NEWEST_FIRST)?;
            let page = pauses::list(ctx.office()?, &permit, &request).await?;
            let key =
                |row: &entity::pause::Model| Cursor { key: SortKey::Time(row.created_at), id: row.id.into() };
            Ok(Some(Connection::new(page, NEWEST_FIRST, key, Pause::from)))
        })
        .await
    }
}
