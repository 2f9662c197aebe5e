//! Sheets that are brought in from the command line: reading the file, and telling what became of each line. What a line
//! means is the office's.

use std::{io::Read as _, path::Path};

use anyhow::Context as _;
use office::{
    entity::{channel, member},
    sheet::{Imported, ImportedLine},
};
use serde::Serialize;

use crate::{
    cli::SheetArgs,
    output::{self, Form},
};

/// The text of the sheet.
pub(super) fn text(sheet: &SheetArgs) -> anyhow::Result<String> {
    if sheet.file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("standard input could not be read")?;
        return Ok(text);
    }
    let file = sheet.file.display();
    std::fs::read_to_string(&sheet.file).with_context(|| format!("{file} could not be read as text"))
}

/// What has an id that can be told.
pub(super) trait Identified {
    /// The id.
    fn id(&self) -> String;
}

impl Identified for channel::Model {
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Identified for member::Model {
    fn id(&self) -> String {
        self.id.to_string()
    }
}

/// A line and what became of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    line: u64,
    name: String,
    outcome: &'static str,
    id: Option<String>,
    field: Option<String>,
    message: Option<String>,
}

/// Tells each line; `false`: a line was refused.
pub(super) fn tell<T: Identified>(
    lines: &[ImportedLine<T>],
    dry_run: bool,
    form: Form,
) -> anyhow::Result<bool> {
    let told: Vec<Told> = lines.iter().map(|line| told(line, dry_run)).collect();
    output::list(form, &["line", "name", "outcome", "field", "message"], &told, |row| {
        let none = String::new;
        let (field, message) =
            (row.field.clone().unwrap_or_else(none), row.message.clone().unwrap_or_else(none));
        vec![row.line.to_string(), row.name.clone(), row.outcome.to_owned(), field, message]
    })?;
    let refused = lines.iter().filter(|line| matches!(line.outcome, Imported::Refused(_))).count();
    if dry_run && form == Form::Text {
        output::message("nothing was written: this was a dry run");
    }
    if refused > 0 {
        let all = lines.len();
        output::message(&format!(
            "{refused} of {all} lines were refused: mend them and bring the sheet in again; what is known stays as it is"
        ));
    }
    Ok(refused == 0)
}

fn told<T: Identified>(line: &ImportedLine<T>, dry_run: bool) -> Told {
    let (outcome, id, refusal) = match &line.outcome {
        Imported::Created(_) if dry_run => ("WOULD BE CREATED", None, None),
        Imported::Created(row) => ("CREATED", Some(row.id()), None),
        Imported::Known(row) => ("KNOWN", Some(row.id()), None),
        Imported::Refused(refusal) => ("REFUSED", None, Some(refusal)),
    };
    Told {
        line: line.line,
        name: line.name.clone(),
        outcome,
        id,
        field: refusal.map(|refusal| refusal.field.join(".")),
        message: refusal.map(|refusal| refusal.message.clone()),
    }
}
