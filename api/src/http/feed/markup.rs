//! Users' text as markup: escaped everywhere, links live only for the web's own schemes. Knows HTML's and XML's rules of
//! text; does not know entries.

use linkify::{LinkFinder, LinkKind};
use url::Url;

/// Text as it may stand in an element or in a quoted attribute, of HTML as of XML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| may_stand(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Text without what no document of XML 1.0 may hold, even escaped.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter(|c| may_stand(*c)).collect()
}

fn may_stand(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
        && c != '\u{7F}'
}

/// The address, normalised, when it is one that a reader may safely follow.
pub(crate) fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.to_string())
}

/// A link to `address`, which must have come from [`web_address`].
pub(super) fn anchor(address: &str, words: &str) -> String {
    format!("<a href=\"{}\" rel=\"nofollow noopener noreferrer\">{}</a>", escape(address), escape(words))
}

/// Plain text as paragraphs: a blank line parts two, a single one breaks the line, addresses of the web are links.
pub(super) fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim_end);
    let mut out = String::new();
    let mut open = false;
    for line in lines {
        match (line.trim().is_empty(), open) {
            (true, true) => out.push_str("</p>\n"),
            (true, false) => continue,
            (false, true) => out.push_str("<br>\n"),
            (false, false) => out.push_str("<p>"),
        }
        open = !line.trim().is_empty();
        out.push_str(&linked(line));
    }
    if open {
        out.push_str("</p>\n");
    }
    out
}

fn linked(line: &str) -> String {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut out = String::new();
    for span in finder.spans(line) {
        let address = span.kind().and_then(|_url| web_address(span.as_str()));
        match address {
            Some(address) => out.push_str(&anchor(&address, span.as_str())),
            None => out.push_str(&escape(span.as_str())),
        }
    }
    out
}

/// One segment of an address's path: everything but the unreserved characters is percent-encoded.
pub(crate) fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        for (text, safe) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload=\"x", "&quot; onload=&quot;x"),
            ("' onload='x", "&#39; onload=&#39;x"),
            ("a & b &lt;", "a &amp; b &amp;lt;"),
            ("]]><!--", "]]&gt;&lt;!--"),
            ("nul\0bell\u{7}del\u{7f}end\u{ffff}\u{fffe}", "nulbelldelend"),
            ("tab\tline\nsmile 🙂 é", "tab\tline\nsmile 🙂 é"),
        ] {
            assert_eq!(escape(text), safe, "{text:?}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for (text, safe) in [
            (
                "see https://example.org/a?b=1&c=2.",
                "<p>see <a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"nofollow noopener noreferrer\">\
                 https://example.org/a?b=1&amp;c=2</a>.</p>\n",
            ),
            ("javascript:alert(1)", "<p>javascript:alert(1)</p>\n"),
            ("javascript://x.org/%0aalert(1)", "<p>javascript://x.org/%0aalert(1)</p>\n"),
            ("data:text/html,<b>", "<p>data:text/html,&lt;b&gt;</p>\n"),
            ("mail a@example.org", "<p>mail a@example.org</p>\n"),
        ] {
            assert_eq!(paragraphs(text), safe, "{text:?}");
        }
        for tricky in ["https://x.org/\"onclick=\"a", "https://x.org/'a<b>", "http://x.org/<script>"] {
            let out = paragraphs(tricky);
            assert!(!out.contains("\"onclick") && !out.contains("<script") && !out.contains("<b>"), "{out}");
        }
    }

    #[test]
    fn lines_and_blank_lines_keep_their_meaning() {
        assert_eq!(paragraphs("\n\na\nb\r\n \n\nc\n"), "<p>a<br>\nb</p>\n<p>c</p>\n");
        assert_eq!(paragraphs("  \n"), "");
    }

    #[test]
    fn only_http_addresses_are_followed() {
        assert_eq!(web_address(" https://Example.org ").as_deref(), Some("https://example.org/"));
        for other in ["javascript:alert(1)", "ftp://x.org", "//x.org", "x.org", "", "java\nscript:alert(1)"] {
            assert_eq!(web_address(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_segment_stays_one() {
        assert_eq!(segment("news"), "news");
        assert_eq!(segment("a/b?c#d é%\""), "a%2Fb%3Fc%23d%20%C3%A9%25%22");
    }
}
