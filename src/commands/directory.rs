//! `masthead directory`: what the public sees, straight from the database. Knows arguments and tables; the forms are
//! `api::directory`'s.

use anyhow::Context as _;
use api::directory::{self as form, Changes, Listing, Place};
use office::{
    Office,
    directory::{self, ChangesWanted, DirectoryFilter, VerificationStatus},
    offices,
};
use serde_json::json;

use super::find;
use crate::{
    cli::{ChangesFormat, DirectoryCommand, DirectoryFormat, Wanted, WantedChanges},
    config::Settings,
    output::{self, Form},
};

/// Changes that one list shows.
const CHANGES: u64 = 1_000;

/// Does it; `false`: the address that was asked for is no official channel.
pub(super) async fn run(
    office: &Office,
    settings: &Settings,
    command: DirectoryCommand,
    form: Form,
) -> anyhow::Result<bool> {
    match command {
        DirectoryCommand::List(wanted) => list(office, &wanted, form, settings).await.map(|()| true),
        DirectoryCommand::Changes(wanted) => changes(office, &wanted, form, settings).await.map(|()| true),
        DirectoryCommand::Verify { url } => verify(office, &url, form).await,
    }
}

async fn place(office: &Office, slug: Option<&str>, settings: &Settings) -> anyhow::Result<Place> {
    let server = &settings.server;
    let base = match server.public_url.trim_end_matches('/') {
        "" => format!("http://{}:{}", server.host, server.port),
        public => public.to_owned(),
    };
    let Some(slug) = slug else { return Ok(Place { base, office: None }) };
    let row = offices::by_slug(office, slug).await;
    let row = row.with_context(|| format!("no office `{slug}` is here; see: masthead office list"))?;
    Ok(Place { base, office: Some((row.slug, row.name)) })
}

fn chosen(wanted: &Wanted, form: Form) -> DirectoryFormat {
    let usual = if form == Form::Json { DirectoryFormat::Json } else { DirectoryFormat::Table };
    wanted.format.unwrap_or(usual)
}

async fn list(office: &Office, wanted: &Wanted, form: Form, settings: &Settings) -> anyhow::Result<()> {
    let written = match chosen(wanted, form) {
        DirectoryFormat::Table => None,
        DirectoryFormat::Json => Some(form::Form::Json),
        DirectoryFormat::Csv => Some(form::Form::Csv),
        DirectoryFormat::Opml => Some(form::Form::Opml),
        DirectoryFormat::Jsonld => Some(form::Form::JsonLd),
        DirectoryFormat::Jws => Some(form::Form::Jws),
        DirectoryFormat::Atom => {
            let wanted = WantedChanges { office: wanted.office.clone(), format: Some(ChangesFormat::Atom) };
            return changes(office, &wanted, form, settings).await;
        }
    };
    let place = place(office, wanted.office.as_deref(), settings).await?;
    let filter = DirectoryFilter {
        statuses: written.map(form::Form::statuses).unwrap_or_default(),
        ..DirectoryFilter::of_office(wanted.office.as_deref())
    };
    let head = directory::head(office).await?;
    let entries = directory::list(office, &filter).await?;
    if let Some(written) = written {
        let listing = Listing { place, entries, head, next: None };
        output::line(form::list(office, &listing, written).await?.trim_end());
        return Ok(());
    }
    let rows: Vec<[String; 6]> = entries
        .into_iter()
        .map(|entry| {
            let until = entry.official_until.map_or_else(|| "–".to_owned(), find::instant);
            let platform = find::platform_of(entry.record.platform, &entry.record.url);
            let status = entry.status.word().to_owned();
            [entry.office_slug, platform, entry.record.handle, status, until, entry.record.url]
        })
        .collect();
    let headings = ["office", "platform", "handle", "status", "official until", "url"];
    output::list(Form::Text, &headings, &rows, |row| row.to_vec())
}

async fn changes(
    office: &Office,
    wanted: &WantedChanges,
    form: Form,
    settings: &Settings,
) -> anyhow::Result<()> {
    let usual = if form == Form::Json { ChangesFormat::Json } else { ChangesFormat::Table };
    let chosen = wanted.format.unwrap_or(usual);
    let newest_first = chosen == ChangesFormat::Atom;
    let asked = ChangesWanted {
        office: wanted.office.as_deref(),
        newest_first,
        limit: CHANGES,
        ..ChangesWanted::default()
    };
    let place = place(office, wanted.office.as_deref(), settings).await?;
    let head = directory::head(office).await?;
    let page = directory::changes(office, asked).await?;
    let changes = Changes { place, page, since: 0, changed_at: head.changed_at, first: None };
    match chosen {
        ChangesFormat::Json => output::line(&changes.json()?),
        ChangesFormat::Atom => output::line(changes.atom()?.trim_end()),
        ChangesFormat::Table => {
            let headings = ["cursor", "at", "kind", "office", "handle", "url"];
            output::list(Form::Text, &headings, &changes.page.items, |change| {
                let (at, kind) = (find::instant(change.at), find::code(&change.kind));
                let (handle, url) = (change.record.handle.clone(), change.record.url.clone());
                vec![change.sequence.to_string(), at, kind, change.office_slug.clone(), handle, url]
            })?;
        }
    }
    if changes.page.has_next && chosen == ChangesFormat::Table {
        output::message(&format!("there are more: {CHANGES} are shown"));
    }
    Ok(())
}

async fn verify(office: &Office, url: &str, form: Form) -> anyhow::Result<bool> {
    let found = directory::verify(office, url).await?;
    let (answer, note) = match found.status {
        VerificationStatus::Official => ("OFFICIAL", "an official channel in use"),
        VerificationStatus::Dormant => ("DORMANT", "ours, at rest"),
        VerificationStatus::Retired => ("RETIRED", "was ours; whoever posts there now is not us"),
        VerificationStatus::LooksLike => ("LOOKS_LIKE", "not ours, and could be taken for ours"),
        VerificationStatus::LandingPage => ("LANDING_PAGE", "a page of the platform, no account"),
        VerificationStatus::Unknown => ("UNKNOWN", "not known here: treat it as not ours"),
    };
    let ours = matches!(found.status, VerificationStatus::Official | VerificationStatus::Dormant);
    let until = found.official_until.map(find::instant);
    let real = found.imitated.map(|real| real.record.url);
    if form == Form::Json {
        output::json(&json!({
            "answer": answer, "address": found.address, "platform": found.platform,
            "officeName": found.office_name, "officialUntil": until, "looksLike": real,
        }))?;
        return Ok(ours);
    }
    output::line(&format!("{answer}: {note}"));
    let facts = [("office", found.office_name), ("official until", until), ("the real one", real)];
    for (name, value) in facts.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        output::line(&format!("{name:18} {value}"));
    }
    Ok(ours)
}
