//! `masthead initiative`: reports of initiatives on the command line. Knows arguments and how a report is printed.

use anyhow::Context as _;
use chrono::NaiveDate;
use office::{
    Office, Requester,
    coverage::{self, Coverage, Said},
    entity::ChannelId,
    policy::{Permit, op},
};
use serde::Serialize;

use super::{find, office::operator};
use crate::{
    cli::InitiativeCommand,
    output::{self, Form},
};

/// Does it.
pub(super) async fn run(office: &Office, command: InitiativeCommand, form: Form) -> anyhow::Result<bool> {
    let InitiativeCommand::Report { initiative, from, to, format, office: of } = command;
    let who = operator(office, &of).await?;
    let lines = lines(office, &who, &initiative, (from, to)).await?;
    output::listed(format, form, &HEADINGS, &lines, |line| cells(line).to_vec())?;
    Ok(true)
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
