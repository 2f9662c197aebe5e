//! How well the rules do on labelled posts: `make score`.
//!
//! Answers every line of a set with the starter handbook and the set's own office, counts what was found, missed and
//! wrongly raised, and ends with one JSON object. `--set <folder>` (or SET) takes another set than the development one,
//! `--errors <n>` (or ERRORS) shows the first mistakes of each file, `--answers <folder>` scores answers from elsewhere.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

#[path = "score/set.rs"]
mod set;
#[path = "score/tasks.rs"]
mod tasks;

use std::path::{Path, PathBuf};

use serde_json::Value;
use set::{Kind, Lines};
use tasks::{answer::Answers, length, pii, rules};

/// What is asked on the command line, or else by the environment.
fn asked(flag: &str, variable: Option<&str>) -> Option<String> {
    let given = std::env::args().skip_while(|argument| argument != flag).nth(1);
    let environment = || {
        let (_, value) = std::env::vars_os().find(|(name, _)| variable.is_some_and(|known| name == known))?;
        value.into_string().ok().filter(|value| !value.is_empty())
    };
    given.or_else(environment)
}

/// A folder as seen from the repository, where `make` runs; cargo runs benches inside of the crate.
fn folder(given: &str) -> PathBuf {
    let from_root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(given);
    if from_root.is_dir() { from_root } else { PathBuf::from(given) }
}

/// A file's name as JSON names things: `length_upstream` is `lengthUpstream`.
fn key(name: &str) -> String {
    let mut words = name.split(['_', '-', '.']);
    let mut key = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        key.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        key.extend(letters);
    }
    key
}

/// A file's table, its mistakes and its sums.
fn scored(lines: &Lines, answers: &Answers) -> Result<(String, Vec<String>, Value), String> {
    Ok(match lines.kind {
        Kind::Posts => {
            let score = pii::score(&lines.cases::<pii::Post>()?, answers);
            (score.table(), score.errors.clone(), score.json())
        }
        Kind::Drafts => {
            let score = rules::score(&lines.cases::<rules::Case>()?, answers);
            (score.table(), score.errors.clone(), score.json())
        }
        Kind::Lengths => {
            let score = length::score(&lines.cases::<length::Case>()?, answers);
            (score.table(), score.errors.clone(), score.json())
        }
    })
}

fn main() -> Result<(), String> {
    // `cargo test` builds and runs benches in test mode, where a table would be noise.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let development = concat!(env!("CARGO_MANIFEST_DIR"), "/sets/development").to_owned();
    let set = folder(&asked("--set", Some("SET")).unwrap_or(development));
    let shown = match asked("--errors", Some("ERRORS")) {
        Some(number) => number.parse().map_err(|error| format!("--errors {number}: {error}"))?,
        None => 0,
    };
    let elsewhere = asked("--answers", None).map(|given| folder(&given));
    let handbook = set::handbook(&set)?;
    let files = set::files(&set)?;
    if files.is_empty() {
        return Err(format!("{} holds no .jsonl file to score", set.display()));
    }
    let mut all = serde_json::Map::new();
    for lines in files {
        let answers = match &elsewhere {
            Some(folder) => lines.answered_in(folder)?,
            None => lines.answered_by(&handbook)?,
        };
        let (table, errors, json) = scored(&lines, &answers)?;
        println!("== {}\n{table}", lines.name);
        for error in errors.iter().take(shown) {
            println!("{error}");
        }
        if shown > 0 && !errors.is_empty() {
            println!();
        }
        all.insert(key(&lines.name), json);
    }
    println!("{}", Value::Object(all));
    Ok(())
}
