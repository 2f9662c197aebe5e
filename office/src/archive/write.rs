//! Writing an archive's rows, in the transaction of the import: many in a statement, each read again as the program will
//! read it. What does not go in is told with its file and line.

use entity::integration;
use sea_orm::{
    ConnectionTrait as _, DbErr, ExprTrait as _, IdenStatic as _, SqlErr, Value,
    sea_query::{Expr, Query},
};

use super::{
    check::{self, Held},
    file::{Archive, at, wrong},
    tables::{LATE, Table},
};
use crate::{
    Database,
    change::Change,
    error::{Fault, OfficeError, Result},
    vault::{new_token, token_hash},
};

/// Rows in one statement: a statement takes so many values and no more.
const ROWS: usize = 100;
/// Bytes of rows that are in memory at a time.
const BYTES: usize = 4 * 1024 * 1024;

/// What is written otherwise than the archive has it.
pub(super) struct Writing<'a> {
    /// The office's short name.
    pub(super) slug: &'a str,
    /// How much later the directory's changes come in the order of this deployment.
    pub(super) later: i64,
}

/// A row that is to be written.
struct Row {
    line: u64,
    key: Value,
    values: Vec<Value>,
}

/// A reference that is written once the row that it is to is there.
struct Late {
    line: u64,
    key: Value,
    to: Value,
}

impl Writing<'_> {
    /// Writes a table's rows.
    pub(super) async fn table(&self, change: &Change<'_>, archive: &mut Archive, held: &Held) -> Result<()> {
        let (name, table) = (held.table.file(), held.table);
        let late = LATE.iter().find(|(of, _)| *of == table.name).map(|(_, column)| *column);
        let mut names: Vec<&'static str> = held.columns.iter().map(|column| column.name).collect();
        if table.name == "integration" {
            names.push(integration::Column::TokenHash.as_str());
        }
        let (mut batch, mut bytes, mut after) = (Vec::new(), 0, Vec::new());
        let mut rows = archive.rows(&held.file)?;
        while let Some(row) = rows.next()? {
            let mut values = check::values(&at(&name, row.line), &row.object, &held.columns)?;
            self.adjust(table, &names, &mut values)?;
            let place = |column| names.iter().position(|name| *name == column);
            let key = place(table.key).and_then(|at| values.get(at)).cloned();
            let key = key.ok_or_else(|| Fault::Internal(format!("{} has no key", table.name)))?;
            if let Some(value) = late.and_then(place).and_then(|at| values.get_mut(at)) {
                let to = std::mem::replace(value, value.as_null());
                if to != *value {
                    after.push(Late { line: row.line, key: key.clone(), to });
                }
            }
            batch.push(Row { line: row.line, key, values });
            bytes += row.length;
            if batch.len() == ROWS || bytes > BYTES {
                write(change, table, &names, std::mem::take(&mut batch)).await?;
                bytes = 0;
            }
        }
        rows.end()?;
        write(change, table, &names, batch).await?;
        for reference in after {
            let Some(column) = late else { break };
            refer(change, table, column, reference).await?;
        }
        Ok(())
    }

    fn adjust(&self, table: &Table, names: &[&'static str], values: &mut Vec<Value>) -> Result<()> {
        let place = |column: &str| names.iter().position(|name| *name == column);
        match table.name {
            "office" => {
                if let Some(value) = place("slug").and_then(|at| values.get_mut(at)) {
                    *value = self.slug.into();
                }
            }
            // A hash of what nobody knows: the column takes no null, and no two alike.
            "integration" => values.push(token_hash(&new_token("")?).into()),
            "directory_change" => {
                if let Some(value) = place("sequence").and_then(|at| values.get_mut(at))
                    && let Value::BigInt(Some(sequence)) = value
                {
                    *value = sequence.saturating_add(self.later).into();
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Writes rows, and reads them as the program will. Where that fails it is done again row by row, to tell which it was.
async fn write(change: &Change<'_>, table: &Table, names: &[&'static str], rows: Vec<Row>) -> Result<()> {
    if rows.is_empty() || attempt(change, table, names, &rows).await.is_ok() {
        return Ok(());
    }
    for row in rows {
        let line = row.line;
        attempt(change, table, names, &[row]).await.map_err(|error| told(&at(&table.file(), line), error))?;
    }
    Ok(())
}

async fn attempt(
    change: &Change<'_>,
    table: &Table,
    names: &[&'static str],
    rows: &[Row],
) -> std::result::Result<(), DbErr> {
    let mut insert = Query::insert();
    insert.into_table(table.name).columns(names.iter().copied());
    for row in rows {
        let values = row.values.iter().cloned().map(Expr::val);
        insert.values(values).map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    let point = Database::savepoint(change.tx()).await?;
    let written = point.execute_raw(change.engine().build(&insert)).await;
    let keys = rows.iter().map(|row| row.key.clone()).collect();
    let read = match written {
        Ok(_) => (table.decode)(&point, change.office_id(), table.key, keys).await,
        Err(error) => Err(error),
    };
    match read {
        Ok(()) => point.commit().await,
        Err(error) => {
            point.rollback().await?;
            Err(error)
        }
    }
}

async fn refer(change: &Change<'_>, table: &Table, column: &'static str, late: Late) -> Result<()> {
    let mut update = Query::update();
    update
        .table(table.name)
        .value(column, Expr::val(late.to))
        .and_where(Expr::col(table.key).eq(Expr::val(late.key)));
    let done = change.tx().execute_raw(change.engine().build(&update)).await;
    done.map(drop).map_err(|error| told(&at(&table.file(), late.line), error))
}

/// What a row is refused for, in words.
fn told(place: &str, error: DbErr) -> OfficeError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            wrong(place, "there is such a row already, in the archive or in this deployment")
        }
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => {
            wrong(place, "it refers to a row that is not in the archive")
        }
        _ if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) => error.into(),
        _ => wrong(place, format!("the row cannot be stored and read: {error}")),
    }
}
