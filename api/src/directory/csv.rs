//! The directory for spreadsheets. Knows CSV (RFC 4180) and what spreadsheets take for a formula.

use office::directory::{Entry, platform_name};

use super::{instant, word};
use crate::graphql::id;

const HEADINGS: &str = "office,platform,handle,url,name,status,purpose,audience,language,run by,monitored,\
     initiative,official since,official until,id,contact,platform name\r\n";

/// The table.
pub(super) fn render(entries: &[Entry]) -> String {
    let mut text = HEADINGS.to_owned();
    for entry in entries {
        text.push_str(&line(entry));
    }
    text
}

fn line(entry: &Entry) -> String {
    let record = &entry.record;
    let cells = [
        entry.office_name.as_str(),
        &word(&record.platform),
        &record.handle,
        &record.url,
        &record.display_name,
        entry.status.word(),
        &record.purpose,
        &record.audience,
        &record.language,
        &record.bio_line,
        &record.monitored_hours,
        entry.initiative.as_ref().map_or("", |one| &one.name),
        &entry.official_since.map(instant).unwrap_or_default(),
        &entry.official_until.map(instant).unwrap_or_default(),
        &id::encode(entry.channel_id).0,
        record.contact.as_deref().unwrap_or_default(),
        &platform_name(record.platform, &record.url),
    ];
    let mut line = cells.map(cell).join(",");
    line.push_str("\r\n");
    line
}

/// A cell: quoted, and never read as a formula by a spreadsheet.
pub fn cell(text: &str) -> String {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let guard = if text.trim_start_matches(' ').starts_with(begins) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_no_formula() {
        assert_eq!(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        for formula in ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"] {
            assert_eq!(cell(formula), format!("\"'{formula}\""));
        }
    }
}
