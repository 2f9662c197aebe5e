//! The feed as Atom 1.0 (RFC 4287). Knows the format; `quick-xml` does the escaping.

use std::io;

use entity::feed_entry;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{
    markup::{clean, paragraphs},
    view::{self, View, instant},
};
use crate::http::xml::{Xml, link, text};

/// The document.
pub(super) fn render(view: &View<'_>) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let language = clean(&view.language);
    xml.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", language.as_str()))
        .write_inner_content(|xml| {
            text(xml, "id", &format!("urn:uuid:{}", view.feed.channel.id))?;
            text(xml, "title", &view.title)?;
            let subtitle = if view.closed {
                "This feed is closed: nothing more is published here."
            } else {
                &view.purpose
            };
            if !subtitle.is_empty() {
                text(xml, "subtitle", subtitle)?;
            }
            text(xml, "updated", &instant(view.feed.updated_at))?;
            xml.create_element("author")
                .write_inner_content(|xml| text(xml, "name", &view.feed.office.name))?;
            link(xml, "self", "application/atom+xml", &format!("{}.atom", view.own), None)?;
            link(xml, "alternate", "text/html", &view.page, None)?;
            text(xml, "generator", "Masthead")?;
            view.feed.entries.iter().try_for_each(|one| entry(xml, view, one))
        })?;
    Ok(xml.into_inner())
}

fn entry(xml: &mut Xml, view: &View<'_>, entry: &feed_entry::Model) -> io::Result<()> {
    let element = match view::language(entry) {
        Some(language) => xml.create_element("entry").with_attribute(("xml:lang", language)),
        None => xml.create_element("entry"),
    };
    element.write_inner_content(|xml| {
        text(xml, "id", &format!("urn:uuid:{}", entry.id))?;
        text(xml, "title", &view::title(entry))?;
        text(xml, "published", &instant(entry.published_at))?;
        text(xml, "updated", &instant(entry.updated_at))?;
        link(xml, "alternate", "text/html", &view.entry_address(entry), None)?;
        if let Some(address) = entry.link.as_deref().and_then(super::markup::web_address) {
            link(xml, "related", "text/html", &address, None)?;
        }
        for attachment in &entry.attachments.0 {
            let at = view.media_address(&view.base, attachment);
            link(xml, "enclosure", &attachment.media_type, &at, attachment.alt_text.as_deref())?;
            for caption in &attachment.captions {
                let at = view.caption_address(&view.base, caption);
                link(xml, "enclosure", "text/vtt", &at, Some(view::label(caption)))?;
            }
        }
        let content = paragraphs(&entry.text) + &view.attachments(&view.base, entry);
        xml.create_element("content")
            .with_attribute(("type", "html"))
            .write_text_content(BytesText::new(&content))?;
        Ok(())
    })?;
    Ok(())
}
