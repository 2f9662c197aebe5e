//! What waits for the viewer.

use async_graphql::{Context, ID, Object};
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
        id,
        paging::{Connection, PageArgs, page_of},
    },
};

/// The order of tasks, part of their cursors.
const BY_URGENCY: &str = "task.due";

/// Queries about tasks.
#[derive(Debug, Default)]
pub(crate) struct TaskQuery;

#[Object]
impl TaskQuery {
    /// What waits for you and for those for whom you stand in today (`delegateTasks`), most urgent first: what is overdue
    /// longest, then what is due next. The 500 most urgent are shown. Nothing waits for integrations. Fails with `FORBIDDEN`
    /// where `memberId` is somebody else and you are neither coordinator nor administrator.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only tasks of these kinds; an empty list means any.")] kinds: Option<Vec<TaskKind>>,
        #[graphql(desc = "Only what is overdue.", default = false)] overdue_only: bool,
        #[graphql(desc = "Of this member, for coordinators and administrators; you when left out.")]
        member_id: Option<ID>,
    ) -> Field<Connection<Task>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Tasks>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, BY_URGENCY)?;
            let member = id::decode_opt(member_id.as_ref())?;
            let mut waiting = tasks::list(ctx.office()?, &permit, member, tasks::TASKS_AT_MOST).await?;
            let kinds = kinds.unwrap_or_default();
            if !kinds.is_empty() {
                waiting.retain(|task| kinds.contains(&task.kind.into()));
            }
            if overdue_only {
                waiting.retain(|task| task.overdue);
            }
            let total = waiting.len();
            let page = page_of(waiting, cursor, Direction::Ascending, &request);
            Ok(Some(Connection::new(page, BY_URGENCY, cursor, Task).of_known(total)))
        })
        .await
    }
}

/// One thing may wait for two reasons at the same time: the kind is part of the key.
fn cursor(task: &tasks::Task) -> Cursor {
    let (due, since) = (task.due_at.timestamp_micros(), task.since.timestamp_micros());
    let key = format!("{due:020} {since:020} {:?}", task.kind);
    Cursor { key: SortKey::Text(key), id: task.subject_id }
}
