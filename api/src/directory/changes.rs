//! The changes of the directory as JSON: what a keeper of a copy reads after the list. Knows the names of its fields.

use office::{Result, directory::DirectoryChange};
use serde::Serialize;

use super::{
    Changes, Form, instant,
    json::{Opening, Record, Serves},
    word,
};
use crate::graphql::id;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(flatten)]
    opening: Opening,
    /// Where to go on from.
    cursor: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    id: String,
    cursor: String,
    at: String,
    kind: String,
    office_slug: &'a str,
    office_name: &'a str,
    channel_id: String,
    record: Record<'a>,
    initiative: Option<Serves<'a>>,
}

impl<'a> From<&'a DirectoryChange> for Change<'a> {
    fn from(change: &'a DirectoryChange) -> Self {
        Self {
            id: format!("urn:uuid:{}", change.id),
            cursor: change.sequence.to_string(),
            at: instant(change.at),
            kind: word(&change.kind),
            office_slug: &change.office_slug,
            office_name: &change.office_name,
            channel_id: id::encode(change.channel_id).0,
            record: Record::from(&change.record),
            initiative: change.initiative.as_ref().map(Serves::from),
        }
    }
}

/// The document.
pub(super) fn render(changes: &Changes, form: Form) -> Result<String> {
    let last = changes.page.items.last().map_or(changes.since, |change| change.sequence);
    let document = Document {
        opening: Opening::of(&changes.place),
        cursor: last.to_string(),
        next: changes.next(form),
        changes: changes.page.items.iter().map(Change::from).collect(),
    };
    Ok(serde_json::to_string(&document)?)
}
