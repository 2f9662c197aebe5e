//! Keyset pages: a cursor is the sort key and the id of a row, so that a page costs the same wherever it is and rows
//! that come or go meanwhile shift nothing. Knows nothing of GraphQL; `api` encodes cursors.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ModelTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, Value,
};
use uuid::Uuid;

use crate::error::Result;

/// The sort key of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortKey {
    /// An instant.
    Time(DateTime<Utc>),
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl From<SortKey> for Value {
    fn from(key: SortKey) -> Self {
        match key {
            SortKey::Time(at) => at.into(),
            SortKey::Text(text) => text.into(),
            SortKey::Number(number) => number.into(),
        }
    }
}

/// Where a row stands in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Its sort key.
    pub key: SortKey,
    /// Its id, which breaks ties.
    pub id: Uuid,
}

/// Which way a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest or oldest first.
    Ascending,
    /// Largest or newest first.
    Descending,
}

/// Which page: the first `limit` rows after `after`, or with `backward` the last `limit` before `before`.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// How many rows at most.
    pub limit: u64,
    /// Only rows behind this one.
    pub after: Option<Cursor>,
    /// Only rows before this one.
    pub before: Option<Cursor>,
    /// Whether to take the last rows instead of the first.
    pub backward: bool,
}

impl PageRequest {
    /// The first `limit` rows.
    pub fn first(limit: u64) -> Self {
        Self { limit, ..Self::default() }
    }
}

/// A page of rows, in the list's order.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Whether more follow.
    pub has_next: bool,
    /// Whether some come before.
    pub has_previous: bool,
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy)]
pub struct OrderBy<C> {
    /// The column.
    pub column: C,
    /// The id column, which breaks ties.
    pub id: C,
    /// Which way.
    pub direction: Direction,
}

/// Reads one page in one statement.
pub async fn page<E>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    order: OrderBy<E::Column>,
    request: &PageRequest,
) -> Result<Page<E::Model>>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + Send + Sync,
{
    let forward = order.direction == Direction::Ascending;
    let mut select = select;
    if let Some(cursor) = &request.after {
        select = select.filter(beyond(&order, cursor, forward));
    }
    if let Some(cursor) = &request.before {
        select = select.filter(beyond(&order, cursor, !forward));
    }
    let sql_order = if forward == request.backward { Order::Desc } else { Order::Asc };
    let select = select.order_by(order.column, sql_order.clone()).order_by(order.id, sql_order);
    let mut items = select.limit(request.limit + 1).all(db).await?;
    let more = u64::try_from(items.len()).unwrap_or(u64::MAX) > request.limit;
    if more {
        items.pop();
    }
    if request.backward {
        items.reverse();
        return Ok(Page { items, has_next: request.before.is_some(), has_previous: more });
    }
    Ok(Page { items, has_next: more, has_previous: request.after.is_some() })
}

fn beyond<C: ColumnTrait>(order: &OrderBy<C>, cursor: &Cursor, larger: bool) -> Condition {
    let key = Value::from(cursor.key.clone());
    let tie = order.column.eq(key.clone());
    if larger {
        Condition::any().add(order.column.gt(key)).add(Condition::all().add(tie).add(order.id.gt(cursor.id)))
    } else {
        Condition::any().add(order.column.lt(key)).add(Condition::all().add(tie).add(order.id.lt(cursor.id)))
    }
}

/// Counts the rows of a list, but no further than `cap`: none when there are more.
pub async fn count_up_to<E>(db: &impl ConnectionTrait, select: Select<E>, cap: u64) -> Result<Option<u64>>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    let counted = select.limit(cap + 1).count(db).await?;
    Ok((counted <= cap).then_some(counted))
}

/// Where counting stops: beyond it a list's total is "more than this".
pub const COUNT_CAP: u64 = 10_000;
