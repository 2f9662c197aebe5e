//! The changes of the directory as Atom 1.0 (RFC 4287), paged as RFC 5005 says. Knows the format; `quick-xml` does the
//! escaping. An entry's id and date are the change's: they never move.

use std::io;

use office::directory::{ChangeKind, DirectoryChange, platform_name};
use quick_xml::{
    Writer,
    events::{BytesDecl, Event},
};

use super::{Changes, Form, instant, name, word};
use crate::http::{
    web_address,
    xml::{Xml, finished, link, text},
};

/// The document.
pub(super) fn render(changes: &Changes) -> io::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let own = changes.place.address(Form::Atom);
    let newest = changes.page.items.first().map(|change| change.at).or(changes.changed_at);
    xml.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", "en"))
        .write_inner_content(|xml| {
            text(xml, "id", &own)?;
            text(xml, "title", &format!("{}: changes", changes.place.title()))?;
            text(xml, "updated", &instant(newest.unwrap_or_default()))?;
            link(xml, "self", "application/atom+xml", &own, None)?;
            link(xml, "alternate", "text/html", &changes.place.address(Form::Html), None)?;
            if let Some(next) = changes.next(Form::Atom) {
                link(xml, "next", "application/atom+xml", &next, None)?;
            }
            text(xml, "generator", "Masthead")?;
            changes.page.items.iter().try_for_each(|change| entry(xml, change))
        })?;
    finished(xml)
}

fn entry(xml: &mut Xml, change: &DirectoryChange) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &format!("urn:uuid:{}", change.id))?;
        text(xml, "title", &title(change))?;
        text(xml, "updated", &instant(change.at))?;
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", &change.office_name))?;
        xml.create_element("category").with_attribute(("term", word(&change.kind).as_str())).write_empty()?;
        // A closed account may be somebody else's by now: it is named and not linked.
        if let Some(address) = web_address(&change.record.url).filter(|_| change.kind != ChangeKind::Retired)
        {
            link(xml, "alternate", "text/html", &address, None)?;
        }
        text(xml, "summary", &summary(change))
    })?;
    Ok(())
}

fn title(change: &DirectoryChange) -> String {
    let (name, platform) = (name(&change.record), platform_name(change.record.platform, &change.record.url));
    let what = match change.kind {
        ChangeKind::Published => "is an official channel",
        ChangeKind::Changed => "has another record",
        ChangeKind::Moved => "is another account now",
        ChangeKind::Dormant => "rests",
        ChangeKind::Active => "is in use again",
        ChangeKind::Retired => "is no longer official",
    };
    format!("{name} ({platform}) {what}")
}

fn summary(change: &DirectoryChange) -> String {
    let record = &change.record;
    let parts = [&record.url, &record.purpose, &record.bio_line];
    parts.into_iter().filter(|part| !part.trim().is_empty()).cloned().collect::<Vec<_>>().join("\n")
}
