//! What a text weighs on X: 280 is the most. Pure. It knows the weights of the platform's own parser, but not which names
//! are domains: where it cannot be sure it weighs too little, and the platform has the last word.

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::links::{Piece, pieces};

/// The most that a post may weigh.
pub(super) const MOST: usize = 280;
/// What every link weighs, however long.
pub(super) const LINK: usize = 23;
const EMOJI: usize = 2;

/// The weight of a text after composition (NFC).
pub(super) fn of(text: &str) -> usize {
    let composed: String = text.nfc().collect();
    let (mut weight, mut before) = (0, None);
    for piece in pieces(&composed) {
        weight += match piece {
            Piece::Link(link) if has_domain(link) && !before.is_some_and(joins) => LINK,
            Piece::Link(link) => weigh_plain(link).min(LINK),
            Piece::Plain(text) => text.split_inclusive(char::is_whitespace).map(weigh_word).sum(),
        };
        before = match piece {
            Piece::Link(text) | Piece::Plain(text) => text.chars().next_back(),
        };
    }
    weight
}

/// Behind these, no link begins.
fn joins(before: char) -> bool {
    before.is_alphanumeric() || matches!(before, '@' | '#' | '$' | '_' | '-')
}

/// `example.org` is a link, too, if the platform knows the domain.
fn weigh_word(word: &str) -> usize {
    let trimmed = word.trim_end();
    let blank = word.chars().count().saturating_sub(trimmed.chars().count());
    let weight = weigh_plain(trimmed);
    let may_be_a_link = trimmed.trim_end_matches('.').contains('.');
    blank + if may_be_a_link { weight.min(LINK) } else { weight }
}

fn has_domain(link: &str) -> bool {
    let after_scheme = link.split_once("://").map_or(link, |(_, rest)| rest);
    let host = after_scheme.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let last = host.rsplit_once('.').map_or("", |(_, last)| last);
    let well_formed = host.split('.').all(|label| !label.starts_with('-') && !label.ends_with('-'));
    well_formed && last.chars().count() >= 2 && last.chars().all(char::is_alphabetic)
}

fn weigh_plain(text: &str) -> usize {
    text.graphemes(true).map(weigh_grapheme).sum()
}

/// An emoji weighs the same, however many parts it has.
fn weigh_grapheme(grapheme: &str) -> usize {
    if grapheme.contains(['\u{fe0f}', '\u{20e3}']) {
        return EMOJI;
    }
    let mut weights = grapheme.chars().map(weigh_character);
    match weights.next() {
        Some(first) if first < EMOJI => first + weights.sum::<usize>(),
        Some(_) => EMOJI,
        None => 0,
    }
}

/// The ranges of the platform's third configuration.
fn weigh_character(c: char) -> usize {
    match u32::from(c) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_weigh_what_the_platform_says() {
        let rows = [
            ("", 0),
            ("hello", 5),
            ("cafe\u{301}", 4),
            ("caf\u{e9}", 4),
            ("日本", 4),
            ("가", 2),
            ("— “quoted” …", 13),
            ("\u{1f600}", 2),
            ("\u{2764}\u{fe0f}", 2),
            ("1\u{fe0f}\u{20e3}", 2),
            ("\u{1f44d}\u{1f3fd}", 2),
            ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f467}", 2),
            ("\u{1f1e8}\u{1f1e6}\u{1f1e8}\u{1f1e6}", 4),
            ("see https://example.org/a/very/long/path/that/does/not/count", 27),
            ("http://a.co", 23),
            ("(https://example.org/a).", 26),
            ("one\n\ntwo", 8),
        ];
        for (text, weight) in rows {
            assert_eq!(of(text), weight, "{text:?}");
        }
    }

    #[test]
    fn what_may_be_a_link_is_not_weighed_too_much() {
        // The platform weighs these 11 (no domain), 23 (a domain), and 9 (neither).
        for (text, most) in
            [("http://host", 11), ("example.org/and/a/path/that/is/long", 23), ("word.Word", 9)]
        {
            assert!(of(text) <= most, "{text}");
        }
        assert_eq!(of("Sunday."), 7);
    }
}
