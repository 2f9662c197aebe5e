//! Values of columns as JSON and back: the same text on every engine. Knows types; knows no table.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::{QueryResult, TryGetable};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::tables::{Column, Kind};
use crate::error::Result;

/// Whole numbers that every reader of JSON keeps as they are; no count of an office comes near.
pub(super) const LARGEST: i64 = 1 << 53;

/// A row as an object, its keys in the order of the columns.
pub(super) fn object(row: &QueryResult, columns: &[Column]) -> Result<Value> {
    let mut object = Map::new();
    for column in columns {
        object.insert(column.name.to_owned(), value(row, column)?);
    }
    Ok(Value::Object(object))
}

fn value(row: &QueryResult, column: &Column) -> Result<Value> {
    Ok(match column.kind {
        Kind::Id => get::<Uuid>(row, column)?.map(|id| Value::String(id.to_string())),
        Kind::Small => get::<i16>(row, column)?.map(Value::from),
        Kind::Whole => get::<i32>(row, column)?.map(Value::from),
        Kind::Large => get::<i64>(row, column)?.map(Value::from),
        // As a text: readers of JSON differ in the last place of a number.
        Kind::Number => get::<f64>(row, column)?.map(|number| Value::String(format!("{number:?}"))),
        Kind::Truth => get::<bool>(row, column)?.map(Value::Bool),
        Kind::Text => get::<String>(row, column)?.map(Value::String),
        Kind::Day => get::<NaiveDate>(row, column)?.map(|day| Value::String(day.to_string())),
        Kind::Instant => get::<DateTime<Utc>>(row, column)?
            .map(|at| Value::String(at.to_rfc3339_opts(SecondsFormat::AutoSi, true))),
        Kind::Document => get::<Value>(row, column)?.map(sorted),
    }
    .unwrap_or(Value::Null))
}

fn get<T: TryGetable>(row: &QueryResult, column: &Column) -> Result<Option<T>> {
    Ok(row.try_get::<Option<T>>("", column.name)?)
}

/// A document with the keys of its objects in order: the engines keep them in orders of their own.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Object(object) => {
            let mut entries: Vec<(String, Value)> = object.into_iter().collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(entries.into_iter().map(|(key, value)| (key, sorted(value))).collect())
        }
        other => other,
    }
}

/// The value that a column is to hold, or what is wrong with it.
pub(super) fn parse(column: &Column, value: &Value) -> std::result::Result<sea_orm::Value, String> {
    if value.is_null() && !column.may_be_null {
        return Err(format!("{} is null", column.name));
    }
    let parsed = match (column.kind, value) {
        (kind, Value::Null) => Some(null(kind)),
        (Kind::Id, Value::String(text)) => Uuid::try_parse(text).ok().map(Into::into),
        (Kind::Small, Value::Number(number)) => small::<i16>(number.as_i64()),
        (Kind::Whole, Value::Number(number)) => small::<i32>(number.as_i64()),
        (Kind::Large, Value::Number(number)) => {
            number.as_i64().filter(|n| (-LARGEST..=LARGEST).contains(n)).map(Into::into)
        }
        (Kind::Number, Value::String(text)) => {
            text.parse::<f64>().ok().filter(|n| n.is_finite()).map(Into::into)
        }
        (Kind::Truth, Value::Bool(truth)) => Some((*truth).into()),
        (Kind::Text, Value::String(text)) if !text.contains('\0') => Some(text.as_str().into()),
        (Kind::Day, Value::String(text)) => text.parse::<NaiveDate>().ok().map(Into::into),
        (Kind::Instant, Value::String(text)) => {
            DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc).into())
        }
        (Kind::Document, document) => Some(document.clone().into()),
        _ => None,
    };
    parsed.ok_or_else(|| format!("{} has a value of the wrong form", column.name))
}

fn null(kind: Kind) -> sea_orm::Value {
    match kind {
        Kind::Id => None::<Uuid>.into(),
        Kind::Small => None::<i16>.into(),
        Kind::Whole => None::<i32>.into(),
        Kind::Large => None::<i64>.into(),
        Kind::Number => None::<f64>.into(),
        Kind::Truth => None::<bool>.into(),
        Kind::Text => None::<String>.into(),
        Kind::Day => None::<NaiveDate>.into(),
        Kind::Instant => None::<DateTime<Utc>>.into(),
        Kind::Document => None::<Value>.into(),
    }
}

fn small<T: TryFrom<i64> + Into<sea_orm::Value>>(number: Option<i64>) -> Option<sea_orm::Value> {
    number.and_then(|number| T::try_from(number).ok()).map(Into::into)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn column(kind: Kind) -> Column {
        Column { name: "it", kind, may_be_null: false }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        for (kind, value) in [
            (Kind::Id, json!("no id")),
            (Kind::Id, json!(null)),
            (Kind::Small, json!(40_000)),
            (Kind::Whole, json!("7")),
            (Kind::Large, json!(i64::MAX)),
            (Kind::Number, json!("NaN")),
            (Kind::Truth, json!(1)),
            (Kind::Text, json!("a\0b")),
            (Kind::Day, json!("2027-02-30")),
            (Kind::Instant, json!("yesterday")),
        ] {
            let refused = parse(&column(kind), &value).unwrap_err();
            assert!(refused.starts_with("it "), "{kind:?} {value}");
        }
        assert!(parse(&column(Kind::Document), &json!([])).is_ok());
    }

    #[test]
    fn keys_are_in_order_at_every_depth() {
        let document = json!({ "b": [{ "z": 1, "a": 2 }], "a": null });
        assert_eq!(sorted(document).to_string(), r#"{"a":null,"b":[{"a":2,"z":1}]}"#);
    }
}
