//! A spreadsheet that is brought in: CSV with a line of headings. Knows headings, lines and cells; what they mean is known
//! where they are used. What cannot be read as a whole is refused as a whole, before anything is written.

use csv::{ReaderBuilder, Trim};

use crate::{
    Limits,
    error::{Refusal, RefusalCode, Result, refuse},
};

/// The input field that all refusals of a whole sheet name.
const FIELD: &str = "csv";

/// What became of a line.
#[derive(Debug, Clone)]
pub enum Imported<T> {
    /// It was written, or would be.
    Created(T),
    /// It is here already and stays as it is.
    Known(T),
    /// It was not written, for this reason.
    Refused(Refusal),
}

/// A line and what became of it.
#[derive(Debug, Clone)]
pub struct ImportedLine<T> {
    /// Its number in the sheet, counted from 1; the headings are line 1.
    pub line: u64,
    /// What it is about: the handle, or the address of a member.
    pub name: String,
    /// What became of it.
    pub outcome: Imported<T>,
}

/// A heading, and whether every sheet must have it.
pub(crate) type Heading = (&'static str, bool);

/// A line of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Its number in the file, counted from 1.
    pub(crate) number: u64,
    cells: Vec<(String, String)>,
}

impl Line {
    /// What stands under a heading; empty where the sheet has no such column.
    pub(crate) fn cell(&self, heading: &str) -> &str {
        self.cells.iter().find(|(name, _)| name == heading).map_or("", |(_, value)| value)
    }

    /// The same; none when it is empty.
    pub(crate) fn given(&self, heading: &str) -> Option<String> {
        Some(self.cell(heading)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// The values of a cell that are separated by semicolons.
    pub(crate) fn list(&self, heading: &str) -> Vec<String> {
        let values = self.cell(heading).split(';').map(str::trim);
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }
}

/// Reads a sheet. Cells are separated by commas, or by tabs or semicolons where the line of headings has those and no
/// comma; the headings stand in any order.
pub(crate) fn read(limits: &Limits, text: &str, headings: &[Heading]) -> Result<Vec<Line>> {
    if text.len() > limits.import_bytes {
        let message =
            format!("the sheet has {} bytes; at most {} are taken", text.len(), limits.import_bytes);
        return refuse(RefusalCode::TooLong, FIELD, message);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A sheet that was cut inside of a cell would be taken to its end.
    if text.matches('"').count() % 2 == 1 {
        let message =
            "a quotation mark is opened and not closed: the sheet may be cut; write one within a cell twice";
        return refuse(RefusalCode::Invalid, FIELD, message);
    }
    let separator = separator(text.lines().next().unwrap_or_default());
    let mut reader = ReaderBuilder::new().delimiter(separator).trim(Trim::All).from_reader(text.as_bytes());
    let names = match reader.headers() {
        Ok(names) => names.iter().map(str::to_owned).collect::<Vec<_>>(),
        Err(error) => return unreadable(&error),
    };
    known(&names, headings)?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => return unreadable(&error),
        };
        if lines.len() >= limits.import_rows {
            let message =
                format!("the sheet has more than {} lines: bring it in in parts", limits.import_rows);
            return refuse(RefusalCode::TooLong, FIELD, message);
        }
        let number = record.position().map_or(0, |at| at.line() + blank_lines(text, at.byte()));
        let cells = names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        lines.push(Line { number, cells });
    }
    if lines.is_empty() {
        return refuse(RefusalCode::Required, FIELD, "the sheet has no line under its headings");
    }
    Ok(lines)
}

/// Empty lines from here on: the reader passes over them after it has said where it is.
fn blank_lines(text: &str, from: u64) -> u64 {
    let rest = usize::try_from(from).ok().and_then(|from| text.as_bytes().get(from..)).unwrap_or_default();
    rest.iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .filter(|byte| **byte == b'\n')
        .map(|_| 1)
        .sum()
}

fn separator(headings: &str) -> u8 {
    let other = [b'\t', b';'].into_iter().find(|byte| headings.as_bytes().contains(byte));
    other.filter(|_| !headings.contains(',')).unwrap_or(b',')
}

fn known(names: &[String], headings: &[Heading]) -> Result<()> {
    let all = headings.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    for (i, name) in names.iter().enumerate() {
        if !headings.iter().any(|(known, _)| known == name) {
            return refuse(
                RefusalCode::Invalid,
                FIELD,
                format!("no column is called “{name}”; columns are: {all}"),
            );
        }
        if names.iter().take(i).any(|before| before == name) {
            return refuse(RefusalCode::Invalid, FIELD, format!("two columns are called “{name}”"));
        }
    }
    let missing =
        headings.iter().find(|(heading, needed)| *needed && !names.iter().any(|name| name == heading));
    match missing {
        Some((heading, _)) => refuse(
            RefusalCode::Required,
            FIELD,
            format!("the column “{heading}” is missing; columns are: {all}"),
        ),
        None => Ok(()),
    }
}

/// The reader's own words would repeat what stands in the file.
fn unreadable<T>(error: &csv::Error) -> Result<T> {
    let line = error.position().map_or(0, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!(
                "line {line} has {len} cells where the headings are {expected_len}; a cell with a comma in it stands in quotation marks"
            )
        }
        _ => format!("line {line} cannot be read as CSV"),
    };
    refuse(RefusalCode::Invalid, FIELD, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: &[Heading] = &[("email", true), ("name", true), ("roles", false)];

    fn lines(text: &str) -> Vec<Line> {
        read(&Limits::default(), text, HEADINGS).unwrap()
    }

    #[test]
    fn headings_stand_in_any_order_and_cells_hold_anything() {
        let sheet = lines(
            "\u{feff}name,email\r\n\"Ford, Cora\n(press)\", cora@example.org\r\n\r\nMax,max@example.org\r\n",
        );
        assert_eq!(sheet[0].cell("name"), "Ford, Cora\n(press)");
        assert_eq!((sheet[0].number, sheet[1].number), (2, 5));
        assert_eq!(sheet[0].cell("roles"), "");
        let sheet = lines("email;name;roles\na@b.example;A;\"MEMBER; COORDINATOR\"\n");
        assert_eq!(sheet[0].list("roles"), ["MEMBER", "COORDINATOR"]);
    }

    #[test]
    fn what_cannot_be_read_is_refused_whole() {
        for text in [
            "",
            "email,name\n",
            "email\na\n",
            "email,name,mail\na,b,c\n",
            "email,name,name\na,b,c\n",
            "email,name\na\n",
            "email,name\na,b,c\n",
            "email,name,roles\na,b,\"MEMBER",
        ] {
            assert!(read(&Limits::default(), text, HEADINGS).is_err(), "{text}");
        }
        let long = format!("email,name\n{}", "a,b\n".repeat(Limits::default().import_rows + 1));
        assert!(read(&Limits::default(), &long, HEADINGS).is_err());
    }
}
