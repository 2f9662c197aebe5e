//! `masthead partner`: the network that an office supports. Knows arguments and how a list is printed.

use std::collections::HashMap;

use office::{
    Office, Requester,
    entity::{initiative, member, partner},
    paging::{Cursor, PageRequest},
    partners::{self, PartnerFilter},
    read,
};
use serde::Serialize;

use super::{find, office::operator};
use crate::{
    cli::PartnerCommand,
    output::{self, Form},
};

/// Partners that are read at a time.
const PAGE: u64 = 200;

/// Does it.
pub(super) async fn run(office: &Office, command: PartnerCommand, form: Form) -> anyhow::Result<bool> {
    let PartnerCommand::List { with_ended, search, format, office: of } = command;
    let who = operator(office, &of).await?;
    let filter = PartnerFilter { with_ended, search, ..PartnerFilter::default() };
    let rows = all(office, &who, &filter).await?;
    let lines = lines(office, &who, &rows).await?;
    output::listed(format, form, &HEADINGS, &lines, |line| cells(line).to_vec())?;
    Ok(true)
}

async fn all(
    office: &Office,
    who: &Requester,
    filter: &PartnerFilter,
) -> anyhow::Result<Vec<partner::Model>> {
    let (mut rows, mut after): (Vec<partner::Model>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let request = PageRequest { after: after.take(), ..PageRequest::first(PAGE) };
        let page = partners::list(office, &who.permit()?, filter, &request).await?;
        after = page.items.last().map(partners::cursor);
        rows.extend(page.items);
        if !page.has_next || after.is_none() {
            return Ok(rows);
        }
    }
}

/// One line: a partner with one of its accounts; a partner without any has one line too.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    partner: String,
    account: Option<String>,
    platform: Option<String>,
    language: String,
    initiative: Option<String>,
    keeper: Option<String>,
    ends_on: Option<String>,
    ended_at: Option<String>,
    why: String,
}

async fn lines(office: &Office, who: &Requester, rows: &[partner::Model]) -> anyhow::Result<Vec<Line>> {
    let db = office.db().read();
    let keepers: Vec<_> = rows.iter().map(|row| row.keeper_id.0).collect();
    let keepers = read::many::<member::Entity>(db, who.office_id, &keepers).await?;
    let keepers: HashMap<_, _> = keepers.into_iter().map(|row| (row.id, row.name)).collect();
    let initiatives: Vec<_> = rows.iter().filter_map(|row| row.initiative_id).map(|id| id.0).collect();
    let initiatives = read::many::<initiative::Entity>(db, who.office_id, &initiatives).await?;
    let initiatives: HashMap<_, _> = initiatives.into_iter().map(|row| (row.id, row.name)).collect();
    let mut lines = Vec::new();
    for row in rows {
        let line = |account: Option<&partner::Account>| Line {
            partner: row.name.clone(),
            account: account.map(|account| account.address.clone()),
            platform: account.and_then(|account| account.platform).map(|platform| find::code(&platform)),
            language: row.language.clone(),
            initiative: row.initiative_id.and_then(|id| initiatives.get(&id).cloned()),
            keeper: keepers.get(&row.keeper_id).cloned(),
            ends_on: row.ends_on.map(|day| day.to_string()),
            ended_at: row.ended_at.map(find::instant),
            why: row.why.clone(),
        };
        if row.accounts.0.is_empty() {
            lines.push(line(None));
        }
        lines.extend(row.accounts.0.iter().map(|account| line(Some(account))));
    }
    Ok(lines)
}

const HEADINGS: [&str; 9] =
    ["partner", "account", "platform", "language", "initiative", "keeper", "ends on", "ended", "why"];

fn cells(line: &Line) -> [String; 9] {
    let or = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        line.partner.clone(),
        or(&line.account),
        or(&line.platform),
        line.language.clone(),
        or(&line.initiative),
        or(&line.keeper),
        or(&line.ends_on),
        or(&line.ended_at),
        line.why.clone(),
    ]
}
