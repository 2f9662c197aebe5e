//! `masthead channel`: connecting channels and looking at their accounts from the command line. Knows arguments, tables and
//! exit codes. It asks platforms itself and does not wait for a worker: a platform's code may be good for seconds only.

use anyhow::Context as _;
use connectors::Http;
use office::entity::{ChannelId, WorkerId, channel, channel::CredentialState};
use office::{
    IdSource as _, Office, Requester, SystemIds, channels,
    lifecycle::Lifecycle as _,
    members,
    paging::{Direction, PageRequest},
    read,
};
use serde::Serialize;
use worker::Accounts;

use super::{find, import, member, office::operator};
use crate::{
    cli::{ChannelCommand, ListFormat},
    config::Settings,
    output::{self, Form},
};

mod app;
mod connect;
mod radar;

/// Channels that one list shows.
const LISTED: u64 = 1_000;

/// What every command needs.
pub(super) struct Desk<'a> {
    pub(super) office: &'a Office,
    pub(super) settings: &'a Settings,
    pub(super) form: Form,
}

impl Desk<'_> {
    /// Asks platforms in this process.
    fn accounts(&self) -> anyhow::Result<Accounts> {
        let http = Http::new(self.settings.http_limits());
        let http = http.context("the client for calls to platforms cannot be made")?;
        Ok(Accounts::new(self.office.clone(), http, WorkerId(SystemIds.next())))
    }

    /// Looks at the channel's account, and says what was found; `false`: it cannot publish.
    async fn look_at(&self, who: &Requester, id: ChannelId) -> anyhow::Result<bool> {
        let row = self.channel(who, id).await?;
        let row = self.accounts()?.look_at(&row).await?;
        let healthy = row.credential_state == CredentialState::Healthy && row.profile_cause.is_none();
        self.show(&row)?;
        Ok(healthy)
    }

    async fn channel(&self, who: &Requester, id: ChannelId) -> anyhow::Result<channel::Model> {
        let found = read::one::<channel::Entity>(self.office.db().read(), who.office_id, id).await;
        found.with_context(|| format!("no channel {id} in this office; see: masthead channel list"))
    }

    fn show(&self, row: &channel::Model) -> anyhow::Result<()> {
        let shown = Shown::of(row);
        if self.form == Form::Json {
            return output::json(&shown);
        }
        let none = "–".to_owned();
        let yes_no = |known: Option<bool>| match known {
            Some(true) => "yes".to_owned(),
            Some(false) => "NO".to_owned(),
            None => "the platform shows no description".to_owned(),
        };
        let facts = [
            ("channel", shown.channel),
            ("credential", shown.credential),
            ("problem", shown.problem.unwrap_or_else(|| none.clone())),
            ("account", shown.account.unwrap_or_else(|| none.clone())),
            ("public page", shown.url.unwrap_or_else(|| none.clone())),
            ("may", shown.scopes.unwrap_or_else(|| "the platform does not say".to_owned())),
            ("ends", shown.expires_at.unwrap_or_else(|| "not known, or never".to_owned())),
            ("refreshed", shown.refresh_at.map_or(none, |at| format!("at {at}"))),
            ("names who runs it", yes_no(shown.names_operator)),
            ("names a contact", yes_no(shown.names_contact)),
        ];
        for (name, value) in facts {
            output::line(&format!("{name:18} {value}"));
        }
        Ok(())
    }
}

/// A channel and its account, as they are shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    id: String,
    channel: String,
    state: String,
    credential: String,
    needs_credential: bool,
    problem: Option<String>,
    account: Option<String>,
    url: Option<String>,
    scopes: Option<String>,
    expires_at: Option<String>,
    refresh_at: Option<String>,
    names_operator: Option<bool>,
    names_contact: Option<bool>,
}

impl Shown {
    fn of(row: &channel::Model) -> Self {
        Self {
            id: row.id.to_string(),
            channel: find::named(row),
            state: row.state.code(),
            credential: find::code(&row.credential_state),
            needs_credential: channels::needs_credential(row.platform),
            problem: row.profile_cause.clone().or_else(|| row.refresh_cause.clone()),
            account: row.profile.as_ref().map(|profile| profile.handle.clone()),
            url: row.profile.as_ref().and_then(|profile| profile.url.clone()),
            scopes: row.credential_scopes.clone(),
            expires_at: row.credential_expires_at.map(find::instant),
            refresh_at: row.refresh_at.map(find::instant),
            names_operator: row.names_operator(),
            names_contact: row.names_contact(),
        }
    }
}

/// Does it; `false` is a refusal that it has told of.
pub(super) async fn run(desk: &Desk<'_>, command: ChannelCommand) -> anyhow::Result<bool> {
    match command {
        ChannelCommand::List { format, office: of } => {
            list(desk, format, &operator(desk.office, &of).await?).await?;
        }
        ChannelCommand::Radar { format, office: of } => {
            let who = operator(desk.office, &of).await?;
            radar::list(desk.office, &who, desk.form, format).await?;
        }
        ChannelCommand::Import { sheet, by, office: of } => {
            let operator = operator(desk.office, &of).await?;
            let coordinator = member::find(desk.office, &operator, &by).await?.id;
            let who = members::requester_for(desk.office, coordinator).await?;
            let csv = import::text(&sheet)?;
            let lines = channels::import(desk.office, &who.permit()?, &csv, sheet.dry_run).await?;
            return import::tell(&lines, sheet.dry_run, desk.form);
        }
        ChannelCommand::Connect(arguments) => return Box::pin(connect::run(desk, arguments)).await,
        ChannelCommand::Test { channel, office: of } => {
            let who = operator(desk.office, &of).await?;
            let id = find::channel(desk.office, &who, &channel).await?;
            channels::test(desk.office, &who.permit()?, id).await?;
            return desk.look_at(&who, id).await;
        }
        ChannelCommand::SetApp { platform, base_url, client_id, secret_file, office: of } => {
            let who = operator(desk.office, &of).await?;
            let wish = app::Wish { platform, base_url, client_id, secret_file };
            app::set(desk, &who, wish).await?;
        }
        ChannelCommand::Apps { office: of } => app::list(desk, &operator(desk.office, &of).await?).await?,
    }
    Ok(true)
}

async fn list(desk: &Desk<'_>, format: Option<ListFormat>, who: &Requester) -> anyhow::Result<()> {
    let (order, request) = (channels::ChannelOrder::Handle, PageRequest::first(LISTED));
    let filter = channels::ChannelFilter::default();
    let page =
        channels::list(desk.office, &who.permit()?, &filter, order, Direction::Ascending, &request).await?;
    let rows: Vec<_> = page.items.iter().map(Shown::of).collect();
    let headings = ["channel", "state", "credential", "ends", "id"];
    let cells = |row: &Shown| {
        let ends = row.expires_at.clone().unwrap_or_else(|| "–".to_owned());
        let credential = if row.needs_credential { row.credential.clone() } else { "–".to_owned() };
        vec![row.channel.clone(), row.state.clone(), credential, ends, row.id.clone()]
    };
    output::listed(format, desk.form, &headings, &rows, cells)?;
    if page.has_next {
        output::message(&format!("there are more: {} are shown", rows.len()));
    }
    Ok(())
}
