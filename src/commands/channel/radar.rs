//! `masthead channel radar`: the channels at risk.

use office::{
    Office, Requester,
    channels::{self, RiskLevel},
};
use serde::Serialize;

use super::find;
use crate::{
    cli::ListFormat,
    output::{self, Form},
};

/// One risk of one channel.
#[derive(Serialize)]
struct Row {
    level: &'static str,
    channel: String,
    words: String,
    act: &'static str,
    id: String,
}

pub(super) async fn list(
    office: &Office,
    who: &Requester,
    form: Form,
    format: Option<ListFormat>,
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for one in channels::radar(office, &who.permit()?).await? {
        rows.extend(one.reasons.iter().map(|reason| Row {
            level: named(reason.level()),
            channel: find::named(&one.channel),
            words: reason.words(),
            act: reason.act(),
            id: one.channel.id.to_string(),
        }));
    }
    let headings = ["risk", "channel", "why", "what lowers it", "id"];
    let cells = |row: &Row| {
        let (level, act) = (row.level.to_owned(), row.act.to_owned());
        vec![level, row.channel.clone(), row.words.clone(), act, row.id.clone()]
    };
    output::listed(format, form, &headings, &rows, cells)
}

fn named(level: RiskLevel) -> &'static str {
    match level {
        RiskLevel::Low => "LOW",
        RiskLevel::Medium => "MEDIUM",
        RiskLevel::High => "HIGH",
    }
}
