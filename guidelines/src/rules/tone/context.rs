//! What stands around a phrase: its sentence, quotation marks, questions, the words before and after; and patterns
//! that find whole words of the lower-cased shadow. It does not know what any rule looks for.

use std::ops::Range;

use regex::Regex;

use crate::{Field, FieldKind, ProtectedKind, Reading, Wake, kept};

/// How far, in bytes, a sentence is followed to either side.
const REACH: usize = 500;

/// A pattern of whole words over text in lower case.
pub(super) struct Words(Regex);

impl Words {
    /// Compiles alternatives. They are written in lower case, with plain apostrophes and hyphens.
    pub(super) fn of(alternatives: &str) -> Result<Self, String> {
        // Boundaries of ASCII keep the pattern fast on accented text; `find_in` looks at the neighbours again.
        let source = format!(r"(?-u:\b{{start-half}})(?:{alternatives})(?-u:\b{{end-half}})");
        compiled(&source).map(Self)
    }

    /// The same for several patterns and an office's own phrases, which are taken as they stand.
    pub(super) fn with(patterns: &[&str], phrases: &[String]) -> Result<Self, String> {
        let own = plain(phrases).into_iter().map(|phrase| regex::escape(&phrase));
        let all: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).chain(own).collect();
        Self::of(&all.join("|"))
    }

    /// Where it matches, in order; never inside a longer word.
    pub(super) fn find_in<'l>(&'l self, lower: &'l str) -> impl Iterator<Item = Range<usize>> + 'l {
        self.0.find_iter(lower).map(|found| found.range()).filter(|range| is_whole(lower, range))
    }

    /// Whether it matches anywhere.
    pub(super) fn is_in(&self, lower: &str) -> bool {
        self.find_in(lower).next().is_some()
    }
}

/// Compiles a pattern over text in lower case, whose letters are those of English and French: that keeps it small.
pub(super) fn compiled(source: &str) -> Result<Regex, String> {
    let source = source
        .replace(r"\w", "[a-zà-ÿœ0-9_]")
        .replace(r"\p{L}", "a-zà-ÿœ")
        .replace(r"\d", "[0-9]")
        .replace(r"\s", r"[ \t\n\r]");
    kept::compiled(&source, false).map_err(|error| error.to_string())
}

/// Phrases as rules read texts: folded, in lower case, none of them empty.
pub(super) fn plain(phrases: &[String]) -> Vec<String> {
    let lower = phrases.iter().map(|phrase| crate::Shadow::of(phrase.trim()).lower());
    lower.filter(|phrase| !phrase.is_empty()).collect()
}

/// What wakes a rule: stems between bars, and an office's own phrases.
pub(super) fn stems(list: &str, phrases: &[String]) -> Wake {
    Wake::Words(list.split('|').map(str::to_owned).chain(phrases.iter().cloned()).collect())
}

/// Whether no letter or digit continues a range to either side.
pub(super) fn is_whole(lower: &str, range: &Range<usize>) -> bool {
    let inside = lower.get(range.clone()).unwrap_or_default();
    let glued = |own: Option<char>, next: Option<char>| {
        own.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)
    };
    !glued(inside.chars().next(), before(lower, range).chars().next_back())
        && !glued(inside.chars().next_back(), after(lower, range).chars().next())
}

/// What stands before a range.
pub(super) fn before<'l>(lower: &'l str, range: &Range<usize>) -> &'l str {
    lower.get(..range.start).unwrap_or_default()
}

/// What stands after a range.
pub(super) fn after<'l>(lower: &'l str, range: &Range<usize>) -> &'l str {
    lower.get(range.end..).unwrap_or_default()
}

/// The sentence that a range stands in. Unlike the shadow's own it never borrows the one before.
pub(super) fn sentence(lower: &str, range: &Range<usize>) -> Range<usize> {
    let mut start = 0;
    let mut following = None;
    for (at, c) in before(lower, range).char_indices().rev() {
        let stops = matches!(c, '.' | '!' | '?' | '…') && following.is_none_or(char::is_whitespace);
        if c == '\n' || range.start - at > REACH || (stops && !is_abbreviated(lower, at)) {
            start = at + c.len_utf8();
            break;
        }
        if !matches!(c, '"' | '\'' | ')') {
            following = Some(c);
        }
    }
    let rest = after(lower, range);
    let mut end = lower.len();
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let stops = matches!(c, '.' | '!' | '?' | '…')
            && next.is_none_or(|next| next.is_whitespace() || matches!(next, '"' | '\'' | ')'));
        if c == '\n' || at > REACH || (stops && !is_abbreviated(lower, range.end + at)) {
            end = range.end + at + c.len_utf8();
            break;
        }
    }
    start.min(range.start)..end
}

