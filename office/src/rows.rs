//! What changing rows has in common: reading one in order to change it, versions, unique names, searches, and edits of
//! optional values. Knows no particular table.

use sea_orm::{
    ColumnTrait, DbErr, QueryFilter, QuerySelect, SqlErr,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, SimpleExpr},
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    change::Change,
    error::{OfficeError, RefusalCode, Result, refuse},
    read::Owned,
};

/// An edit of a value that may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub enum Edit<T> {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Take it away.
    Clear,
    /// Put this in its place.
    Set(T),
}

/// The row with this id in the requester's office, locked until the change ends: two changes of the same row follow
/// each other on `PostgreSQL` as they do on `SQLite`.
pub(crate) async fn locked<E: Owned>(change: &Change<'_>, id: impl Into<Uuid>) -> Result<E::Model> {
    let select = E::find().filter(E::id().eq(id.into())).filter(E::office().eq(change.office_id()));
    select.lock_exclusive().one(change.tx()).await?.ok_or(OfficeError::NotFound(E::KIND))
}

/// Refuses a change that was made against an older version.
pub(crate) fn same_version(kind: &str, expected: i64, actual: i64) -> Result<()> {
    if expected == actual {
        return Ok(());
    }
    let message = format!("somebody changed this {kind}: it is at version {actual}; read it again");
    refuse(RefusalCode::Conflict, "expectedVersion", message)
}

/// Turns a broken unique index into a refusal that names the field.
pub(crate) fn taken<T>(written: Result<T, DbErr>, field: &str, message: &str) -> Result<T> {
    match written {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            refuse(RefusalCode::Taken, field, message)
        }
        other => Ok(other?),
    }
}

/// Turns a missing referenced row into a refusal that names the field.
pub(crate) fn referenced<T>(found: Result<T>, field: &str) -> Result<T> {
    match found {
        Err(OfficeError::NotFound(kind)) => {
            refuse(RefusalCode::NotFound, field, format!("there is no such {kind} in this office"))
        }
        other => other,
    }
}

/// Whether a text column holds the words, whatever their case; `%` and `_` mean themselves.
pub(crate) fn holds(column: impl ColumnTrait, words: &str) -> SimpleExpr {
    Expr::expr(Func::lower(Expr::col(column.as_column_ref()))).like(pattern(words))
}

/// The same of a JSON column, read as text.
pub(crate) fn json_holds(column: impl ColumnTrait, words: &str) -> SimpleExpr {
    let text = Expr::col(column.as_column_ref()).cast_as("text");
    Expr::expr(Func::lower(text)).like(pattern(words))
}

/// Characters of a search that count: no name is longer, and `SQLite` takes no pattern of any length.
const SEARCHED_CHARS: usize = 300;

fn pattern(words: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    // No stored text has a NUL, and PostgreSQL takes none in a value.
    for c in words.trim().to_lowercase().chars().filter(|c| *c != '\0').take(SEARCHED_CHARS) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
