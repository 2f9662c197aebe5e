//! `masthead doctor`: looks at a deployment and says what to do about each thing that is wrong. Changes nothing.

use std::process::ExitCode;

use serde::Serialize;

use crate::{
    config::{self, Environment, Flags, Settings},
    output::{self, Form},
};

mod machine;
mod mail;
mod stored;

/// How one check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    /// As it should be.
    Ok,
    /// Worth knowing; nothing is broken.
    Note,
    /// Somebody must do something.
    Wrong,
}

/// One check.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    status: Status,
    /// What was seen.
    seen: String,
    /// What to do; empty when there is nothing to do.
    #[serde(skip_serializing_if = "String::is_empty")]
    next: String,
}

impl Check {
    fn ok(name: &'static str, seen: impl Into<String>) -> Self {
        Self { name, status: Status::Ok, seen: seen.into(), next: String::new() }
    }

    fn note(name: &'static str, seen: impl Into<String>, next: impl Into<String>) -> Self {
        Self { name, status: Status::Note, seen: seen.into(), next: next.into() }
    }

    fn wrong(name: &'static str, seen: impl Into<String>, next: impl Into<String>) -> Self {
        Self { name, status: Status::Wrong, seen: seen.into(), next: next.into() }
    }
}

/// Checks everything that can be checked, and fails when anything is wrong.
pub(crate) async fn run(form: Form, flags: &Flags, environment: &Environment) -> anyhow::Result<ExitCode> {
    let checks = match config::load(flags, environment) {
        Ok(loaded) => all(&loaded.settings).await,
        Err(error) => vec![Check::wrong("settings", format!("{error:#}"), "correct them and try again")],
    };
    let wrong = checks.iter().filter(|check| check.status == Status::Wrong).count();
    if form == Form::Json {
        output::json(&serde_json::json!({ "healthy": wrong == 0, "checks": checks }))?;
    } else {
        for check in &checks {
            output::line(&line(check));
        }
        let summary =
            if wrong == 0 { "nothing is wrong".to_owned() } else { format!("{wrong} checks failed") };
        output::line(&summary);
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn all(settings: &Settings) -> Vec<Check> {
    let mut checks = vec![
        Check::ok("settings", "they fit"),
        machine::clock(),
        machine::zones(),
        machine::data_folder(settings),
        machine::master_key(settings),
        machine::port(settings),
        machine::media(settings).await,
        mail::server(settings).await,
    ];
    checks.extend(stored::checks(settings).await);
    checks
}

fn line(check: &Check) -> String {
    let mark = match check.status {
        Status::Ok => "ok   ",
        Status::Note => "note ",
        Status::Wrong => "WRONG",
    };
    let next = if check.next.is_empty() { String::new() } else { format!("\n        → {}", check.next) };
    format!("{mark}  {}: {}{next}", check.name, check.seen)
}
