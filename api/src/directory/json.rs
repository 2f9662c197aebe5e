//! The directory as JSON, and the schema of that JSON. Knows the names of its fields.

use entity::channel::DirectoryRecord;
use office::{
    Result,
    directory::{Entry, Initiative, platform_name},
};
use serde::Serialize;

use super::{Form, Listing, Place, SCHEMA_VERSION, instant};
use crate::graphql::id;

const SCHEMA: &str = include_str!("../../assets/directory.schema.json");

/// The schema, under the name that documents give it.
pub(crate) fn schema(base: &str) -> String {
    SCHEMA.replace("{base}", base)
}

/// Which schema and version, and whose directory: how every document begins.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opening {
    #[serde(rename = "$schema")]
    schema: String,
    schema_version: u32,
    url: String,
    office: Option<Owner>,
}

#[derive(Serialize)]
struct Owner {
    slug: String,
    name: String,
}

impl Opening {
    pub(super) fn of(place: &Place) -> Self {
        let owner = |(slug, name): &(String, String)| Owner { slug: slug.clone(), name: name.clone() };
        Self {
            schema: format!("{}/directory/schema.json?v={SCHEMA_VERSION}", place.base),
            schema_version: SCHEMA_VERSION,
            url: place.address(Form::Json),
            office: place.office.as_ref().map(owner),
        }
    }
}

/// An initiative, with the id that GraphQL knows it by.
#[derive(Serialize)]
pub(super) struct Serves<'a> {
    id: String,
    name: &'a str,
}

impl<'a> From<&'a Initiative> for Serves<'a> {
    fn from(one: &'a Initiative) -> Self {
        Self { id: id::encode(one.id).0, name: &one.name }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(flatten)]
    opening: Opening,
    published_at: Option<String>,
    /// Where the changes go on from this list.
    cursor: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a str>,
    channels: Vec<Listed<'a>>,
}

/// A record, with the name of its platform.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record<'a> {
    platform_name: String,
    #[serde(flatten)]
    record: &'a DirectoryRecord,
}

impl<'a> From<&'a DirectoryRecord> for Record<'a> {
    fn from(record: &'a DirectoryRecord) -> Self {
        Self { platform_name: platform_name(record.platform, &record.url), record }
    }
}

/// A channel, with the id that GraphQL knows it by.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    channel_id: String,
    office_slug: &'a str,
    office_name: &'a str,
    status: &'static str,
    record: Record<'a>,
    published_at: Option<String>,
    official_since: Option<String>,
    official_until: Option<String>,
    initiative: Option<Serves<'a>>,
    on_duty: &'a [String],
}

impl<'a> From<&'a Entry> for Listed<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            channel_id: id::encode(entry.channel_id).0,
            office_slug: &entry.office_slug,
            office_name: &entry.office_name,
            status: entry.status.word(),
            record: Record::from(&entry.record),
            published_at: entry.published_at.map(instant),
            official_since: entry.official_since.map(instant),
            official_until: entry.official_until.map(instant),
            initiative: entry.initiative.as_ref().map(Serves::from),
            on_duty: &entry.on_duty,
        }
    }
}

/// The document.
pub(super) fn render(listing: &Listing) -> Result<String> {
    let newest = listing.entries.iter().filter_map(|entry| entry.published_at).max();
    let document = Document {
        opening: Opening::of(&listing.place),
        published_at: newest.map(instant),
        cursor: listing.head.sequence.to_string(),
        next: listing.next.as_deref(),
        channels: listing.entries.iter().map(Listed::from).collect(),
    };
    Ok(serde_json::to_string(&document)?)
}
