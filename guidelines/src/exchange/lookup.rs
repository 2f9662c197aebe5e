//! Reading JSON kindly: by any of several names, in any of several forms. It does not know what the names mean.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::Value;

/// A value by its path of names between dots; null counts as absent.
pub(super) fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, name| value.get(name)).filter(|value| !value.is_null())
}

/// Whether a path is there at all, be it null.
pub(super) fn is_there(value: &Value, path: &str) -> bool {
    path.split('.').try_fold(value, |value, name| value.get(name)).is_some()
}

/// The first text among paths.
pub(super) fn text<'v>(value: &'v Value, paths: &[&str]) -> Option<&'v str> {
    paths.iter().find_map(|path| at(value, path)?.as_str())
}

/// The first truth among paths; a text, number, list or object counts as true unless it
/// is empty, or says no.
pub(super) fn flag(value: &Value, paths: &[&str]) -> Option<bool> {
    paths.iter().find_map(|path| at(value, path)).map(is_something)
}

/// Whether a value says yes.
pub(super) fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => !is_no(text),
        Value::Array(items) => items.iter().any(is_something),
        Value::Object(map) => map.values().any(is_something),
    }
}

/// Whether a text says nothing, no, or not yet.
fn is_no(text: &str) -> bool {
    const NOT_YET: &[&str] = &[
        "pending",
        "requested",
        "refused",
        "denied",
        "unknown",
        "tbd",
        "en attente",
        "demandé",
        "refusé",
        "refusée",
    ];
    let word = text.trim().trim_end_matches('.').to_lowercase();
    let no = ["", "no", "non", "none", "aucun", "aucune", "false", "null", "n/a", "-"];
    no.contains(&word.as_str()) || NOT_YET.contains(&word.as_str())
}

/// The texts of the first list among paths; a single text is a list of one.
pub(super) fn list(value: &Value, paths: &[&str]) -> Vec<String> {
    known_list(value, paths).unwrap_or_default()
}

/// The same, telling an empty list from none.
pub(super) fn known_list(value: &Value, paths: &[&str]) -> Option<Vec<String>> {
    paths.iter().find_map(|path| at(value, path)).map(texts)
}

/// Every text in a value that is one, or a list of texts, or of objects with a name.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(_) => {
            text(value, &["text", "name", "topic", "value", "url", "message", "goal", "title"])
                .map(str::to_owned)
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The first day among paths.
pub(super) fn day(value: &Value, paths: &[&str]) -> Option<NaiveDate> {
    let word = text(value, paths)?;
    word.get(..10)?.parse().ok()
}

/// The first instant among paths; a bare day is its midnight, UTC.
pub(super) fn instant(value: &Value, paths: &[&str]) -> Option<DateTime<Utc>> {
    let word = text(value, paths)?;
    match DateTime::parse_from_rfc3339(word) {
        Ok(instant) => Some(instant.to_utc()),
        Err(_) => Some(word.get(..10)?.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN).and_utc()),
    }
}

/// The first number among paths, or the length of a list there.
pub(super) fn count(value: &Value, paths: &[&str]) -> Option<u32> {
    paths.iter().find_map(|path| at(value, path)).and_then(|found| match found {
        Value::Array(items) => u32::try_from(items.len()).ok(),
        Value::String(_) | Value::Object(_) => Some(1),
        other => other.as_u64().and_then(|number| u32::try_from(number).ok()),
    })
}
