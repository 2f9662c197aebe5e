//! `masthead token`: integrations and their tokens.

use anyhow::Context as _;
use office::entity::{IntegrationId, integration};
use office::{Office, integrations, paging::PageRequest, policy::scope_name};
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::office::operator;
use crate::{
    cli::{OfOffice, ScopeName, TokenCommand},
    config::Settings,
    output::{self, Form},
    wiring,
};

/// Integrations read at a time.
const PAGE: u64 = 500;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    name: String,
    scopes: Vec<&'static str>,
    hint: String,
    last_used_at: Option<String>,
    revoked_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl From<ScopeName> for integration::Scope {
    fn from(name: ScopeName) -> Self {
        match name {
            ScopeName::DirectoryRead => Self::DirectoryRead,
            ScopeName::OfficeRead => Self::OfficeRead,
            ScopeName::DraftsWrite => Self::DraftsWrite,
            ScopeName::PostsWrite => Self::PostsWrite,
        }
    }
}

fn row(integration: integration::Model) -> Row {
    Row {
        id: integration.id.to_string(),
        name: integration.name,
        scopes: integration.scopes.0.iter().map(|scope| scope_name(*scope)).collect(),
        hint: integration.token_hint,
        last_used_at: integration.last_used_at.map(|at| at.to_rfc3339()),
        revoked_at: integration.revoked_at.map(|at| at.to_rfc3339()),
        token: None,
    }
}

pub(super) async fn run(command: TokenCommand, form: Form, settings: &Settings) -> anyhow::Result<()> {
    let office = wiring::open(settings).await?;
    let done = act(&office, command, form).await;
    wiring::close(&office).await;
    done
}

async fn act(office: &Office, command: TokenCommand, form: Form) -> anyhow::Result<()> {
    match command {
        TokenCommand::List { office: of } => list(office, &of, form).await,
        TokenCommand::Create { name, scopes, office: of } => {
            let permit = operator(office, &of).await?.permit()?;
            let scopes = scopes.into_iter().map(Into::into).collect();
            let new = integrations::CreateIntegration { client_key: None, name, scopes };
            let (added, token) = integrations::create(office, &permit, new).await?;
            let token = token.context("a new integration has a token")?;
            if form == Form::Json {
                return output::json(&Row { token: Some(token.expose_secret().to_owned()), ..row(added) });
            }
            output::message(&format!("added {}; its token, shown once:", added.name));
            output::line(token.expose_secret());
            Ok(())
        }
        TokenCommand::Revoke { id, office: of } => {
            let permit = operator(office, &of).await?.permit()?;
            let revoked = integrations::revoke(office, &permit, IntegrationId(id)).await;
            let revoked = revoked.with_context(|| format!("no token {id}; see: masthead token list"))?;
            if form == Form::Json {
                return output::json(&row(revoked));
            }
            output::message(&format!("the token of {} is not valid any more", revoked.name));
            Ok(())
        }
    }
}

async fn list(office: &Office, of: &OfOffice, form: Form) -> anyhow::Result<()> {
    let permit = operator(office, of).await?.permit()?;
    let (mut rows, mut request) = (Vec::new(), PageRequest::first(PAGE));
    loop {
        let page = integrations::list(office, &permit, &request).await?;
        request.after = page.items.last().map(integrations::cursor);
        rows.extend(page.items.into_iter().map(row));
        if !page.has_next {
            break;
        }
    }
    output::list(form, &["id", "name", "scopes", "token", "last used", "revoked"], &rows, |row| {
        let at = |at: &Option<String>| at.clone().unwrap_or_else(|| "–".to_owned());
        vec![
            row.id.clone(),
            row.name.clone(),
            row.scopes.join(","),
            format!("{}…", row.hint),
            at(&row.last_used_at),
            at(&row.revoked_at),
        ]
    })
}
