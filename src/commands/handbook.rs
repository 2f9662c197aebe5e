//! `masthead handbook`: handbooks as files. Knows their two notations; whether one makes sense is `guidelines`.

use std::process::ExitCode;

use anyhow::Context as _;
use office::guidelines::{Handbook, HandbookDocument, starter_handbook};

use super::check::read;
use crate::{
    cli::HandbookCommand,
    output::{self, Form},
};

/// Prints or judges a handbook.
pub(super) fn run(command: &HandbookCommand, form: Form) -> anyhow::Result<ExitCode> {
    match (command, form) {
        (HandbookCommand::Starter, Form::Json) => output::json(&starter_handbook())?,
        (HandbookCommand::Starter, Form::Text) => {
            let starter = toml::to_string_pretty(&starter_handbook()).context("the starter handbook")?;
            output::line(starter.trim_end());
        }
        (HandbookCommand::Check { file }, form) => {
            let handbook = Handbook::from_document(&parse(&read(Some(file))?)?)?;
            handbook.self_test()?;
            let on = handbook.rules().filter(|rule| rule.enabled).count();
            match form {
                Form::Json => output::json(&serde_json::json!({ "fit": true, "rules": on }))?,
                Form::Text => output::line(&format!(
                    "{}: it would be taken; {on} rules are on and pass their examples",
                    handbook.title()
                )),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A document in TOML, or in JSON where it begins like an object.
pub(super) fn parse(source: &str) -> anyhow::Result<HandbookDocument> {
    if source.trim_start().starts_with('{') {
        serde_json::from_str(source).context("it is no handbook")
    } else {
        toml::from_str(source).context("it is no handbook")
    }
}
