//! The directory as OPML 2.0, for readers of feeds: one outline an office, one a channel. Knows the format; `quick-xml`
//! does the escaping.

use std::io;

use office::directory::{Entry, Status, feed, platform_name};
use quick_xml::{
    Writer,
    events::{BytesDecl, Event},
};

use super::{Listing, name};
use crate::http::{
    web_address,
    xml::{Xml, clean, finished, text},
};

/// The document. What is closed is not to be followed, whatever was asked for.
pub(super) fn render(listing: &Listing) -> io::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let entries: Vec<&Entry> =
        listing.entries.iter().filter(|entry| entry.status != Status::Retired).collect();
    xml.create_element("opml").with_attribute(("version", "2.0")).write_inner_content(|xml| {
        xml.create_element("head").write_inner_content(|xml| {
            text(xml, "title", &listing.place.title())?;
            if let Some(at) = listing.head.changed_at {
                text(xml, "dateModified", &at.to_rfc2822())?;
            }
            text(xml, "docs", "https://opml.org/spec2.opml")
        })?;
        xml.create_element("body").write_inner_content(|xml| {
            entries
                .chunk_by(|one, other| one.office_slug == other.office_slug)
                .try_for_each(|channels| office(xml, channels))
        })?;
        Ok(())
    })?;
    finished(xml)
}

fn office(xml: &mut Xml, channels: &[&Entry]) -> io::Result<()> {
    let name = channels.first().map(|entry| clean(&entry.office_name)).unwrap_or_default();
    xml.create_element("outline")
        .with_attribute(("text", name.as_str()))
        .write_inner_content(|xml| channels.iter().try_for_each(|entry| channel(xml, entry)))?;
    Ok(())
}

fn channel(xml: &mut Xml, entry: &Entry) -> io::Result<()> {
    let record = &entry.record;
    let (name, purpose, language) = (clean(name(record)), clean(&record.purpose), clean(&record.language));
    let (platform, page) =
        (platform_name(record.platform, &record.url), web_address(&record.url).unwrap_or_default());
    let outline = xml
        .create_element("outline")
        .with_attribute(("text", name.as_str()))
        .with_attribute(("description", purpose.as_str()))
        .with_attribute(("category", platform.as_str()))
        .with_attribute(("language", language.as_str()));
    match feed(record) {
        Some(feed) => outline
            .with_attribute(("type", "rss"))
            .with_attribute(("xmlUrl", feed.as_str()))
            .with_attribute(("htmlUrl", page.as_str()))
            .write_empty()?,
        None => {
            outline.with_attribute(("type", "link")).with_attribute(("url", page.as_str())).write_empty()?
        }
    };
    Ok(())
}
