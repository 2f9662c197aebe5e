//! A folder of labelled lines: what each of its files is, and who answers them. It does not know how they are scored.

use std::{fs, path::Path};

use guidelines::{Handbook, answer_line, office_facts, starter_handbook};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::tasks::answer::{Answer, Answers};

/// What the lines of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Posts,
    Drafts,
    Lengths,
}

/// A file of a set.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// Its name without ending.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    all: Vec<String>,
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The files of a set, by name.
pub(crate) fn files(folder: &Path) -> Result<Vec<Lines>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let lines: Vec<String> =
            read(&path)?.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        let Some(first) = lines.first() else { continue };
        let first: Value =
            serde_json::from_str(first).map_err(|error| format!("{}: {error}", path.display()))?;
        let kind = if first.get("spans").is_some() {
            Kind::Posts
        } else if first.get("expect").is_some() {
            Kind::Drafts
        } else {
            Kind::Lengths
        };
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        found.push(Lines { name, kind, all: lines });
    }
    Ok(found)
}

/// The starter handbook with the lists of a set's office, if it has any.
pub(crate) fn handbook(folder: &Path) -> Result<Handbook, String> {
    let mut document = starter_handbook();
    let office = folder.join("office.json");
    if office.exists() {
        let mut facts = office_facts(&read(&office)?).map_err(|error| error.to_string())?;
        facts.acronyms.append(&mut document.office.acronyms);
        document.office = facts;
    }
    Handbook::from_document(&document).map_err(|error| error.to_string())
}

impl Lines {
    /// Every line as what it is.
    pub(crate) fn cases<C: DeserializeOwned>(&self) -> Result<Vec<C>, String> {
        let case = |(number, line): (usize, &String)| {
            serde_json::from_str(line)
                .map_err(|error| format!("{}.jsonl, line {}: {error}", self.name, number + 1))
        };
        self.all.iter().enumerate().map(case).collect()
    }

    /// What the rules say of every line.
    pub(crate) fn answered_by(&self, handbook: &Handbook) -> Result<Answers, String> {
        let answer = |(number, line): (usize, &String)| {
            let at = |error: String| format!("{}.jsonl, line {}: {error}", self.name, number + 1);
            let told = answer_line(line, handbook).map_err(|error| at(error.to_string()))?;
            serde_json::from_str(&told).map_err(|error| at(error.to_string()))
        };
        let answers: Result<Vec<Answer>, String> = self.all.iter().enumerate().map(answer).collect();
        Ok(Answers::of(answers?))
    }

    /// What somebody else said of them, from the file of the same name in a folder.
    pub(crate) fn answered_in(&self, folder: &Path) -> Result<Answers, String> {
        let text = read(&folder.join(format!("{}.jsonl", self.name)))?;
        let answers = text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str);
        let answers: Result<Vec<Answer>, _> = answers.collect();
        Ok(Answers::of(answers.map_err(|error| format!("answers to {}: {error}", self.name))?))
    }
}
