//! The words of a post: what X makes of them, undone, so that they can be compared with what was sent. Pure; it does not know
//! the API.

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

/// A link as X keeps it: short in the text, long beside it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ShortLink {
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    expanded_url: Option<String>,
    #[serde(default)]
    media_key: Option<String>,
}

impl ShortLink {
    /// X adds a link to a post's own pictures, which nobody wrote.
    fn is_media(&self) -> bool {
        let long = self.expanded_url.as_deref().unwrap_or_default();
        let within = |part: &str| long.contains("/status/") && long.contains(part);
        self.media_key.is_some() || within("/photo/") || within("/video/")
    }
}

/// The words as they were written: with their own links, and without what stands for pictures.
pub(super) fn written(text: &str, links: &[ShortLink]) -> String {
    let mut written = unescape(text);
    for link in links {
        let Some(short) = link.url.as_deref().filter(|short| !short.is_empty()) else { continue };
        let long = if link.is_media() { "" } else { link.expanded_url.as_deref().unwrap_or(short) };
        written = written.replace(short, long);
    }
    written.trim().to_owned()
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// What two renderings of the same words have in common. Blanks, composition and the scheme of a link are X's own.
pub(super) fn comparable(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let bare = composed.replace("https://", "").replace("http://", "");
    let words = bare.split_whitespace().map(|word| word.trim_end_matches('/'));
    words.collect::<Vec<_>>().join(" ")
}

/// The same without whatever may be a link: X may write one otherwise than we do.
pub(super) fn without_links(comparable: &str) -> String {
    let words = comparable.split(' ').filter(|word| !word.contains(['.', '/', ':']));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(url: &str, expanded: &str, media_key: Option<&str>) -> ShortLink {
        ShortLink {
            url: Some(url.to_owned()),
            expanded_url: Some(expanded.to_owned()),
            media_key: media_key.map(str::to_owned),
        }
    }

    #[test]
    fn what_was_written_comes_back() {
        let links = [
            link("https://t.co/aaaaaaaaaa", "https://example.org/open?day=1&night=0", None),
            link("https://t.co/bbbbbbbbbb", "https://x.com/press/status/7/photo/1", None),
            link("https://t.co/cccccccccc", "https://pic.example/7", Some("3_7")),
        ];
        let shown = "Doors &lt;open&gt; &amp;amp; shut: https://t.co/aaaaaaaaaa https://t.co/bbbbbbbbbb https://t.co/cccccccccc";
        assert_eq!(written(shown, &links), "Doors <open> &amp; shut: https://example.org/open?day=1&night=0");
    }

    #[test]
    fn renderings_of_the_same_words_are_alike() {
        let rows = [
            ("One  two\n\nthree", "One two three"),
            ("caf\u{e9}", "cafe\u{301}"),
            ("see example.org", "see http://example.org"),
            ("see https://example.org/", "see https://example.org"),
        ];
        for (one, other) in rows {
            assert_eq!(comparable(one), comparable(other), "{one}");
        }
        assert_ne!(comparable("see example.org/a"), comparable("see example.org/b"));
        assert_eq!(without_links(&comparable("See https://a.org/b?c or")), "See or");
    }
}
