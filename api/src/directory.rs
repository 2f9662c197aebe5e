//! The directory as documents: a page for people, JSON, CSV, OPML, Atom, JSON-LD, and the signed JSON. Knows how each form
//! is written; not where it is asked for (that is `http`, and the command line) nor what may be shown (`office::directory`).

use chrono::{DateTime, SecondsFormat, Utc};
use office::{
    Fault, Office, Result,
    directory::{DirectoryChange, Entry, Head, Status},
    paging::Page,
};

use crate::{auth::TokenIssuer, http::segment};

mod atom;
mod changes;
mod csv;
mod embed;
mod html;
mod json;
mod jsonld;
mod opml;
mod trust;

pub use csv::cell;
pub(crate) use html::{embed_policy, policy};
pub(crate) use json::schema;
pub(crate) use trust::render as trust;

/// The version of the JSON form and of its schema: raised when a reader of the old one could misunderstand the new one.
const SCHEMA_VERSION: u32 = 1;

/// The kind of document that a signature is over, in its header: a token of ours never says this.
const SIGNED_TYPE: &str = "masthead-directory+jws";

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page for people.
    Html,
    /// A short list to stand in other people's pages.
    Embed,
    /// Everything, for programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For readers of feeds.
    Opml,
    /// The changes, newest first.
    Atom,
    /// schema.org organisations with their accounts.
    JsonLd,
    /// The JSON, signed.
    Jws,
}

impl Form {
    /// Every form that is asked for by a suffix.
    pub const SUFFIXED: [Self; 6] = [Self::Json, Self::Csv, Self::Opml, Self::Atom, Self::JsonLd, Self::Jws];

    /// What follows the directory's address; empty for the page.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Embed => "/embed",
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::Opml => ".opml",
            Self::Atom => ".atom",
            Self::JsonLd => ".jsonld",
            Self::Jws => ".jws",
        }
    }

    /// Its media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Html | Self::Embed => "text/html; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Opml => "text/x-opml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::JsonLd => "application/ld+json",
            Self::Jws => "application/jose",
        }
    }

    /// What it lists when nobody asks for a status: forms that say "follow these" leave out what is closed.
    pub fn statuses(self) -> Vec<Status> {
        match self {
            Self::Embed | Self::Opml | Self::JsonLd => vec![Status::Active, Status::Dormant],
            Self::Html | Self::Json | Self::Csv | Self::Atom | Self::Jws => Vec::new(),
        }
    }
}

/// Whose directory, and where the service is.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// How the outside reaches this service, without a slash at the end; may be empty where nobody serves.
    pub base: String,
    /// Slug and name of one office; none for the whole deployment.
    pub office: Option<(String, String)>,
}

impl Place {
    /// The address of a form.
    pub(crate) fn address(&self, form: Form) -> String {
        let slug = self.office.as_ref().map(|(slug, _)| format!("/{}", segment(slug))).unwrap_or_default();
        format!("{}/directory{slug}{}", self.base, form.suffix())
    }

    fn title(&self) -> String {
        self.office.as_ref().map_or_else(
            || "Official channels".to_owned(),
            |(_, name)| format!("Official channels of {name}"),
        )
    }
}

/// A page of the directory.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Whose.
    pub place: Place,
    /// The channels, by office and handle.
    pub entries: Vec<Entry>,
    /// Where the changes had got to before the list was read.
    pub head: Head,
    /// Address of the next page; none on the last.
    pub next: Option<String>,
}

/// A page of changes.
#[derive(Debug, Clone)]
pub struct Changes {
    /// Whose.
    pub place: Place,
    /// The changes.
    pub page: Page<DirectoryChange>,
    /// The cursor that was given.
    pub since: i64,
    /// When anything shown last changed.
    pub changed_at: Option<DateTime<Utc>>,
    /// How many a page has, where that was asked for.
    pub first: Option<u64>,
}

impl Changes {
    /// The address of the next page in this form; none on the last page.
    pub fn next(&self, form: Form) -> Option<String> {
        let last = self.page.items.last().filter(|_| self.page.has_next)?.sequence;
        let name = if form == Form::Atom { "before" } else { "since" };
        let first = self.first.map(|first| format!("&first={first}")).unwrap_or_default();
        Some(format!("{}?{name}={last}{first}", self.place.address(form)))
    }
}

/// Writes a list in a form. Atom is of changes: see [`Changes`].
pub async fn list(office: &Office, listing: &Listing, form: Form) -> Result<String> {
    match form {
        Form::Html => Ok(html::render(listing)),
        Form::Embed => Ok(embed::render(listing)),
        Form::Json => json::render(listing),
        Form::Csv => Ok(csv::render(&listing.entries)),
        Form::Opml => opml::render(listing).map_err(unwritten),
        Form::JsonLd => Ok(jsonld::render(listing)),
        Form::Jws => sign(office, &listing.place, &json::render(listing)?).await,
        Form::Atom => Err(Fault::Internal("Atom is of changes".to_owned()).into()),
    }
}

async fn sign(office: &Office, place: &Place, json: &str) -> Result<String> {
    TokenIssuer::new(office.clone(), &place.base).sign(SIGNED_TYPE, json.as_bytes()).await
}

impl Changes {
    /// As signed JSON, whose next page is signed too.
    pub(crate) async fn signed(&self, office: &Office) -> Result<String> {
        sign(office, &self.place, &changes::render(self, Form::Jws)?).await
    }

    /// As JSON.
    pub fn json(&self) -> Result<String> {
        changes::render(self, Form::Json)
    }

    /// As an Atom feed.
    pub fn atom(&self) -> Result<String> {
        atom::render(self).map_err(unwritten)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "taken from the result as it is")]
fn unwritten(fault: std::io::Error) -> office::OfficeError {
    Fault::Internal(fault.to_string()).into()
}

/// RFC 3339, in UTC.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A day for people.
fn day(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y").to_string()
}

/// The word that clients know an enum's value by.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The name that people see.
fn name(record: &entity::channel::DirectoryRecord) -> &str {
    Some(record.display_name.trim()).filter(|name| !name.is_empty()).unwrap_or(&record.handle)
}

#[cfg(test)]
mod tests;
