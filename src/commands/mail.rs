//! `masthead mail`: the outbox from the command line, and a test of the mail server. Knows arguments, tables and exit codes.
//! Addresses are not printed: members are named.

use std::collections::HashMap;

use anyhow::{Context as _, anyhow};
use connectors::mail::Letter;
use office::entity::{MailId, MemberId, mail as table};
use office::{
    IdSource as _, Office, OfficeError, SystemIds, lifecycle::Lifecycle as _, mail, members,
    paging::PageRequest,
};
use serde::Serialize;

use super::{find, office::operator};
use crate::{
    cli::{MailCommand, MailStateName, OfOffice},
    config::Settings,
    output::{self, Form},
    wiring,
};

/// Does it.
pub(super) async fn run(
    office: &Office,
    settings: &Settings,
    command: MailCommand,
    form: Form,
) -> anyhow::Result<bool> {
    let done = match command {
        MailCommand::Test { address } => test(office, settings, &address, form).await,
        MailCommand::List { state, limit, office: of } => list(office, &of, &state, limit, form).await,
        MailCommand::Retry { id, office: of } => {
            let who = operator(office, &of).await?;
            changed(mail::retry(office, &who.permit()?, MailId(id)).await, id, form)
        }
        MailCommand::GiveUp { id, office: of } => {
            let who = operator(office, &of).await?;
            changed(mail::give_up(office, &who.permit()?, MailId(id)).await, id, form)
        }
    };
    done.map(|()| true)
}

fn changed(row: office::Result<table::Model>, id: uuid::Uuid, form: Form) -> anyhow::Result<()> {
    let row = match row {
        Err(OfficeError::NotFound(_)) => {
            return Err(anyhow!("no mail {id} in this office; see: masthead mail list"));
        }
        other => other?,
    };
    if form == Form::Json {
        return output::json(&serde_json::json!({ "id": row.id, "state": row.state.code() }));
    }
    output::message(&format!("the mail is {}", row.state.code()));
    Ok(())
}

/// A message past the outbox: it tells of nothing, so nothing is lost with it.
async fn test(office: &Office, settings: &Settings, address: &str, form: Form) -> anyhow::Result<()> {
    let mailer = wiring::mail::mailer(settings)?
        .context("no mail server is set: set mail.host and mail.from; see config/default.toml")?;
    let letter = Letter {
        to: address.to_owned(),
        to_name: String::new(),
        subject: "A test message from Masthead".to_owned(),
        text: "This is a test: mail from Masthead arrives. Nobody needs to do anything.\n".to_owned(),
        message_id: format!("test.{}@{}", SystemIds.next(), mailer.domain()),
        thread: None,
        list: format!("test.masthead.{}", mailer.domain()),
        date: office.now(),
    };
    let mut session = mailer.open().await.map_err(|failure| wiring::mail::told(&failure))?;
    let offered = session.offer(&letter).await.map_err(|failure| wiring::mail::told(&failure))?;
    session.hand_over(offered).await.map_err(|failure| wiring::mail::told(&failure))?;
    session.close().await;
    if form == Form::Json {
        return output::json(&serde_json::json!({ "sent": true, "messageId": letter.message_id }));
    }
    output::message("the mail server has taken it; look whether it arrives");
    Ok(())
}

/// A mail, as it is listed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    id: String,
    state: String,
    member: String,
    subject: String,
    attempts: i32,
    cause: Option<String>,
    created_at: String,
}

async fn list(
    office: &Office,
    of: &OfOffice,
    states: &[MailStateName],
    limit: u64,
    form: Form,
) -> anyhow::Result<()> {
    let who = operator(office, of).await?;
    let filter =
        mail::MailFilter { states: states.iter().copied().map(state).collect(), ..Default::default() };
    let page = mail::list(office, &who.permit()?, &filter, &PageRequest::first(limit)).await?;
    let ids: Vec<MemberId> = page.items.iter().map(|row| row.member_id).collect();
    let names: HashMap<_, _> = members::by_ids(office, who.office_id, &ids)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect();
    let shown = |row: table::Model| Shown {
        id: row.id.to_string(),
        state: row.state.code(),
        member: names.get(&row.member_id).cloned().unwrap_or_default(),
        subject: row.subject,
        attempts: row.attempts,
        cause: row.cause_code,
        created_at: find::instant(row.created_at),
    };
    let rows: Vec<_> = page.items.into_iter().map(shown).collect();
    output::list(form, &["state", "to", "subject", "tries", "cause", "written", "id"], &rows, |row| {
        let cause = row.cause.clone().unwrap_or_else(|| "–".to_owned());
        let (written, tries) = (row.created_at.clone(), row.attempts.to_string());
        vec![
            row.state.clone(),
            row.member.clone(),
            row.subject.clone(),
            tries,
            cause,
            written,
            row.id.clone(),
        ]
    })
}

fn state(name: MailStateName) -> table::MailState {
    match name {
        MailStateName::Waiting => table::MailState::Waiting,
        MailStateName::Sending => table::MailState::Sending,
        MailStateName::Sent => table::MailState::Sent,
        MailStateName::Unconfirmed => table::MailState::Unconfirmed,
        MailStateName::Refused => table::MailState::Refused,
        MailStateName::GivenUp => table::MailState::GivenUp,
    }
}
