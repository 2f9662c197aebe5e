//! How long a text is, as each platform counts, and which part of it is over.
//! It does not know which platform a limit belongs to.

mod x;

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use unicode_segmentation::UnicodeSegmentation as _;

pub(crate) use x::{XConfig, on_x};
use x::{piece_over, surely_fits, x_weight};

use crate::{
    LengthRule, LengthUnit,
    text::{count_graphemes, narrow},
};

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
        LengthUnit::Graphemes => narrow(count_graphemes(text)),
        LengthUnit::Characters => narrow(text.chars().count()),
    }
}

/// What is over, if anything is.
pub fn overrun(text: &str, rule: &LengthRule) -> Option<Overrun> {
    if rule.unit == LengthUnit::XWeighted && rule.max_bytes.is_none() && surely_fits(text, rule.limit) {
        return None;
    }
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
    let fitting = if rule.unit == LengthUnit::XWeighted {
        // X's parser is slow: what stands before the word that is over is not weighed again.
        let (piece, before) = piece_over(text, rule.limit);
        let part = |cut: usize| text.get(piece.start..cut).unwrap_or_default();
        let weight = |cut: usize| before.saturating_add(x_weight(part(cut)));
        cuts.partition_point(|cut| {
            *cut <= piece.end && (*cut < piece.start || weight(*cut) <= rule.limit) && within_bytes(*cut)
        })
    } else {
        cuts.partition_point(|cut| measure(prefix(*cut), rule) <= rule.limit && within_bytes(*cut))
    };
    fitting.checked_sub(1).and_then(|at| cuts.get(at)).copied().unwrap_or_default()
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
    narrow(count_graphemes(&kept))
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
