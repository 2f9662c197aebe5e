//! `masthead check`: what the guidelines say of a text, without server or database. Knows files and exit codes; what is
//! found is `guidelines`.

use std::{
    io::{self, BufRead as _, Read as _},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use office::guidelines::{
    Capacity, Finding, Handbook, Platform, Report, Severity, Submission, answer_line, check, office_facts,
    starter_handbook,
};

use super::{handbook, sarif};
use crate::{
    cli::{CapacityName, CheckArgs, CheckFormat, FailOn},
    output::{self, Form},
};

/// Findings.
const FOUND: u8 = 1;
/// Wrong use, also of a file that cannot be read.
const MISUSED: u8 = 2;
/// The longest text and the longest line that are read, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;

/// Checks, and says by the exit code what came of it.
pub(super) fn run(arguments: &CheckArgs, form: Form) -> ExitCode {
    match act(arguments, form) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(FOUND),
        Err(error) => {
            output::message(&format!("masthead: {error:#}"));
            ExitCode::from(MISUSED)
        }
    }
}

fn act(arguments: &CheckArgs, form: Form) -> anyhow::Result<bool> {
    let handbook = compiled(arguments)?;
    if arguments.jsonl {
        lines(arguments, &handbook)?;
        return Ok(true);
    }
    let text = read(arguments.file.as_deref())?;
    let platform = arguments.channel.as_deref().map(str::parse::<Platform>).transpose()?;
    let submission =
        Submission { platform, capacity: capacity(arguments.capacity), ..Submission::of_text(&text) };
    let report = check(&submission, &handbook);
    let name = arguments.file.as_deref().filter(|path| !is_dash(path));
    let name = name.map_or_else(|| "<stdin>".to_owned(), |path| path.display().to_string());
    match (arguments.format, form) {
        (Some(CheckFormat::Sarif), _) => output::json(&sarif::of(&name, &text, &report))?,
        (Some(CheckFormat::Json), _) | (None, Form::Json) => output::json(&report)?,
        (Some(CheckFormat::Text) | None, _) => report.findings.iter().for_each(|finding| {
            output::line(&told(&name, &text, finding));
        }),
    }
    Ok(passes(&report, arguments.fail_on))
}

fn passes(report: &Report, fail_on: FailOn) -> bool {
    let least = match fail_on {
        FailOn::Block => Severity::Block,
        FailOn::Warn => Severity::Warn,
        FailOn::Advise => Severity::Advise,
    };
    report.findings.iter().all(|finding| finding.severity > least)
}

fn capacity(name: CapacityName) -> Option<Capacity> {
    match name {
        CapacityName::Official => Some(Capacity::Official),
        CapacityName::PersonalOpinion => Some(Capacity::PersonalOpinion),
        CapacityName::Undeclared => None,
    }
}

fn compiled(arguments: &CheckArgs) -> anyhow::Result<Handbook> {
    let mut document = match &arguments.handbook {
        None => starter_handbook(),
        Some(path) => handbook::parse(&read(Some(path))?)?,
    };
    if let Some(path) = &arguments.office {
        let mut facts = office_facts(&read(Some(path))?)
            .with_context(|| format!("{} holds no lists of an office", path.display()))?;
        facts.acronyms.append(&mut document.office.acronyms);
        document.office = facts;
    }
    Ok(Handbook::from_document(&document)?)
}

fn lines(arguments: &CheckArgs, handbook: &Handbook) -> anyhow::Result<()> {
    let from: Box<dyn io::Read> = match arguments.file.as_deref().filter(|path| !is_dash(path)) {
        Some(path) => Box::new(std::fs::File::open(path).with_context(|| cannot_read(path))?),
        None => Box::new(io::stdin().lock()),
    };
    let mut from = io::BufReader::new(from);
    for number in 1_usize.. {
        let mut line = String::new();
        let read = from.by_ref().take(MOST_BYTES).read_line(&mut line);
        let read = read.with_context(|| format!("line {number} cannot be read: is it UTF-8?"))?;
        if read == 0 {
            break;
        }
        if u64::try_from(read).is_ok_and(|read| read >= MOST_BYTES) {
            bail!("line {number} is longer than {MOST_BYTES} bytes: split it");
        }
        if !line.trim().is_empty() {
            let answer = answer_line(&line, handbook).with_context(|| format!("line {number}"))?;
            output::line(&answer);
        }
    }
    Ok(())
}

/// The text of a file, or of standard input.
pub(super) fn read(path: Option<&Path>) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if let Some(path) = path.filter(|path| !is_dash(path)) {
        let file = std::fs::File::open(path).with_context(|| cannot_read(path))?;
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).with_context(|| cannot_read(path))?;
    } else {
        let input = io::stdin().lock().take(MOST_BYTES + 1);
        io::BufReader::new(input).read_to_end(&mut bytes).context("standard input cannot be read")?;
    }
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
        bail!("more than {MOST_BYTES} bytes: no post is that long");
    }
    String::from_utf8(bytes).context("it is not UTF-8: save it as UTF-8")
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn cannot_read(path: &Path) -> String {
    format!("{} cannot be read", path.display())
}

/// One finding, for people.
fn told(name: &str, text: &str, finding: &Finding) -> String {
    let place = finding.span.and_then(|span| {
        let before = text.get(..usize::try_from(span.byte_start).ok()?)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some(format!("{line}:{column}"))
    });
    let mut told = [
        name,
        ":",
        place.as_deref().unwrap_or(&finding.target),
        ": ",
        finding.severity.as_str(),
        " ",
        &finding.rule,
        ": ",
        &finding.message,
    ]
    .concat();
    if let Some(excerpt) = &finding.excerpt {
        told.push_str(&format!("\n    found: {excerpt}"));
    }
    told.push_str(&format!("\n    clause {}: \u{201c}{}\u{201d}", finding.clause, finding.clause_quote));
    if let Some(suggestion) = &finding.suggestion {
        told.push_str(&format!("\n    instead: {suggestion}"));
    }
    told
}
