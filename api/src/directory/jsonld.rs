//! The directory as schema.org JSON-LD: one `Organization` an office, its accounts as `sameAs`. Knows that vocabulary.

use std::collections::BTreeSet;

use office::directory::{Entry, Status};
use serde_json::{Value, json};

use super::{Form, Listing, Place};
use crate::http::web_address;

/// The document. What is closed is not the organisation any more, whatever was asked for.
pub(super) fn render(listing: &Listing) -> String {
    let entries: Vec<&Entry> =
        listing.entries.iter().filter(|entry| entry.status != Status::Retired).collect();
    let by_office = entries.chunk_by(|one, other| one.office_slug == other.office_slug);
    let mut organizations: Vec<Value> =
        by_office.map(|channels| organization(&listing.place.base, channels)).collect();
    if organizations.is_empty() {
        organizations
            .extend(listing.place.office.as_ref().map(|(slug, name)| named(&listing.place.base, slug, name)));
    }
    json!({ "@context": "https://schema.org", "@graph": organizations }).to_string()
}

fn named(base: &str, slug: &str, name: &str) -> Value {
    let place = Place { base: base.to_owned(), office: Some((slug.to_owned(), name.to_owned())) };
    let page = place.address(Form::Html);
    json!({ "@type": "Organization", "@id": format!("{page}#office"), "name": name, "url": page, "sameAs": [] })
}

fn contact_point(contact: &str) -> Value {
    let kind = if web_address(contact).is_some() { "url" } else { "email" };
    json!({ "@type": "ContactPoint", kind: contact })
}

fn organization(base: &str, channels: &[&Entry]) -> Value {
    let Some(first) = channels.first() else { return Value::Null };
    let mut organization = named(base, &first.office_slug, &first.office_name);
    let accounts: Vec<String> = channels.iter().filter_map(|entry| web_address(&entry.record.url)).collect();
    if let Value::Object(fields) = &mut organization {
        fields.insert("sameAs".to_owned(), json!(accounts));
        let contacts: BTreeSet<&str> =
            channels.iter().filter_map(|entry| entry.record.contact.as_deref()).collect();
        if !contacts.is_empty() {
            let points: Vec<Value> = contacts.into_iter().map(contact_point).collect();
            fields.insert("contactPoint".to_owned(), json!(points));
        }
    }
    organization
}
