//! The pieces of a shadow: words, links, tags and mentions. It does not know what any of them means.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Shadow;

/// A word, as Unicode bounds words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'s> {
    /// The word.
    pub text: &'s str,
    /// Where, in the shadow.
    pub range: Range<usize>,
}

/// A web address, with or without a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'s> {
    /// The address.
    pub text: &'s str,
    /// Where, in the shadow.
    pub range: Range<usize>,
}

/// A hashtag, without its sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'s> {
    /// The words of the tag.
    pub text: &'s str,
    /// Where, in the shadow, its sign included.
    pub range: Range<usize>,
}

/// A mention, without its first sign: `user`, `user@host` or `user.host`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<'s> {
    /// Who is mentioned.
    pub text: &'s str,
    /// Where, in the shadow, its sign included.
    pub range: Range<usize>,
}

impl Shadow<'_> {
    /// The words, in order.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let words = self.words.get_or_init(|| {
            self.folded().unicode_word_indices().map(|(at, text)| at..at + text.len()).collect()
        });
        words.iter().map(|range| Word { text: self.part(range), range: range.clone() })
    }

    /// The web addresses, in order.
    pub fn links(&self) -> Vec<Link<'_>> {
        let links = self.links.get_or_init(|| {
            let mut finder = LinkFinder::new();
            finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
            finder.links(self.folded()).map(|link| link.start()..link.end()).collect()
        });
        links.iter().map(|range| Link { text: self.part(range), range: range.clone() }).collect()
    }

    /// The hashtags, in order.
    pub fn tags(&self) -> Vec<Tag<'_>> {
        self.signed('#', |c| c.is_alphanumeric() || c == '_')
            .map(|(text, range)| Tag { text, range })
            .collect()
    }

    /// The mentions, in order.
    pub fn mentions(&self) -> Vec<Mention<'_>> {
        self.signed('@', |c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@'))
            .map(|(text, range)| Mention { text, range })
            .collect()
    }

    fn signed(&self, sign: char, inside: fn(char) -> bool) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.folded().match_indices(sign).filter_map(move |(at, found)| {
            let glued =
                self.part(&(0..at)).ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '&'));
            let from = at + found.len();
            let rest = self.part(&(from..self.folded().len()));
            let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
            let text = rest.get(..end)?.trim_end_matches(['.', '-', '@']);
            (!glued && !text.is_empty()).then(|| (text, at..from + text.len()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_their_places() {
        let shadow = Shadow::of("Hi @a@b.example, see https://c.example/#x and #HeartHealth. a#b");
        assert_eq!(shadow.mentions().first().map(|m| m.text), Some("a@b.example"));
        assert_eq!(shadow.links().first().map(|l| l.text), Some("https://c.example/#x"));
        let tags: Vec<_> = shadow.tags().iter().map(|t| t.text).collect();
        assert_eq!(tags, ["HeartHealth"]);
        assert_eq!(shadow.words().next().map(|w| w.range), Some(0..2));
    }
}
