//! The text model: a text and its folded shadow, with the way back from one to the other.
//!
//! The shadow is what rules read: composed, full-width and styled digits and letters made plain, every
//! dash a hyphen, every blank a space, every quotation mark straight, nothing invisible. It does not
//! know any rule.

mod fold;
mod marks;
mod protected;
mod sentence;
mod token;

use std::{borrow::Cow, cell::OnceCell, ops::Range};

pub(crate) use fold::count_graphemes;
use marks::{Mark, Marks};
pub use protected::{Protected, ProtectedKind};
pub use token::{Link, Mention, Tag, Word};

use crate::Span;

/// A number of bytes or characters as the wire wants it.
pub(crate) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A text and its shadow. Ranges that rules speak of are ranges of the shadow.
#[derive(Clone, Debug)]
pub struct Shadow<'a> {
    raw: &'a str,
    folding: OnceCell<Folding<'a>>,
    words: OnceCell<Vec<Range<usize>>>,
    links: OnceCell<Vec<Range<usize>>>,
}

/// A text when it is folded, and the way back.
#[derive(Clone, Debug)]
struct Folding<'a> {
    folded: Cow<'a, str>,
    marks: Marks,
}

impl<'a> Shadow<'a> {
    /// Of a text, which is folded when somebody reads it.
    pub const fn of(raw: &'a str) -> Self {
        Self { raw, folding: OnceCell::new(), words: OnceCell::new(), links: OnceCell::new() }
    }

    fn folding(&self) -> &Folding<'a> {
        self.folding.get_or_init(|| {
            let mut marks = Marks::new();
            Folding { folded: fold::all(self.raw, &mut marks), marks }
        })
    }

    /// The text as it was given.
    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// The text as rules read it.
    pub fn folded(&self) -> &str {
        &self.folding().folded
    }

    /// The shadow in lower case; a letter whose lower case has another length stays as it is.
    pub fn lower(&self) -> String {
        let folded = self.folded();
        if folded.is_ascii() {
            return folded.to_ascii_lowercase();
        }
        let mut lower = String::with_capacity(folded.len());
        for c in folded.chars() {
            if c.is_ascii() {
                lower.push(c.to_ascii_lowercase());
                continue;
            }
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
        self.folded().get(range.clone()).unwrap_or_default()
    }

    /// The part of the text that a part of the shadow stands for, in whole graphemes.
    pub fn raw_range(&self, folded: &Range<usize>) -> Range<usize> {
        let (first, after) = self.folding().marks.around(folded, |mark| mark.folded);
        first.raw..after.raw
    }

    /// The part of the shadow that a reported place stands for.
    pub fn folded_range(&self, span: &Span) -> Range<usize> {
        let raw = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let range = raw(span.byte_start)..raw(span.byte_end);
        let (first, after) = self.folding().marks.around(&range, |mark| mark.raw);
        first.folded..after.folded
    }

    /// Where a part of the shadow is, for a report.
    pub fn span(&self, folded: &Range<usize>) -> Span {
        Self::span_between(self.folding().marks.around(folded, |mark| mark.folded))
    }

    /// Where a part of the text is, for a report: widened to whole graphemes.
    pub fn span_of_raw(&self, raw: &Range<usize>) -> Span {
        Self::span_between(self.folding().marks.around(raw, |mark| mark.raw))
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
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

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
    /// The shadow and its marks as they are meant: grapheme by grapheme.
    fn plainly(raw: &str) -> (String, Vec<Mark>) {
        let (mut folded, mut marks, mut utf16) = (String::new(), Vec::new(), 0);
        for (at, grapheme) in raw.grapheme_indices(true) {
            marks.push(Mark { folded: folded.len(), raw: at, utf16 });
            fold::push(grapheme, &mut folded);
            utf16 += grapheme.encode_utf16().count();
        }
        marks.push(Mark { folded: folded.len(), raw: raw.len(), utf16 });
        (folded, marks)
    }

    fn same_as_plainly(raw: &str) {
        let (folded, marks) = plainly(raw);
        let shadow = Shadow::of(raw);
        assert_eq!(shadow.folded(), folded, "{raw:?}");
        assert_eq!(count_graphemes(raw), raw.graphemes(true).count(), "{raw:?}");
        for key in [|mark: &Mark| mark.folded, |mark: &Mark| mark.raw] {
            for start in 0..raw.len() + 4 {
                for end in [start, start + 1, start + 5, raw.len(), start.saturating_sub(2)] {
                    let range = start..end;
                    let from = marks.partition_point(|mark| key(mark) <= range.start).saturating_sub(1);
                    let to = marks.partition_point(|mark| key(mark) < range.end).min(marks.len() - 1);
                    let (first, after) = (marks[from], marks[to]);
                    let expected = if after.raw < first.raw { (first, first) } else { (first, after) };
                    assert_eq!(shadow.folding().marks.around(&range, key), expected, "{raw:?} {range:?}");
                }
            }
        }
    }

    #[test]
    fn letters_of_one_piece_are_what_the_long_way_makes_of_them() {
        for c in ('\u{80}'..='\u{24f}').chain('\u{2000}'..='\u{2c00}').chain('\u{300}'..='\u{310}') {
            for raw in
                [format!("{c}"), format!("a{c}b"), format!("{c}{c}"), format!("\u{e9}{c}\u{301}\u{2014}{c}")]
            {
                let (folded, marks) = plainly(&raw);
                let shadow = Shadow::of(&raw);
                assert_eq!(shadow.folded(), folded, "{raw:?}");
                let at = |range: Range<usize>| shadow.folding().marks.around(&range, |mark| mark.raw).0;
                assert!(marks.iter().all(|mark| at(mark.raw..mark.raw) == *mark), "{raw:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_short_way_is_the_long_way(pieces in prop::collection::vec(prop_oneof![
            "[ -~]{0,6}",
            "\\PC{0,3}",
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "\r\n", "\r", "\n", "\u{301}", "e\u{301}", "\u{200d}", "\u{fe0f}", "\u{1f468}\u{200d}\u{1f469}",
                "\u{1f1e8}\u{1f1e6}", "\u{1f1e8}", "\u{600}", "\u{600}1", "\u{e9}", "\u{2019}", "\u{2014}", "\u{a9}", "\u{ad}",
                "\u{212b}", "\u{1100}\u{1161}\u{11a8}", "\u{915}\u{94d}\u{937}", "\u{200b}", "\u{feff}", "\u{20ac}",
            ]).prop_map(str::to_owned),
        ], 0..8)) {
            same_as_plainly(&pieces.concat());
        }
    }
}
