//! Figures as they are told: rounded, by name, in the order in which they were measured.

use serde_json::{Map, Value, json};

/// One line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// What was measured.
    pub(crate) what: String,
    /// Its figures.
    pub(crate) figures: Value,
}

/// A number with as many digits as it deserves; null where it is not known.
pub(crate) fn rounded(number: impl Into<Option<f64>>) -> Value {
    let Some(number) = number.into() else { return Value::Null };
    let scale = if number.abs() >= 100.0 { 1.0 } else { 1_000.0 };
    json!((number * scale).round() / scale)
}

impl Row {
    pub(crate) fn new(what: impl Into<String>, figures: Value) -> Self {
        let row = Self { what: what.into(), figures };
        eprintln!("{}: {}", row.what, row.told());
        row
    }

    /// In one line.
    pub(crate) fn told(&self) -> String {
        let figures = self.figures.as_object().cloned().unwrap_or_default();
        let told = figures.into_iter().filter(|(_, value)| !value.is_null());
        told.map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
    }
}

/// All figures in one object.
pub(crate) fn object(rows: &[Row]) -> Value {
    let all: Map<_, _> = rows.iter().map(|row| (row.what.clone(), row.figures.clone())).collect();
    Value::Object(all)
}
