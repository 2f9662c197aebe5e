//! `masthead office`: founding and listing offices, and finding the one that other commands mean.

use anyhow::{Context as _, bail};
use office::entity::office as table;
use office::{Actor, Office, Requester, archive::ImportOffice, offices};
use serde::Serialize;
use serde_json::json;

use super::password;
use crate::{
    cli::{OfOffice, OfficeCommand},
    config::Settings,
    output::{self, Form},
    wiring,
};

mod archive;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    slug: String,
    name: String,
    time_zone: String,
    language: String,
}

pub(super) async fn run(command: OfficeCommand, form: Form, settings: &Settings) -> anyhow::Result<()> {
    let office = wiring::open(settings).await?;
    let done = match command {
        OfficeCommand::List => list(&office, form).await,
        OfficeCommand::Create { name, slug, time_zone, language, administrator, email, password } => {
            let password = password::get(&password)?;
            let new = offices::CreateOffice { name, slug, time_zone, language };
            let first =
                offices::FirstAdministrator { name: administrator, email, password: password.secret.clone() };
            create(&office, form, new, first, &password).await
        }
        OfficeCommand::Export { file, office: of } => archive::export(&office, form, &of, &file).await,
        OfficeCommand::Import { file, slug, dry_run, administrator, password } => {
            let password = password::get(&password)?;
            let secret = password.secret.clone();
            let input = ImportOffice { file, slug, administrator, password: secret, dry_run };
            Box::pin(archive::import(&office, form, input, &password)).await
        }
    };
    wiring::close(&office).await;
    done
}

async fn create(
    office: &Office,
    form: Form,
    new: offices::CreateOffice,
    first: offices::FirstAdministrator,
    password: &password::Password,
) -> anyhow::Result<()> {
    let (founded, member) = offices::create(office, new, first).await?;
    if form == Form::Json {
        let made = password.to_show();
        return output::json(
            &json!({ "slug": founded.slug, "administrator": member.email, "password": made }),
        );
    }
    output::message(&format!("founded the office {} with the administrator {}", founded.slug, member.email));
    password.show();
    Ok(())
}

async fn list(office: &Office, form: Form) -> anyhow::Result<()> {
    let row = |row: table::Model| Row {
        slug: row.slug,
        name: row.name,
        time_zone: row.time_zone,
        language: row.language,
    };
    let rows: Vec<_> = offices::all(office).await?.into_iter().map(row).collect();
    output::list(form, &["slug", "name", "time zone", "language"], &rows, |row| {
        vec![row.slug.clone(), row.name.clone(), row.time_zone.clone(), row.language.clone()]
    })
}

/// The operator of this command line, in the office that is meant.
pub(super) async fn operator(office: &Office, of: &OfOffice) -> anyhow::Result<Requester> {
    let found = match &of.office {
        Some(slug) => offices::by_slug(office, slug)
            .await
            .with_context(|| format!("no office `{slug}` is here; see: masthead office list"))?,
        None => only_one(offices::all(office).await?)?,
    };
    Ok(Requester::new(found.id, Actor::Operator))
}

fn only_one(mut offices: Vec<table::Model>) -> anyhow::Result<table::Model> {
    let count = offices.len();
    match (offices.pop(), count) {
        (Some(only), 1) => Ok(only),
        (Some(_), _) => {
            bail!("there are {count} offices: name one with --office SLUG; see: masthead office list")
        }
        (None, _) => bail!("there is no office yet: found one with: masthead office create --help"),
    }
}
