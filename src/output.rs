//! What the command line says: data on standard output, messages on standard error. The only place that writes there;
//! logs are `telemetry`'s. A reader that went away (`masthead … | head`) is no error.

use std::io::{self, Write as _};

use serde::Serialize;

use crate::cli::ListFormat;

/// How facts and lists are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people.
    Text,
    /// For programs: JSON.
    Json,
}

/// Writes a line of data.
pub(crate) fn line(text: &str) {
    let mut out = io::stdout().lock();
    drop(writeln!(out, "{text}").and_then(|()| out.flush()));
}

/// Writes a message.
pub(crate) fn message(text: &str) {
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// Writes one JSON value on one line.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(&serde_json::to_string(value)?);
    Ok(())
}

/// Writes a list for spreadsheets.
pub(crate) fn csv<T>(headings: &[&str], items: &[T], row: impl Fn(&T) -> Vec<String>) {
    let write = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| api::directory::cell(&cell)).collect();
        line(&cells.join(","));
    };
    write(&mut headings.iter().map(|heading| (*heading).to_owned()));
    for item in items {
        write(&mut row(item).into_iter());
    }
}

/// Writes a list in the form that was asked for; where none was, as the program writes everything.
pub(crate) fn listed<T: Serialize>(
    format: Option<ListFormat>,
    form: Form,
    headings: &[&str],
    items: &[T],
    row: impl Fn(&T) -> Vec<String>,
) -> anyhow::Result<()> {
    let form = match format {
        Some(ListFormat::Csv) => {
            csv(headings, items, row);
            return Ok(());
        }
        Some(ListFormat::Table) => Form::Text,
        Some(ListFormat::Json) => Form::Json,
        None => form,
    };
    list(form, headings, items, row)
}

/// Writes a list as JSON, or as a table with these headings.
pub(crate) fn list<T: Serialize>(
    form: Form,
    headings: &[&str],
    items: &[T],
    row: impl Fn(&T) -> Vec<String>,
) -> anyhow::Result<()> {
    if form == Form::Json {
        return json(&items);
    }
    let headings = headings.iter().map(|heading| heading.to_uppercase()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(headings).chain(items.iter().map(row)).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell: &String| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        line(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    Ok(())
}
