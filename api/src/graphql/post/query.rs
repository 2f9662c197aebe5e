//! The queue and its history as a list, and the calendar.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use futures::FutureExt as _;
use office::{policy::op, posts};

use super::{
    filter::{PostFilter, PostOrder, due_at_key},
    object::Post,
};
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs},
        scalars::DateTime,
    },
};

/// Queries about posts.
#[derive(Debug, Default)]
pub(crate) struct PostQuery;

#[Object]
impl PostQuery {
    /// The posts of the office: what waits, what left, what was held or refused.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which posts.")] filter: Option<PostFilter>,
        #[graphql(desc = "In which order.", default)] order_by: PostOrder,
    ) -> Field<Connection<Post>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Posts>()?;
            let request = PageArgs { first, after, last, before }.request(ctx, order_by.sort())?;
            let filter = filter.unwrap_or_default().read()?;
            let office = ctx.office()?;
            let page = posts::list(office, &permit, &filter, order_by.direction(), &request).await?;
            let page = Connection::new(page, order_by.sort(), due_at_key, Post::from);
            let counted = Arc::new((office.clone(), permit, filter));
            Ok(Some(page.counted(move || {
                let counted = Arc::clone(&counted);
                async move {
                    let (office, permit, filter) = counted.as_ref();
                    posts::count(office, permit, filter).await
                }
                .boxed()
            })))
        })
        .await
    }

    /// What is due from `from` until before `to`, earliest first, in any state and across initiatives. At most 62 days and
    /// 1,000 posts; more is an error with the code `BAD_USER_INPUT`.
    async fn calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From this instant.")] from: DateTime,
        #[graphql(desc = "Until before this instant.")] to: DateTime,
        #[graphql(desc = "Only on these channels; all when left out.")] channels: Option<Vec<ID>>,
    ) -> Field<Vec<Post>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Calendar>()?;
            let office = ctx.office()?;
            let channels = channels.unwrap_or_default();
            let max = ctx.services()?.settings.channels_page_size_max.try_into().unwrap_or(usize::MAX);
            if channels.len() > max {
                return Err(
                    crate::error::ApiError::bad_input(format!("at most {max} channels at once")).into()
                );
            }
            let channels = id::decode_all(&channels)?;
            let due = posts::calendar(office, &permit, from.0, to.0, &channels).await?;
            Ok(Some(due.into_iter().map(Post::from).collect()))
        })
        .await
    }
}
