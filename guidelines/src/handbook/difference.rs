//! What one version of a handbook changes of another, part by part. It does not know which of them is in force.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{HandbookDocument, HandbookError};

/// What happened to a part of a handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

/// One part that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where: `clauses.CC1b`, `rules.CC1b.phone`, `office.phones.604-555-0100`, `title`.
    pub path: String,
    /// What happened.
    pub kind: ChangeKind,
    /// What it said, as JSON; absent where it is new.
    pub before: Option<String>,
    /// What it says, as JSON; absent where it is gone.
    pub after: Option<String>,
}

impl HandbookDocument {
    /// Everything in which `newer` differs from it, in the order of paths.
    pub fn changes(&self, newer: &Self) -> Result<Vec<Change>, HandbookError> {
        let (before, after) = (parts(self)?, parts(newer)?);
        let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
        paths.sort();
        paths.dedup();
        let change = |path: &String| {
            let (before, after) = (before.get(path), after.get(path));
            let kind = match (before, after) {
                (None, _) => ChangeKind::Added,
                (_, None) => ChangeKind::Removed,
                _ if before == after => return None,
                _ => ChangeKind::Changed,
            };
            let told = |value: Option<&Value>| value.map(Value::to_string);
            Some(Change { path: path.clone(), kind, before: told(before), after: told(after) })
        };
        Ok(paths.into_iter().filter_map(change).collect())
    }
}

/// The parts of a document that are told apart: list items by what identifies them.
fn parts(document: &HandbookDocument) -> Result<BTreeMap<String, Value>, HandbookError> {
    let value = serde_json::to_value(document)
        .map_err(|error| HandbookError::NotSerializable { reason: error.to_string() })?;
    let mut found = BTreeMap::new();
    collect(&value, String::new(), 0, &mut found);
    // The number of a version is not something that a version says.
    found.remove("version");
    Ok(found)
}

fn collect(value: &Value, path: String, depth: usize, found: &mut BTreeMap<String, Value>) {
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(map) if depth < 2 || path == "university" => {
            for (name, value) in map {
                collect(value, join(name), depth + 1, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                found.insert(join(&identity(item).unwrap_or_else(|| index.to_string())), item.clone());
            }
        }
        Value::Null => {}
        plain => {
            found.insert(path, plain.clone());
        }
    }
}

fn identity(item: &Value) -> Option<String> {
    let keys = ["id", "value", "question", "text", "tool"];
    let text = item.as_str().or_else(|| keys.iter().find_map(|key| item.get(key)?.as_str()));
    text.map(str::to_owned)
}
