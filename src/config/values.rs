//! Values by key, each with where it came from. The embedded file says which keys there are and of which type each is.

use std::{collections::BTreeMap, fmt, path::Path};

use anyhow::Context as _;
use toml::{Table, Value};

use super::{Settings, nearest::nearest};

/// The defaults, with a comment on each.
const DEFAULTS: &str = include_str!("../../config/default.toml");

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// The embedded file.
    Default,
    /// A settings file.
    File(String),
    /// A variable of the environment.
    Environment(String),
    /// A flag.
    Flag(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "file {path}"),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// A value and its source.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) value: Value,
    pub(super) source: Source,
}

/// Values by `section.key`.
#[derive(Debug, Clone)]
pub(crate) struct Values(BTreeMap<String, Entry>);

impl Values {
    pub(super) fn defaults() -> anyhow::Result<Self> {
        let table: Table = DEFAULTS.parse().context("the embedded default settings are broken")?;
        let entry = |value| Entry { value, source: Source::Default };
        Ok(Self(flat(table).into_iter().map(|(key, value)| (key, entry(value))).collect()))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(key, entry)| (key.as_str(), entry))
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|entry| entry.value.as_str())
    }

    /// Takes the values of a file over. One that lies in the data folder cannot say where the data folder is.
    pub(super) fn apply_file(&mut self, path: &Path, text: &str, in_data: bool, problems: &mut Vec<String>) {
        let source = Source::File(path.display().to_string());
        let table: Table = match text.parse() {
            Ok(table) => table,
            Err(error) => return problems.push(format!("{source} is not TOML: {error}")),
        };
        for (key, value) in flat(table) {
            if in_data && key == "data.dir" {
                let why =
                    "this file is in the data folder: say where that is by --data-dir or MASTHEAD_DATA_DIR";
                problems.push(format!("data.dir ({source}): {why}"));
            } else if let Some(known) = self.known(&key, &source, problems) {
                if same_type(&known.value, &value) {
                    *known = Entry { value, source: source.clone() };
                } else {
                    problems.push(wrong_type(&key, &source, &known.value, &value.to_string()));
                }
            }
        }
    }

    /// Takes one value over that was written as plain text.
    pub(super) fn apply_text(&mut self, key: &str, text: &str, source: Source, problems: &mut Vec<String>) {
        let Some(known) = self.known(key, &source, problems) else { return };
        match read(&known.value, text) {
            Some(value) => *known = Entry { value, source },
            None => problems.push(wrong_type(key, &source, &known.value, text)),
        }
    }

    fn known(&mut self, key: &str, source: &Source, problems: &mut Vec<String>) -> Option<&mut Entry> {
        if !self.0.contains_key(key) {
            let meant = nearest(key, self.0.keys().map(String::as_str));
            let hint = meant.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
            problems.push(format!("{key} ({source}) is not a setting{hint}"));
        }
        self.0.get_mut(key)
    }

    pub(super) fn settings(&self) -> anyhow::Result<Settings> {
        let mut table = Table::new();
        for (key, entry) in &self.0 {
            let (section, name) = key.split_once('.').unwrap_or((key, ""));
            let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(section) = section {
                section.insert(name.to_owned(), entry.value.clone());
            }
        }
        Ok(table.try_into()?)
    }
}

/// `section.key` of each value; what is deeper nested keeps its place as a table, which is of no setting's type.
fn flat(table: Table) -> Vec<(String, Value)> {
    let section = |(section, value): (String, Value)| match value {
        Value::Table(keys) => {
            keys.into_iter().map(|(key, value)| (format!("{section}.{key}"), value)).collect()
        }
        value => vec![(section, value)],
    };
    table.into_iter().flat_map(section).collect()
}

fn same_type(known: &Value, given: &Value) -> bool {
    match (known, given) {
        (Value::Array(known), Value::Array(items)) if of_numbers(known) => {
            items.iter().all(Value::is_integer)
        }
        (Value::Array(_), Value::Array(items)) => items.iter().all(Value::is_str),
        _ => known.same_type(given),
    }
}

/// What a list holds is told by its default, which then is not empty.
fn of_numbers(known: &[Value]) -> bool {
    known.first().is_some_and(Value::is_integer)
}

fn read(known: &Value, text: &str) -> Option<Value> {
    Some(match known {
        Value::Integer(_) => Value::Integer(text.trim().replace('_', "").parse().ok()?),
        Value::Boolean(_) => Value::Boolean(text.trim().parse().ok()?),
        Value::Array(known) => {
            let numbers = of_numbers(known);
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            let item = |item: &str| {
                if numbers { read(&Value::Integer(0), item) } else { Some(Value::String(item.to_owned())) }
            };
            Value::Array(items.map(item).collect::<Option<_>>()?)
        }
        _ => Value::String(text.to_owned()),
    })
}

/// The value itself is not repeated for a secret, nor where it would not help.
fn wrong_type(key: &str, source: &Source, known: &Value, given: &str) -> String {
    let wanted = match known {
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Array(known) if of_numbers(known) => "a list of whole numbers",
        Value::Array(_) => "a list of texts",
        _ => "a text",
    };
    let given = if super::print::is_secret(key) { "something else" } else { given };
    format!("{key} ({source}) must be {wanted}, not {given}")
}