fn is_abbreviated(lower: &str, at: usize) -> bool {
    let word = lower.get(..at).unwrap_or_default().rsplit(char::is_whitespace).next().unwrap_or_default();
    matches!(word, "dr" | "mr" | "mrs" | "ms" | "st" | "prof" | "vs" | "e.g" | "i.e")
}

/// A range without the blanks at its ends.
pub(super) fn trimmed(lower: &str, range: &Range<usize>) -> Range<usize> {
    let words = part(lower, range);
    let start = range.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len()).max(start)
}

/// The words of a sentence.
pub(super) fn part<'l>(lower: &'l str, range: &Range<usize>) -> &'l str {
    lower.get(range.clone()).unwrap_or_default()
}

/// Whether a sentence asks.
pub(super) fn asks(sentence: &str) -> bool {
    sentence.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')')).ends_with('?')
}

/// Whether a range is spoken of rather than said: quotation marks stand around it on its line.
pub(super) fn is_quoted(lower: &str, range: &Range<usize>) -> bool {
    let (left, right) = (before(lower, range), after(lower, range));
    let line = left.rsplit('\n').next().unwrap_or_default();
    let rest = right.split('\n').next().unwrap_or_default();
    let doubled = line.matches('"').count() % 2 == 1 && rest.contains('"');
    doubled || (left.ends_with('\'') && right.starts_with('\''))
}

/// The last words before a place, at most `count`, nearest first; a mark that ends a clause ends them.
pub(super) fn words_before(left: &str, count: usize) -> impl Iterator<Item = &str> {
    let clause = left.rsplit([',', ';', ':', '.', '!', '?', '\n', '(']).next().unwrap_or_default();
    clause
        .rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-')))
        .filter(|w| !w.is_empty())
        .take(count)
}

/// The first word after a place, if nothing but blanks or a hyphen stands between.
pub(super) fn next_word(right: &str) -> &str {
    let right = right.trim_start_matches([' ', '-']);
    let end = right.find(|c: char| !(c.is_alphanumeric() || c == '\'')).unwrap_or(right.len());
    right.get(..end).unwrap_or_default()
}

/// What is said to people: the text and the alternative texts.
pub(super) fn spoken<'r, 'a>(reading: &'r Reading<'_, 'a>) -> impl Iterator<Item = &'r Field<'a>> {
    reading.of_kinds(&[FieldKind::Text, FieldKind::AltText, FieldKind::Captions])
}

/// Whether a range is part of an address or of somebody's handle.
pub(super) fn is_address(field: &Field<'_>, range: &Range<usize>) -> bool {
    field.protection(range).is_some_and(|part| {
        part.kind != ProtectedKind::Tag && part.range.start <= range.start && range.end <= part.range.end
    })
}

/// What may be shown of words that are no secret.
pub(super) fn excerpt(field: &Field<'_>, range: &Range<usize>) -> String {
    field.shadow.part(range).chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_have_accents_too() {
        let words = Words::of("prouvée?|cure|ment").unwrap();
        let text = "c'est prouvé. écure évidément cure";
        let found: Vec<_> = words.find_in(text).map(|range| part(text, &range)).collect();
        assert_eq!(found, ["prouvé", "cure"]);
    }

    #[test]
    fn a_sentence_ends_where_it_ends() {
        let text = "one here. it cures dr. lee, 3.5 times! three";
        let at = text.find("cures").unwrap();
        assert_eq!(part(text, &sentence(text, &(at..at + 5))), " it cures dr. lee, 3.5 times!");
    }

    #[test]
    fn quotation_marks_stand_around() {
        let text = "say \"people\", not \"diabetics\" or 'addicts', ever";
        for (word, quoted) in [("diabetics", true), ("addicts", true), ("not", false), ("ever", false)] {
            let at = text.find(word).unwrap();
            // "not" stands between two quotations: an even number of marks is open before it.
            assert_eq!(is_quoted(text, &(at..at + word.len())), quoted, "{word}");
        }
    }
}
