//! The text model: a text and its folded shadow, with the way back from one to the other.
//!
//! The shadow is what rules read: composed, full-width and styled digits and letters made plain, every
//! dash a hyphen, every blank a space, every quotation mark straight, nothing invisible. It does not
//! know any rule.

mod fold;
mod protected;
mod sentence;
mod token;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

pub use protected::{Protected, ProtectedKind};
pub use token::{Link, Mention, Tag, Word};

use crate::Span;

/// A number of bytes or characters as the wire wants it.
pub(crate) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// One grapheme's beginning, in the shadow, in the text and in UTF-16.
#[derive(Clone, Copy, Debug)]
struct Mark {
    folded: usize,
    raw: usize,
    utf16: usize,
}

/// A text and its shadow. Ranges that rules speak of are ranges of the shadow.
#[derive(Clone, Debug)]
pub struct Shadow<'a> {
    raw: &'a str,
    folded: String,
    marks: Vec<Mark>,
}

impl<'a> Shadow<'a> {
    /// Folds a text.
    pub fn of(raw: &'a str) -> Self {
        let mut folded = String::with_capacity(raw.len());
        let mut marks = Vec::with_capacity(raw.len() + 1);
        let mut utf16 = 0;
        for (at, grapheme) in raw.grapheme_indices(true) {
            marks.push(Mark { folded: folded.len(), raw: at, utf16 });
            fold::push(grapheme, &mut folded);
            utf16 += grapheme.encode_utf16().count();
        }
        marks.push(Mark { folded: folded.len(), raw: raw.len(), utf16 });
        Self { raw, folded, marks }
    }

    /// The text as it was given.
    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// The text as rules read it.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The shadow in lower case; a letter whose lower case has another length stays as it is.
    pub fn lower(&self) -> String {
        let mut lower = self.folded.to_ascii_lowercase();
        if self.folded.is_ascii() {
            return lower;
        }
        lower.clear();
        for c in self.folded.chars() {
            let mut small = c.to_lowercase();
            match (small.next(), small.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => lower.push(one),
                _ => lower.push(c),
            }
        }
        lower
    }

    /// A part of the shadow; empty where the range is none of it.
    pub fn part(&self, range: &Range<usize>) -> &str {
        self.folded.get(range.clone()).unwrap_or_default()
    }

    /// The part of the text that a part of the shadow stands for, in whole graphemes.
    pub fn raw_range(&self, folded: &Range<usize>) -> Range<usize> {
        let (first, last) = self.marks_around(folded, |mark| mark.folded);
        first.raw..last.raw
    }

    /// The part of the shadow that a reported place stands for.
    pub fn folded_range(&self, span: &Span) -> Range<usize> {
        let raw = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let (first, last) = self.marks_around(&(raw(span.byte_start)..raw(span.byte_end)), |mark| mark.raw);
        first.folded..last.folded
    }

    /// Where a part of the shadow is, for a report.
    pub fn span(&self, folded: &Range<usize>) -> Span {
        Self::span_between(self.marks_around(folded, |mark| mark.folded))
    }

    /// Where a part of the text is, for a report: widened to whole graphemes.
    pub fn span_of_raw(&self, raw: &Range<usize>) -> Span {
        Self::span_between(self.marks_around(raw, |mark| mark.raw))
    }

    fn marks_around(&self, range: &Range<usize>, key: impl Fn(&Mark) -> usize) -> (Mark, Mark) {
        let end = Mark { folded: self.folded.len(), raw: self.raw.len(), utf16: 0 };
        let last = self.marks.last().copied().unwrap_or(end);
        let from = self.marks.partition_point(|mark| key(mark) <= range.start).saturating_sub(1);
        let to = self.marks.partition_point(|mark| key(mark) < range.end);
        let first = self.marks.get(from).copied().unwrap_or(last);
        let after = self.marks.get(to).copied().unwrap_or(last);
        if after.raw < first.raw { (first, first) } else { (first, after) }
    }

    fn span_between((first, last): (Mark, Mark)) -> Span {
        Span {
            byte_start: narrow(first.raw),
            byte_end: narrow(last.raw),
            utf16_start: narrow(first.utf16),
            utf16_end: narrow(last.utf16),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shadow_is_plain_and_maps_back() {
        let shadow = Shadow::of("\u{1F600} call\u{a0}６０４–555\u{200b}\u{2011}01“x”");
        assert_eq!(shadow.folded(), "\u{1F600} call 604-555-01\"x\"");
        let at = shadow.folded().find("604").unwrap();
        let range = at..at + 10;
        assert_eq!(shadow.raw().get(shadow.raw_range(&range)).unwrap(), "６０４–555\u{200b}\u{2011}01");
        let span = shadow.span(&range);
        assert_eq!((span.utf16_start, span.utf16_end), (8, 19));
    }

    #[test]
    fn decomposed_letters_are_composed() {
        let shadow = Shadow::of("e\u{301}crit");
        assert_eq!(shadow.folded(), "écrit");
        assert_eq!(shadow.raw_range(&(0..2)), 0..3);
    }
}
