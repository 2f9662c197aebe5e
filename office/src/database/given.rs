//! Many rows as one parameter: a statement reads the same however many rows it changes, so that a batch costs one
//! round trip, one plan and one commit. Knows how each engine unpacks them; not what they are for.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{DatabaseBackend, Statement};
use serde_json::Value;
use uuid::Uuid;

/// What a column of given rows holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// An id.
    Id,
    /// A whole number.
    Number,
    /// Yes or no.
    Truth,
    /// A text.
    Text,
    /// An instant.
    Instant,
    /// A document, as a text that holds it.
    Document,
}

/// Rows that go into a statement as its first parameter.
#[derive(Debug)]
pub(crate) struct Given {
    columns: &'static [(&'static str, Kind)],
    rows: Vec<Value>,
}

impl Given {
    /// Rows of these columns, each an array of as many values.
    pub(crate) fn new(columns: &'static [(&'static str, Kind)], rows: Vec<Value>) -> Self {
        Self { columns, rows }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A statement in which `{given}` stands for the rows, named `given`, and `$2` and so on for the other values.
    pub(crate) fn statement(
        self,
        engine: DatabaseBackend,
        sql: &str,
        others: impl IntoIterator<Item = sea_orm::Value>,
    ) -> Statement {
        let sql = sql.replace("{given}", &self.source(engine));
        let rows = Value::Array(self.rows).to_string();
        let values = std::iter::once(sea_orm::Value::from(rows)).chain(others);
        Statement::from_sql_and_values(engine, sql, values)
    }

    fn source(&self, engine: DatabaseBackend) -> String {
        let columns = self.columns.iter().enumerate();
        if engine == DatabaseBackend::Sqlite {
            let column = |(at, (name, kind)): (usize, &(&str, Kind))| match kind {
                Kind::Id => format!("unhex(value ->> {at}) AS {name}"),
                _ => format!("value ->> {at} AS {name}"),
            };
            let columns = columns.map(column).collect::<Vec<_>>().join(", ");
            return format!("(SELECT {columns} FROM json_each($1)) AS given");
        }
        let column = |(at, (name, kind)): (usize, &(&str, Kind))| {
            let cast = match kind {
                Kind::Id => "uuid",
                Kind::Number => "bigint",
                Kind::Truth => "boolean",
                Kind::Text => "text",
                Kind::Instant => "timestamptz",
                Kind::Document => "jsonb",
            };
            format!("(v ->> {at})::{cast} AS {name}")
        };
        let columns = columns.map(column).collect::<Vec<_>>().join(", ");
        format!("(SELECT {columns} FROM jsonb_array_elements($1::jsonb) AS v) AS given")
    }
}

/// A further condition of a statement that joins given rows on this column by their first value. `PostgreSQL` cannot know
/// how few they are and may read the whole table for them; told so, it looks each up. `SQLite` does so anyway.
pub(crate) fn narrowed(engine: DatabaseBackend, column: &str) -> String {
    if engine == DatabaseBackend::Sqlite {
        return String::new();
    }
    format!(" AND {column} = ANY (ARRAY(SELECT (v ->> 0)::uuid FROM jsonb_array_elements($1::jsonb) AS v))")
}

/// Whether `column` is among what a query gives, as a condition for which each engine uses its index.
pub(crate) fn among(engine: DatabaseBackend, column: &str, query: &str) -> String {
    match engine {
        DatabaseBackend::Sqlite => format!("{column} IN ({query})"),
        _ => format!("{column} = ANY (ARRAY({query}))"),
    }
}

/// An id as a given value.
pub(crate) fn id(id: impl Into<Uuid>) -> Value {
    Value::String(id.into().simple().to_string())
}

/// An instant as a given value, in the form in which `SQLite` keeps it.
pub(crate) fn instant(at: DateTime<Utc>) -> Value {
    Value::String(at.to_rfc3339_opts(SecondsFormat::AutoSi, false))
}

/// An instant that may be missing.
pub(crate) fn maybe_instant(at: Option<DateTime<Utc>>) -> Value {
    at.map_or(Value::Null, instant)
}
