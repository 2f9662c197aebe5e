//! How long a text is, as each platform counts, and which part of it is over.
//! It does not know which platform a limit belongs to.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use twitter_text::{ParserBackend, parse_with_parser_backend};
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{LengthRule, LengthUnit, text::narrow};

/// Beyond this many bytes a text is counted by our own rule of thumb and not by X's parser, which takes seconds for long
/// ones; far over the limit, nobody misses the difference.
const X_PARSED_BYTES: usize = 700;

/// What a link weighs on X.
const X_URL_WEIGHT: u32 = 23;

/// What a link weighs where a rule for Mastodon does not say.
const MASTODON_URL_WEIGHT: u32 = 23;

/// Longer links than this are text to Mastodon.
const LONGEST_LINK: usize = 4096;

/// How a text exceeds its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overrun {
    /// What the text measures, in the rule's unit.
    pub length: u32,
    /// Its length in UTF-8 bytes.
    pub bytes: u32,
    /// Whether only the limit in bytes is exceeded.
    pub only_bytes: bool,
    /// The part that is too much, in bytes of the text; it begins between two graphemes.
    pub excess: Range<usize>,
}

/// The length of `text`, in the rule's unit.
pub fn measure(text: &str, rule: &LengthRule) -> u32 {
    match rule.unit {
        LengthUnit::XWeighted => x_weight(text),
        LengthUnit::Mastodon => mastodon_length(text, rule.url_weight.unwrap_or(MASTODON_URL_WEIGHT)),
        LengthUnit::Graphemes => narrow(text.graphemes(true).count()),
        LengthUnit::Characters => narrow(text.chars().count()),
    }
}

/// What is over, if anything is.
pub fn overrun(text: &str, rule: &LengthRule) -> Option<Overrun> {
    let length = measure(text, rule);
    let bytes = narrow(text.len());
    let too_many_bytes = rule.max_bytes.is_some_and(|most| bytes > most);
    if length <= rule.limit && !too_many_bytes {
        return None;
    }
    let cut = last_fitting_cut(text, rule);
    Some(Overrun { length, bytes, only_bytes: length <= rule.limit, excess: cut..text.len() })
}

/// The longest prefix that fits, found by halving: a prefix never measures more than the whole by
/// more than a link's weight, so the cut is exact outside links and inside the link otherwise.
fn last_fitting_cut(text: &str, rule: &LengthRule) -> usize {
    let cuts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    let within_bytes = |cut: usize| rule.max_bytes.is_none_or(|most| narrow(cut) <= most);
    let prefix = |cut: usize| text.get(..cut).unwrap_or_default();
    // X's parser is slow for long texts: a rule of thumb finds about where, the parser then where exactly.
    let about = match rule.unit {
        LengthUnit::XWeighted => cuts.partition_point(|cut| x_thumb(prefix(*cut)) <= rule.limit),
        LengthUnit::Mastodon | LengthUnit::Graphemes | LengthUnit::Characters => cuts.len(),
    };
    let near = cuts.get(..about).unwrap_or_default();
    let fitting = near.partition_point(|cut| measure(prefix(*cut), rule) <= rule.limit && within_bytes(*cut));
    fitting.checked_sub(1).and_then(|at| cuts.get(at)).copied().unwrap_or_default()
}

fn x_weight(text: &str) -> u32 {
    if text.is_empty() {
        return 0;
    }
    if text.len() > X_PARSED_BYTES {
        return x_thumb(text);
    }
    on_x(text, XConfig::Current).0
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
fn x_thumb(text: &str) -> u32 {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    let spans = finder.spans(text);
    spans.fold(0, |sum: u32, span| match span.kind() {
        Some(_) => sum.saturating_add(X_URL_WEIGHT),
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

fn mastodon_length(text: &str, url_weight: u32) -> u32 {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut length: u32 = 0;
    let mut rest = 0;
    for link in finder.links(text) {
        let before = text.get(..link.start()).unwrap_or_default();
        if link.as_str().len() <= LONGEST_LINK && is_web(link.as_str()) && !before.ends_with(joins_a_word) {
            let between = text.get(rest..link.start()).unwrap_or_default();
            length = length.saturating_add(graphemes_with_short_mentions(between)).saturating_add(url_weight);
            rest = link.end();
        }
    }
    length.saturating_add(graphemes_with_short_mentions(text.get(rest..).unwrap_or_default()))
}

fn is_web(link: &str) -> bool {
    let scheme = link.split("://").next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn joins_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '#' | '_')
}

/// Counts graphemes, leaving out the `@host` of every `@user@host`.
fn graphemes_with_short_mentions(text: &str) -> u32 {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, from_at) = rest.split_at(at);
        kept.push_str(before);
        kept.push('@');
        let after = from_at.strip_prefix('@').unwrap_or_default();
        let user = leading(after, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
        kept.push_str(user);
        let tail = after.strip_prefix(user).unwrap_or_default();
        let glued = kept
            .trim_end_matches(user)
            .trim_end_matches('@')
            .ends_with(|c: char| joins_a_word(c) || c == '/');
        let host = tail.strip_prefix('@').map_or("", host_of);
        rest = if user.is_empty() || glued || host.is_empty() {
            tail
        } else {
            tail.strip_prefix('@').and_then(|tail| tail.strip_prefix(host)).unwrap_or_default()
        };
    }
    kept.push_str(rest);
    narrow(kept.graphemes(true).count())
}

fn host_of(text: &str) -> &str {
    leading(text, |c| c.is_alphanumeric() || matches!(c, '.' | '-')).trim_end_matches(['.', '-'])
}

fn leading(text: &str, wanted: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !wanted(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Platform;

    fn on(platform: Platform, text: &str) -> u32 {
        measure(text, &platform.length_rule())
    }

    #[test]
    fn x_weighs_links_and_emoji() {
        assert_eq!(on(Platform::X, "see https://example.org/a/very/long/path/that/does/not/count"), 27);
        assert_eq!(on(Platform::X, "see example.org"), 27);
        assert_eq!(on(Platform::X, "\u{1F1E8}\u{1F1E6}\u{1F1E8}\u{1F1E6}"), 4);
        assert_eq!(on(Platform::X, ""), 0);
    }

    #[test]
    fn the_rule_of_thumb_agrees_with_the_parser() {
        for text in [
            "We open on Monday.",
            "see https://example.org/a/long/path now",
            "caf\u{e9} \u{1F1E8}\u{1F1E6} \u{65E5}\u{672C}",
        ] {
            assert_eq!(x_thumb(text), x_weight(text), "{text}");
        }
        assert_eq!(on(Platform::X, &"a".repeat(60_000)), 60_000);
    }

    #[test]
    fn mastodon_shortens_links_and_mentions() {
        assert_eq!(on(Platform::Mastodon, "see https://example.org/a/very/long/path/indeed"), 27);
        assert_eq!(on(Platform::Mastodon, "thanks @office@social.example"), 14);
        assert_eq!(on(Platform::Mastodon, "write to office@social.example"), 30);
    }

    #[test]
    fn bluesky_has_two_limits() {
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F467}";
        let text = family.repeat(150);
        let over = overrun(&text, &Platform::Bluesky.length_rule()).unwrap();
        assert!(over.only_bytes);
        assert_eq!((over.length, over.bytes, over.excess.start), (150, 3750, 120 * 25));
    }

    #[test]
    fn the_excess_is_what_is_over() {
        let over = overrun(&"a".repeat(283), &Platform::X.length_rule()).unwrap();
        assert_eq!(over.excess, 280..283);
    }
}
