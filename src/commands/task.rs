//! `masthead task`: what waits for whom, on the command line. Knows arguments and how a list is printed.

use office::{
    Office, Requester,
    entity::member,
    members,
    paging::PageRequest,
    tasks::{self, TASKS_AT_MOST, Task},
};
use serde::Serialize;

use super::{find, member as people, office::operator};
use crate::{
    cli::{ListFormat, TaskCommand},
    output::{self, Form},
};

/// Members whose tasks one list shows.
const MEMBERS: u64 = 1_000;

/// A task, as it is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    due_at: String,
    overdue: bool,
    member: String,
    kind: String,
    title: String,
    reason: String,
    clause: Option<String>,
    consequence: &'static str,
    act: Option<&'static str>,
    #[serde(skip)]
    order: (chrono::DateTime<chrono::Utc>, String),
}

fn row(member: &member::Model, task: Task) -> Row {
    Row {
        due_at: find::instant(task.due_at),
        overdue: task.overdue,
        member: member.email.clone(),
        kind: find::code(&task.kind),
        reason: task.reason,
        clause: task.clause,
        consequence: task.kind.consequence(),
        act: task.act,
        order: (task.due_at, member.email.clone()),
        title: task.title,
    }
}

/// Does it.
pub(super) async fn run(office: &Office, command: TaskCommand, form: Form) -> anyhow::Result<bool> {
    let TaskCommand::List { member, overdue, format, office: of } = command;
    let who = operator(office, &of).await?;
    let of_whom = match member {
        Some(email) => vec![people::find(office, &who, &email).await?],
        None => active(office, &who).await?,
    };
    let mut rows = Vec::new();
    for member in of_whom {
        let waiting = tasks::list(office, &who.permit()?, Some(member.id), TASKS_AT_MOST).await?;
        let waiting = waiting.into_iter().filter(|task| task.overdue || !overdue);
        rows.extend(waiting.map(|task| row(&member, task)));
    }
    rows.sort_by(|one, other| one.order.cmp(&other.order));
    print(format, form, &rows)?;
    Ok(true)
}

async fn active(office: &Office, who: &Requester) -> anyhow::Result<Vec<member::Model>> {
    let filter = members::MemberFilter::default();
    let page = members::list(office, &who.permit()?, &filter, &PageRequest::first(MEMBERS)).await?;
    if page.has_next {
        output::message(&format!("the tasks of {MEMBERS} members are shown; name others with --member"));
    }
    Ok(page.items.into_iter().filter(|row| row.state == member::MemberState::Active).collect())
}

fn print(format: Option<ListFormat>, form: Form, rows: &[Row]) -> anyhow::Result<()> {
    let headings = ["due", "overdue", "for", "task", "of", "why"];
    let cells = |row: &Row| {
        vec![
            row.due_at.clone(),
            if row.overdue { "yes" } else { "no" }.to_owned(),
            row.member.clone(),
            row.kind.clone(),
            row.title.clone(),
            row.reason.clone(),
        ]
    };
    output::listed(format, form, &headings, rows, cells)
}
