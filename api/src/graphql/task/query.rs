//! What waits for the viewer.

use async_graphql::{Context, Object};
use office::{
    paging::{Cursor, Direction, SortKey},
    policy::op,
    tasks,
};

use super::object::{Task, TaskKind};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        paging::{Connection, PageArgs, page_of},
    },
};

/// The order of tasks, part of their cursors.
const BY_AGE: &str = "task.since";

/// Queries about tasks.
#[derive(Debug, Default)]
pub(crate) struct TaskQuery;

#[Object]
impl TaskQuery {
    /// What waits for you, longest-waiting first; the 500 oldest are shown. Nothing waits for integrations.
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only tasks of these kinds; an empty list means any.")] kinds: Option<Vec<TaskKind>>,
    ) -> Field<Connection<Task>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Tasks>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, BY_AGE)?;
            let mut waiting = tasks::list(ctx.office()?, &permit, tasks::TASKS_AT_MOST).await?;
            let kinds = kinds.unwrap_or_default();
            if !kinds.is_empty() {
                waiting.retain(|task| kinds.contains(&task.kind.into()));
            }
            let total = waiting.len();
            let page = page_of(waiting, cursor, Direction::Ascending, &request);
            Ok(Some(Connection::new(page, BY_AGE, cursor, Task).of_known(total)))
        })
        .await
    }
}

/// One thing may wait for two reasons at the same time: the kind is part of the key.
fn cursor(task: &tasks::Task) -> Cursor {
    let key = format!("{:020} {:?}", task.since.timestamp_micros(), task.kind);
    Cursor { key: SortKey::Text(key), id: task.subject_id }
}
