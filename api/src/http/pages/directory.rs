//! The directory of official channels for machines: JSON and CSV, with a validator, for anybody. Knows the two forms.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Query},
};
use chrono::SecondsFormat;
use office::directory::{self, Directory, Entry, Listing};
use serde::{Deserialize, Serialize};

use super::failed;
use crate::{
    graphql::id,
    http::{State, incoming::has_version},
};

/// Which part of the directory.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    /// Slug of one office; all when left out.
    office: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    published_at: Option<String>,
    channels: Vec<Listed<'a>>,
}

/// A channel, with the id that GraphQL knows it by.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    channel_id: String,
    #[serde(flatten)]
    entry: &'a Entry,
}

impl<'a> From<&'a Entry> for Listed<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self { channel_id: id::encode(entry.channel_id).0, entry }
    }
}

/// `GET /directory.json`.
pub(super) async fn json(state: Data<State>, request: HttpRequest, wanted: Query<Wanted>) -> HttpResponse {
    answer(&state, &request, &wanted, "application/json; charset=utf-8", |directory| {
        let channels = directory.entries.iter().map(Listed::from).collect();
        let document = Document { published_at: published_at(directory), channels };
        serde_json::to_string(&document).unwrap_or_default()
    })
    .await
}

/// `GET /directory.csv`.
pub(super) async fn csv(state: Data<State>, request: HttpRequest, wanted: Query<Wanted>) -> HttpResponse {
    answer(&state, &request, &wanted, "text/csv; charset=utf-8; header=present", |directory| {
        let mut text =
            "office,platform,handle,url,name,listing,purpose,audience,language,run by,monitored\r\n"
                .to_owned();
        for entry in &directory.entries {
            text.push_str(&line(entry));
        }
        text
    })
    .await
}

async fn answer(
    state: &State,
    request: &HttpRequest,
    wanted: &Wanted,
    kind: &str,
    write: impl FnOnce(&Directory) -> String,
) -> HttpResponse {
    let directory = match directory::list(&state.services.office, wanted.office.as_deref()).await {
        Ok(directory) => directory,
        Err(error) => return failed(&error),
    };
    // The two forms are two representations: each has its own validator.
    let form = if kind.starts_with("text/csv") { "csv" } else { "json" };
    let etag = format!("\"{}-{form}\"", directory.etag);
    let known = has_version(request, &etag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if known {
        return response.finish();
    }
    response.insert_header((header::CONTENT_TYPE, kind)).body(write(&directory))
}

fn published_at(directory: &Directory) -> Option<String> {
    directory.published_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn line(entry: &Entry) -> String {
    let record = &entry.record;
    let listing = match entry.listing {
        Listing::Active => "ACTIVE",
        Listing::Dormant => "DORMANT",
    };
    let platform = serde_json::to_value(record.platform).unwrap_or_default();
    let cells = [
        entry.office_name.as_str(),
        platform.as_str().unwrap_or_default(),
        &record.handle,
        &record.url,
        &record.display_name,
        listing,
        &record.purpose,
        &record.audience,
        &record.language,
        &record.bio_line,
        &record.monitored_hours,
    ];
    let mut line = cells.map(cell).join(",");
    line.push_str("\r\n");
    line
}

/// A cell: quoted, and never read as a formula by a spreadsheet.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_no_formula() {
        assert_eq!(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}
