//! `masthead rules`: which rules there are, and the manual of each. Knows none of them.

use std::process::ExitCode;

use anyhow::bail;
use office::guidelines::{AttestationKind, Rule, Waiver, rule_manual, rules};
use serde::Serialize;

use crate::output::{self, Form};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    rule: &'static str,
    version: u32,
    clause: &'static str,
    severity: &'static str,
    waivable: bool,
    asks: Option<&'static str>,
    what: &'static str,
}

fn row(rule: &dyn Rule) -> Row {
    let manual = rule.manual();
    Row {
        rule: rule.id(),
        version: rule.version(),
        clause: manual.clause,
        severity: manual.severity.as_str(),
        waivable: manual.waiver == Waiver::Coordinator,
        asks: manual.asks.map(AttestationKind::as_str),
        what: manual.what,
    }
}

/// Lists the rules, or shows one.
pub(super) fn run(name: Option<&str>, form: Form) -> anyhow::Result<ExitCode> {
    let Some(name) = name else {
        let rows: Vec<Row> = rules().iter().map(|rule| row(*rule)).collect();
        let headings = ["rule", "version", "clause", "severity", "waivable", "asks"];
        output::list(form, &headings, &rows, |row| {
            let waivable = if row.waivable { "yes" } else { "never" };
            [row.rule, &row.version.to_string(), row.clause, row.severity, waivable, row.asks.unwrap_or("")]
                .map(str::to_owned)
                .to_vec()
        })?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(rule) = rules().iter().find(|rule| rule.id().eq_ignore_ascii_case(name)) else {
        bail!("there is no rule {name:?}: `masthead rules` lists them");
    };
    match form {
        Form::Json => output::json(&row(*rule))?,
        Form::Text => output::line(rule_manual(*rule).trim()),
    }
    Ok(ExitCode::SUCCESS)
}
