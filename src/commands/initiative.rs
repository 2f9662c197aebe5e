//! `masthead initiative`: reports of initiatives on the command line. Knows arguments and how a report is printed.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono::NaiveDate;
use office::{
    Office, Requester,
    coverage::{self, Coverage, Said},
    entity::ChannelId,
    policy::{Permit, op},
};
use serde::Serialize;

use super::{exit_code, find, office::operator};
use crate::{
    cli::{InitiativeCommand, ReportFormat},
    config::{self, Environment, Flags},
    output::{self, Form},
    telemetry, wiring,
};

/// Does it, and says by the exit code what came of it.
pub(super) async fn run(
    command: InitiativeCommand,
    form: Form,
    flags: &Flags,
    environment: &Environment,
) -> ExitCode {
    exit_code(open(command, form, flags, environment).await.map(|()| true))
}

async fn open(
    command: InitiativeCommand,
    form: Form,
    flags: &Flags,
    environment: &Environment,
) -> anyhow::Result<()> {
    let settings = config::load(flags, environment)?.settings;
    telemetry::start_logging(&settings.log)?;
    let office = wiring::open(&settings).await?;
    let done = Box::pin(take(&office, command, form)).await;
    wiring::close(&office).await;
    done
}

async fn take(office: &Office, command: InitiativeCommand, form: Form) -> anyhow::Result<()> {
    let InitiativeCommand::Report { initiative, from, to, format, office: of } = command;
    let who = operator(office, &of).await?;
    let lines = lines(office, &who, &initiative, (from, to)).await?;
    match format.unwrap_or(if form == Form::Json { ReportFormat::Json } else { ReportFormat::Table }) {
        ReportFormat::Json => output::json(&lines),
        ReportFormat::Table => table(&lines),
        ReportFormat::Csv => {
            csv(&lines);
            Ok(())
        }
    }
}

/// One line of a report: a key message, or what names none, on one channel or on all of them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    /// Its words; none for what no key message covers.
    message: Option<String>,
    /// The channel; none for all of them.
    channel: Option<String>,
    posts: i64,
    last_at: Option<String>,
}

async fn lines(
    office: &Office,
    who: &Requester,
    initiative: &str,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> anyhow::Result<Vec<Line>> {
    let permit: Permit<op::Initiatives> = who.permit()?;
    let id = find::initiative(office, who, initiative).await?;
    office::initiatives::get(office, permit.office_id(), id).await?;
    let period = coverage::period(office, &find::own(office, who).await?.time_zone, from, to)?;
    let mut found = coverage::of(office, permit.office_id(), &[id], period).await?;
    let report = found.remove(&id).context("the initiative is gone")?;
    let names = find::channel_names(office, permit.office_id(), report.channels.keys()).await?;
    Ok(told(&report, |id| names.get(&id).cloned()))
}

fn told(report: &Coverage, name: impl Fn(ChannelId) -> Option<String>) -> Vec<Line> {
    let line = |message: Option<&str>, channel: Option<String>, said: Said| Line {
        message: message.map(str::to_owned),
        channel,
        posts: said.posts,
        last_at: said.last_at.map(find::instant),
    };
    let mut lines = Vec::new();
    for entry in &report.messages {
        let words = Some(entry.message.text.as_str());
        lines.push(line(words, None, entry.said));
        lines.extend(entry.channels.iter().map(|(id, said)| line(words, name(*id), *said)));
    }
    lines.push(line(None, None, report.unplanned));
    let unplanned = report.channels.iter().filter(|(_, on)| on.unplanned.posts > 0);
    lines.extend(unplanned.map(|(id, on)| line(None, name(*id), on.unplanned)));
    lines
}

const HEADINGS: [&str; 4] = ["message", "channel", "posts", "last"];

fn cells(line: &Line) -> [String; 4] {
    let or = |value: &Option<String>, other: &str| value.clone().unwrap_or_else(|| other.to_owned());
    [
        or(&line.message, "(no key message)"),
        or(&line.channel, "(all)"),
        line.posts.to_string(),
        or(&line.last_at, if line.posts == 0 { "never" } else { "" }),
    ]
}

fn table(lines: &[Line]) -> anyhow::Result<()> {
    output::list(Form::Text, &HEADINGS, lines, |line| cells(line).to_vec())
}

fn csv(lines: &[Line]) {
    output::line(&HEADINGS.join(","));
    for line in lines {
        output::line(&cells(line).map(|cell| quoted(&cell)).join(","));
    }
}

/// A cell as spreadsheets read it: quoted, and never a formula.
pub(super) fn quoted(cell: &str) -> String {
    let plain =
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() };
    format!("\"{}\"", plain.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_cell_is_quoted_and_no_formula() {
        assert_eq!(quoted("Say \"yes\", twice"), "\"Say \"\"yes\"\", twice\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}
