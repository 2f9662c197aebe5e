//! Elements of XML as the Atom and OPML documents share them. Knows XML's rules of text; `quick-xml` does the escaping.

use std::io;

use quick_xml::{Writer, events::BytesText};

pub(crate) use super::feed::clean;

/// A document that is being written.
pub(crate) type Xml = Writer<Vec<u8>>;

/// An element with this text.
pub(crate) fn text(xml: &mut Xml, name: &str, words: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&clean(words)))?;
    Ok(())
}

/// A link of Atom.
pub(crate) fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str, title: Option<&str>) -> io::Result<()> {
    let (kind, href) = (clean(kind), clean(href));
    let element = xml
        .create_element("link")
        .with_attribute(("rel", rel))
        .with_attribute(("type", kind.as_str()))
        .with_attribute(("href", href.as_str()));
    match title.map(clean) {
        Some(title) => element.with_attribute(("title", title.as_str())).write_empty()?,
        None => element.write_empty()?,
    };
    Ok(())
}

/// The finished document, as text.
pub(crate) fn finished(xml: Xml) -> io::Result<String> {
    String::from_utf8(xml.into_inner()).map_err(io::Error::other)
}
