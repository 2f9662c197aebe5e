//! Connections: pages with opaque cursors over the office's keyset pages. Knows how a page looks to clients and reads
//! their arguments; knows no list.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{Context, Object, OutputType, SimpleObject, TypeName, connection::PageInfo};
use futures::{FutureExt as _, future::BoxFuture};
use office::paging::{Cursor, Page, PageRequest};

use super::context::ContextExt as _;
use crate::error::{ApiError, Field};

mod cursor;
mod memory;

pub(crate) use cursor::{decode as decode_cursor, encode as encode_cursor};
pub(crate) use memory::page_of;

/// How many items a list has, computed when asked.
type Counter = Arc<dyn Fn() -> BoxFuture<'static, office::Result<Option<u64>>> + Send + Sync>;

/// The four arguments of every connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageArgs {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl PageArgs {
    /// The page that they mean in the list sorted by `sort`, a name such as `member.name` that is part of each cursor.
    pub(crate) fn request(&self, ctx: &Context<'_>, sort: &str) -> async_graphql::Result<PageRequest> {
        let max = ctx.services()?.settings.page_size_max;
        Ok(self.within(sort, max)?)
    }

    /// The same with another greatest size.
    pub(crate) fn within(&self, sort: &str, max: u32) -> Result<PageRequest, ApiError> {
        let (size, backward) = match (self.first, self.last) {
            (Some(first), None) => (first, false),
            (None, Some(last)) => (last, true),
            _ => return Err(ApiError::bad_input("give either `first` or `last`")),
        };
        let limit = u32::try_from(size).ok().filter(|size| (1..=max).contains(size));
        let word = if backward { "last" } else { "first" };
        let limit = limit.ok_or_else(|| ApiError::bad_input(format!("`{word}` is from 1 to {max}")))?;
        let read = |text: &Option<String>| text.as_deref().map(|text| cursor::decode(sort, text)).transpose();
        let (after, before) = (read(&self.after)?, read(&self.before)?);
        Ok(PageRequest { limit: limit.into(), after, before, backward })
    }
}

/// A page of a list: its items, and where it stands.
pub(crate) struct Connection<T: OutputType> {
    edges: Vec<Edge<T>>,
    has_next: bool,
    has_previous: bool,
    counter: Option<Counter>,
}

impl<T: OutputType> Connection<T> {
    /// From a page of rows. `cursor` says where a row stands; `node` wraps it.
    pub(crate) fn new<M>(
        page: Page<M>,
        sort: &str,
        cursor: impl Fn(&M) -> Cursor,
        node: impl Fn(M) -> T,
    ) -> Self {
        let edge = |row: M| Edge { cursor: cursor::encode(sort, &cursor(&row)), node: node(row) };
        let edges = page.items.into_iter().map(edge).collect();
        Self { edges, has_next: page.has_next, has_previous: page.has_previous, counter: None }
    }

    /// The same, able to count the whole list, up to the office's cap.
    #[must_use]
    pub(crate) fn counted(
        mut self,
        counter: impl Fn() -> BoxFuture<'static, office::Result<Option<u64>>> + Send + Sync + 'static,
    ) -> Self {
        self.counter = Some(Arc::new(counter));
        self
    }

    /// The same for a list that is held whole.
    #[must_use]
    pub(crate) fn of_known(self, total: usize) -> Self {
        self.counted(move || std::future::ready(Ok(u64::try_from(total).ok())).boxed())
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

/// A page of a list: its items, and where it stands.
#[Object(name_type)]
impl<T: OutputType> Connection<T> {
    /// The items, each with its cursor.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The items.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// How many items the whole list has; null when more than 10,000, or when the list does not count. Costs extra, and
    /// only when asked for.
    async fn total_count(&self) -> Field<i32> {
        let counted = (self.counter.as_ref()?)().await;
        match counted {
            Ok(count) => count.and_then(|count| i32::try_from(count).ok()).map(Ok),
            Err(error) => Some(Err(error.into())),
        }
    }
}

/// An item of a page, with its cursor.
#[derive(SimpleObject)]
#[graphql(name_type)]
pub(crate) struct Edge<T: OutputType> {
    /// Where the item stands: give it back as `after` or `before`. Opaque, and good for this order only.
    cursor: String,
    /// The item.
    node: T,
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(first: Option<i32>, last: Option<i32>) -> PageArgs {
        PageArgs { first, last, ..PageArgs::default() }
    }

    #[test]
    fn a_size_is_required_once_and_bounded() {
        assert!(args(Some(50), None).within("a", 100).is_ok());
        assert!(args(None, Some(100)).within("a", 100).unwrap().backward);
        for wrong in [
            args(None, None),
            args(Some(1), Some(1)),
            args(Some(0), None),
            args(Some(101), None),
            args(Some(-1), None),
        ] {
            assert!(wrong.within("a", 100).is_err(), "{wrong:?}");
        }
    }
}
