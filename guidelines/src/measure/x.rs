//! What a text weighs on X: as its own parser says, asked only where it can make a difference.
//! It does not know any limit.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use twitter_text::{ParserBackend, parse_with_parser_backend};
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// Beyond this many bytes without a blank a text is weighed by our own rule of thumb and not by X's parser, which takes
/// seconds for long ones; far over the limit, nobody misses the difference.
const PARSED_BYTES: usize = 700;

/// What a link weighs on X.
const URL_WEIGHT: u32 = 23;

/// What a text weighs on X. X's parser is slow, and no link and no emoji goes over a blank: so each piece is weighed alone,
/// and only what may hold a link or an emoji is given to the parser.
pub(super) fn x_weight(text: &str) -> u32 {
    let pieces = text.split([' ', '\n']).fold((0_u32, 0_u32), |(sum, blanks), piece| {
        (sum.saturating_add(piece_weight(piece)), blanks.saturating_add(1))
    });
    pieces.0.saturating_add(pieces.1).saturating_sub(1)
}

fn piece_weight(piece: &str) -> u32 {
    match plain_weight(piece) {
        Some(weight) => weight,
        None if piece.len() > PARSED_BYTES => x_thumb(piece),
        None => on_x(piece, XConfig::Current).0,
    }
}

/// The weight of a piece in which nothing can be a link, which has a full stop within, or an emoji of several parts.
fn plain_weight(piece: &str) -> Option<u32> {
    if piece.trim_end_matches('.').contains('.') {
        return None;
    }
    piece.chars().try_fold(0_u32, |sum, c| Some(sum.saturating_add(plain_character(c)?)))
}

fn plain_character(c: char) -> Option<u32> {
    match c {
        '!'..='~'
        | '\u{a1}'..='\u{a8}'
        | '\u{aa}'..='\u{ac}'
        | '\u{af}'..='\u{24f}'
        | '\u{2010}'..='\u{201f}' => Some(1),
        '\u{1f300}'..='\u{1f3fa}'
        | '\u{1f400}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1f9ff}' => Some(2),
        _ => None,
    }
}

/// The piece in which a text passes a limit, and what stands before it weighs; the end where it does not.
pub(super) fn piece_over(text: &str, limit: u32) -> (Range<usize>, u32) {
    let (mut at, mut before) = (0, 0_u32);
    for piece in text.split([' ', '\n']) {
        let after = before.saturating_add(piece_weight(piece));
        let end = at + piece.len();
        // The blank behind it weighs one.
        if after >= limit {
            return (at..end, before);
        }
        (at, before) = (end + 1, after.saturating_add(1));
    }
    (text.len()..text.len(), before)
}

/// Whether a text surely weighs no more than a limit, without asking the parser: as if every full stop were a link of its
/// own beside its words, and every character that is not plain the longest that normalization makes of one.
pub(super) fn surely_fits(text: &str, limit: u32) -> bool {
    let most = text.split([' ', '\n']).fold(0_u32, |sum, piece| {
        let unknown = || {
            piece.chars().fold(0_u32, |sum, c| {
                let link = if c == '.' { URL_WEIGHT } else { 0 };
                sum.saturating_add(plain_character(c).unwrap_or(6)).saturating_add(link)
            })
        };
        sum.saturating_add(plain_weight(piece).unwrap_or_else(unknown)).saturating_add(1)
    });
    text.len() <= PARSED_BYTES && most.saturating_sub(1) <= limit
}

/// The ways in which X has counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum XConfig {
    /// 140 characters, all alike.
    V1,
    /// 280, weighted; every part of an emoji counts.
    V2,
    /// 280, weighted; an emoji counts as one. The one in use.
    Current,
}

/// The weight of a text on X, and whether X takes it: not empty, not too long, no character that is none.
pub(crate) fn on_x(text: &str, config: XConfig) -> (u32, bool) {
    let config = match config {
        XConfig::V1 => twitter_text_config::config_v1(),
        XConfig::V2 => twitter_text_config::config_v2(),
        XConfig::Current => twitter_text_config::config_v3(),
    };
    // Pest, not the default: it alone counts bare domains as links and adjacent flags as one emoji each.
    let parsed = parse_with_parser_backend(text, config, true, ParserBackend::Pest);
    (u32::try_from(parsed.weighted_length).unwrap_or_default(), parsed.is_valid)
}

/// X's weight by rule of thumb, in one walk: links weigh the same, an emoji of several parts weighs as one.
pub(super) fn x_thumb(text: &str) -> u32 {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    let spans = finder.spans(text);
    spans.fold(0, |sum: u32, span| match span.kind() {
        Some(_) => sum.saturating_add(URL_WEIGHT),
        None => sum.saturating_add(span.as_str().graphemes(true).map(x_grapheme_weight).sum()),
    })
}

fn x_grapheme_weight(grapheme: &str) -> u32 {
    let mut weights = grapheme.nfc().map(x_character_weight);
    let first = weights.next().unwrap_or_default();
    if first > 1 { first } else { weights.fold(first, u32::saturating_add) }
}

fn x_character_weight(c: char) -> u32 {
    match u32::from(c) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_rule_of_thumb_agrees_with_the_parser() {
        for text in [
            "We open on Monday.",
            "see https://example.org/a/long/path now",
            "caf\u{e9} \u{1F1E8}\u{1F1E6} \u{65E5}\u{672C}",
        ] {
            assert_eq!(x_thumb(text), x_weight(text), "{text}");
        }
        assert_eq!(x_weight(&"a".repeat(60_000)), 60_000);
    }

    fn as_parsed(text: &str) -> u32 {
        if text.is_empty() { 0 } else { on_x(text, XConfig::Current).0 }
    }

    #[test]
    fn pieces_weigh_what_the_parser_says_of_the_whole() {
        let lines = include_str!("../../sets/development/pii.jsonl").lines();
        let upstream = include_str!("../../sets/development/length_upstream.jsonl").lines();
        for line in lines.step_by(3).chain(upstream) {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = value["text"].as_str().unwrap();
            if text.len() <= PARSED_BYTES {
                assert_eq!(x_weight(text), as_parsed(text), "{text:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn pieces_of_anything_weigh_what_the_parser_says(pieces in prop::collection::vec(prop_oneof![
            "[a-z.:/@#$0-9_-]{0,8}",
            "\\PC{0,2}",
            prop::sample::select(vec![
                " ", "\n", "https://a.example/b?c=d", "http://", "b.ca", "https://bit.ly/3xYz", " https://", "medicine.example.ca", "t.co", ".qqq/",
                "\u{1F4E3}", "\u{2764}\u{fe0f}", "\u{1F44D}\u{1F3FD}", "\u{2019}", "\u{20ac}", "\u{2192}", "\u{feff}", "a.b.co.uk", ".", "...", "@a", "#b", "e\u{301}", "\u{301}",
                "\u{1F468}\u{200D}\u{1F469}", "1\u{fe0f}\u{20e3}", "\u{a9}", "\u{2014}", "\u{e9}t\u{e9}", "\u{65E5}\u{672C}", "\u{200d}", "\t",
                "\u{a0}", "\u{202e}", "\u{1F1E8}\u{1F1E6}",
            ]).prop_map(str::to_owned),
        ], 0..9)) {
            let text = pieces.concat();
            let weight = as_parsed(&text);
            prop_assert_eq!(x_weight(&text), weight, "{:?}", text);
            prop_assert!(weight == 0 || !surely_fits(&text, weight - 1), "{:?}", text);
        }
    }
}
