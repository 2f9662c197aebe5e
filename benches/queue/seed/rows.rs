//! Rows by the thousand.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Iterable as _};

/// Values that one statement may carry; SQLite takes no more than 32,766.
const VALUES: usize = 30_000;

/// Inserts rows, as many at a time as one statement takes.
pub(super) async fn insert<E, A>(db: &impl ConnectionTrait, rows: Vec<A>)
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E> + Send,
{
    let at_once = VALUES / E::Column::iter().count();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<A> = rows.by_ref().take(at_once).collect();
        E::insert_many(some).exec_without_returning(db).await.expect("the rows fit");
    }
}
