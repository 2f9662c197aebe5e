//! How the queue stands. Calls `office::posts`.

use async_graphql::{Context, Object, SimpleObject};
use office::{policy::op, posts};

use super::object::PostState;
use crate::{
    error::{Field, nullable},
    graphql::{context::ContextExt as _, scalars::DateTime},
};

/// How many posts are in a state.
#[derive(Debug, SimpleObject)]
pub(crate) struct StateCount {
    /// The state.
    state: PostState,
    /// How many; null for more than 10,000.
    posts: Option<i32>,
}

/// A worker process of the deployment.
#[derive(Debug, SimpleObject)]
pub(crate) struct WorkerStatus {
    /// As the log names it.
    worker: String,
    /// Version of the program.
    version: String,
    /// When it started.
    started_at: DateTime,
    /// When it last looked at the queue.
    ticked_at: DateTime,
    /// Posts that it held then, of all offices.
    in_flight: i32,
}

/// How the office's queue stands.
#[derive(Debug, SimpleObject)]
pub(crate) struct QueueStatus {
    /// The states that are not over, each with its posts.
    states: Vec<StateCount>,
    /// When the oldest post was due that ought to be leaving now; null when nothing is late.
    oldest_due_at: Option<DateTime>,
    /// When the oldest post was due whose outcome is not known; null when there is none.
    oldest_unconfirmed_due_at: Option<DateTime>,
    /// The deployment's workers that did not stop and looked at the queue within a day, the last one first, at most 100.
    workers: Vec<WorkerStatus>,
}

impl From<posts::QueueStatus> for QueueStatus {
    fn from(status: posts::QueueStatus) -> Self {
        let count = |count: posts::StateCount| StateCount {
            state: count.state.into(),
            posts: count.posts.and_then(|posts| i32::try_from(posts).ok()),
        };
        let worker = |beat: entity::worker_beat::Model| WorkerStatus {
            worker: beat.id.to_string(),
            version: beat.version,
            started_at: beat.started_at.into(),
            ticked_at: beat.ticked_at.into(),
            in_flight: beat.in_flight,
        };
        Self {
            states: status.states.into_iter().map(count).collect(),
            oldest_due_at: status.oldest_due_at.map(DateTime::from),
            oldest_unconfirmed_due_at: status.oldest_unconfirmed_due_at.map(DateTime::from),
            workers: status.workers.into_iter().map(worker).collect(),
        }
    }
}

/// Queries about the queue as a whole.
#[derive(Debug, Default)]
pub(crate) struct QueueStatusQuery;

#[Object]
impl QueueStatusQuery {
    /// How the office's queue stands: what waits in each state, how late the oldest is, and whether workers look at it.
    async fn queue_status(&self, ctx: &Context<'_>) -> Field<QueueStatus> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::QueueStatus>()?;
            Ok(Some(posts::queue_status(ctx.office()?, &permit).await?.into()))
        })
        .await
    }
}
