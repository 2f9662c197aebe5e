//! The feed as JSON Feed 1.1. Knows the format.

use entity::feed_entry::{self, AttachedCaption, Attachment};
use serde_json::{Value, json};

use super::{
    markup::{paragraphs, web_address},
    view::{self, View, instant},
};

/// The document.
pub(super) fn render(view: &View<'_>) -> Vec<u8> {
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": view.page,
        "feed_url": format!("{}.json", view.own),
        "language": view.language,
        "authors": [{ "name": view.feed.office.name }],
        "items": view.feed.entries.iter().map(|entry| item(view, entry)).collect::<Vec<_>>(),
    });
    if !view.purpose.is_empty() {
        put(&mut feed, "description", json!(view.purpose));
    }
    if view.closed {
        put(&mut feed, "expired", json!(true));
    }
    feed.to_string().into_bytes()
}

fn item(view: &View<'_>, entry: &feed_entry::Model) -> Value {
    let mut item = json!({
        "id": format!("urn:uuid:{}", entry.id),
        "url": view.entry_address(entry),
        "title": view::title(entry),
        "content_html": paragraphs(&entry.text) + &view.attachments(&view.base, entry),
        "content_text": entry.text,
        "date_published": instant(entry.published_at),
        "date_modified": instant(entry.updated_at),
    });
    if let Some(address) = entry.link.as_deref().and_then(web_address) {
        put(&mut item, "external_url", json!(address));
    }
    if let Some(language) = view::language(entry) {
        put(&mut item, "language", json!(language));
    }
    let attachment = |one: &Attachment| {
        let mut attachment =
            json!({ "url": view.media_address(&view.base, one), "mime_type": one.media_type });
        if let Some(alt) = &one.alt_text {
            put(&mut attachment, "title", json!(alt));
        }
        attachment
    };
    // Captions are attachments of their own, so that a reader that knows no more than the format finds them.
    let caption = |one: &AttachedCaption| {
        json!({ "url": view.caption_address(&view.base, one), "mime_type": "text/vtt", "title": view::label(one),
            "_captions": { "language": one.language } })
    };
    let with_captions = |one: &Attachment| {
        let captions: Vec<Value> = one.captions.iter().map(caption).collect();
        std::iter::once(attachment(one)).chain(captions)
    };
    let attachments: Vec<_> = entry.attachments.0.iter().flat_map(with_captions).collect();
    if !attachments.is_empty() {
        put(&mut item, "attachments", Value::Array(attachments));
    }
    item
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Value::Object(fields) = object {
        fields.insert(key.to_owned(), value);
    }
}
