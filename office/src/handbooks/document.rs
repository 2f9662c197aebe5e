//! A handbook as people write it and get it back: TOML or JSON. Pure. Knows the two notations and how to say where one is
//! broken; whether the rules make sense is `guidelines`.

use guidelines::{HandbookDocument, ListEntry};
use serde_json::Value;

use crate::{
    Limits,
    error::{Fault, RefusalCode, Result, refuse},
};

/// Characters of what is said about a broken document: it may quote the document.
const MESSAGE_CHARS: usize = 700;

/// How a handbook is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML: for people.
    Toml,
    /// JSON: for programs.
    Json,
}

/// Writes a document so that it can be edited and proposed again.
pub fn write(document: &HandbookDocument, format: Format) -> Result<String> {
    match format {
        Format::Toml => Ok(toml::to_string_pretty(document)
            .map_err(|error| Fault::Internal(format!("a handbook cannot be written as TOML: {error}")))?),
        Format::Json => Ok(serde_json::to_string_pretty(document)?),
    }
}

/// Reads a document: JSON where it begins like an object, TOML otherwise.
pub(super) fn read(limits: &Limits, field: &str, source: &str) -> Result<HandbookDocument> {
    let max = limits.handbook_bytes;
    if source.len() > max {
        let message = format!("the handbook has {} bytes; at most {max} are allowed", source.len());
        return refuse(RefusalCode::TooLong, field, message);
    }
    if source.trim().is_empty() {
        let message =
            "send the whole handbook, as TOML or JSON: handbook { document } gives the one in force";
        return refuse(RefusalCode::Required, field, message);
    }
    let read = if source.trim_start().starts_with('{') { from_json(source) } else { from_toml(source) };
    match read.and_then(|document| sound(limits, &document).map(|()| document)) {
        Ok(document) => Ok(document),
        Err(message) => refuse(RefusalCode::Invalid, field, brief(&message)),
    }
}

fn from_json(source: &str) -> Result<HandbookDocument, String> {
    serde_json::from_str(source).map_err(|error| {
        // The library says the place at the end of its message.
        let (line, column) = (error.line(), error.column());
        let told = error.to_string();
        let place = format!(" at line {line} column {column}");
        at(line, column, told.strip_suffix(&place).unwrap_or(&told))
    })
}

fn from_toml(source: &str) -> Result<HandbookDocument, String> {
    toml::from_str(source).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let before = source.get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        at(line, column, error.message())
    })
}

fn at(line: usize, column: usize, message: &str) -> String {
    // What the library says of entries that are neither a text nor an object names a type of ours.
    let message = if message.contains("untagged enum") {
        "an entry of a list is a text, or has `value` and, if you like, `owner`, `reason` and `reviewOn` (2027-03-14)"
    } else {
        message
    };
    format!("line {line}, column {column}: {message}")
}

/// What both notations let through and no handbook may have.
fn sound(limits: &Limits, document: &HandbookDocument) -> Result<(), String> {
    let title = document.title.trim();
    if title.is_empty() || title.chars().any(char::is_control) || title.chars().count() > limits.line_chars {
        return Err(format!("`title` must be one line of 1 to {} characters", limits.line_chars));
    }
    for (list, entries) in document.office.lists() {
        if entries.iter().any(|entry: &ListEntry| entry.value.trim().is_empty()) {
            return Err(format!(
                "`office.{list}` has an entry without a value: write one, or remove the entry"
            ));
        }
    }
    let value = serde_json::to_value(document).map_err(|error| error.to_string())?;
    match control(&value, "") {
        Some(path) => Err(format!("`{path}` holds a control character other than a line break: remove it")),
        None => Ok(()),
    }
}

/// The path of a text, or of a name, that holds a control character; no database takes a NUL.
fn control(value: &Value, path: &str) -> Option<String> {
    let foul = |text: &str| text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::String(text) => foul(text).then(|| path.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| control(item, &below(&index.to_string())))
        }
        Value::Object(map) => {
            map.iter().find_map(
                |(name, value)| {
                    if foul(name) { Some(path.to_owned()) } else { control(value, &below(name)) }
                },
            )
        }
        _ => None,
    }
}

/// No more of a message than a person reads.
pub(super) fn brief(message: &str) -> String {
    let mut short: String = message.chars().take(MESSAGE_CHARS).collect();
    if short.len() < message.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use guidelines::starter_handbook;

    use super::*;
    use crate::OfficeError;

    fn told(source: &str) -> String {
        match read(&Limits::default(), "document", source) {
            Err(OfficeError::Refused(refusal)) => {
                assert_eq!(refusal.field, ["document"]);
                refusal.message
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut document = starter_handbook();
        document.office.phones = vec![
            ListEntry::plain("604-555-0100"),
            ListEntry {
                owner: Some("Cora Ford".to_owned()),
                review_on: "2027-03-14".parse().ok(),
                ..ListEntry::plain("604-555-0101")
            },
        ];
        document.university = Some(Box::new(starter_handbook()));
        for format in [Format::Toml, Format::Json] {
            let written = write(&document, format).unwrap();
            assert_eq!(read(&Limits::default(), "document", &written).unwrap(), document, "{format:?}");
        }
    }

    #[test]
    fn a_broken_document_is_told_with_its_place() {
        let message = told("title = \"A\"\nclauses = []\nrulez = []\n");
        assert!(message.starts_with("line 3, column 1: unknown field `rulez`"), "{message}");
        let message = told("{\n  \"title\": \"A\",\n  \"clauses\": [{ \"id\": \"A\" }]\n}");
        assert!(message.starts_with("line 3, column") && message.contains("missing field"), "{message}");
        let rule = "title = \"A\"\nclauses = []\n[[rules]]\nid = \"CC1b.phone\"\nclause = \"A\"\nseverity = \"STOP\"\n";
        let message = told(rule);
        assert!(message.starts_with("line 6") && message.contains("`BLOCK`"), "{message}");
        let message = told("title = \"A\"\nclauses = []\n[office]\nphones = [7]\n");
        assert!(message.contains("line 4") && message.contains("reviewOn"), "{message}");
    }

    #[test]
    fn what_no_database_takes_is_refused() {
        assert!(told("title = \" \"\nclauses = []\n").contains("`title`"));
        let clause = "{\"title\":\"A\",\"clauses\":[{\"id\":\"A\",\"title\":\"A\",\"text\":\"a\\u0000\"}]}";
        assert!(told(clause).contains("`clauses.0.text`"));
        assert!(told("title = \"A\"\nclauses = []\n[office]\nphones = [\" \"]\n").contains("office.phones"));
        assert!(told(&" ".repeat(9)).contains("whole handbook"));
        assert!(told(&"x".repeat(300_000)).contains("bytes"));
        assert!(told(&"x".repeat(100_000)).chars().count() <= MESSAGE_CHARS + 1);
    }
}
