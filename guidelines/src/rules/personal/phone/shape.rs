//! What a phone number looks like. It does not know whose one is.
//!
//! Own grammar instead of a port of libphonenumber: the texts are short, the notations few, and a number
//! need not be in service to be somebody's.

use std::ops::Range;

use crate::pattern::Regex;

use crate::{pattern, text::Shadow};

/// North America with any of its separators.
const NORTH_AMERICA: &str = r"(?:\+?1\s?[ .\-/]?\s?)?(?:\(\s?[2-9]\d{2}\s?\)|[2-9]\d{2})\s{0,2}[.\-/]?\s{0,2}[2-9]\d{2}\s{0,2}[.\-/]?\s{0,2}\d{4}(?:\s?(?:,\s?)?(?:ext\.?|x|poste|#)\s?\d{1,6})?";
/// With a country code.
const INTERNATIONAL: &str = r"\+[2-9]\d{0,2}(?:[ .\-/]?\(?\d{1,4}\)?){2,6}";
/// As France writes its own.
const FRANCE: &str = r"0[1-9](?:[ .\-]\d{2}){4}";
/// Without an area code: only behind a word that announces a phone.
const LOCAL: &str = r"(?i)\b(?:call|text|phone|tel|tél|cell|mobile|ring|dial|reach|number|cellulaire|appelez|textez)\b[^\d\n]{0,30}?(?P<n>[2-9]\d{2}[ .\-]\d{4})";
/// Written in words.
const WORDS: &str = r"(?i)\b(?:(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|zéro|un|deux|trois|quatre|cinq|sept|huit|neuf|double)[\s,.\-]+){6,14}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|zéro|un|deux|trois|quatre|cinq|sept|huit|neuf)\b";
/// What announces a run of ten digits without separators.
const ANNOUNCED: &str = r"(?i)\b(?:call|text|phone|tel|tél|telephone|téléphone|cell|mobile|ring|reach|whatsapp|sms|contact|home|cellulaire|portable|appelez|textez|rsvp|number)\b[^\n]{0,60}$";

/// The compiled grammar.
#[derive(Debug)]
pub(super) struct Shapes {
    digits: [Regex; 3],
    local: Regex,
    words: Regex,
    announced: Regex,
}

impl Shapes {
    pub(super) fn compile() -> Result<Self, String> {
        Ok(Self {
            digits: [
                pattern::exact_case(NORTH_AMERICA)?,
                pattern::exact_case(INTERNATIONAL)?,
                pattern::exact_case(FRANCE)?,
            ],
            local: pattern::exact_case(LOCAL)?,
            words: pattern::exact_case(WORDS)?,
            announced: pattern::exact_case(ANNOUNCED)?,
        })
    }

    /// The numbers in a text, in order, none overlapping another.
    pub(super) fn numbers(&self, shadow: &Shadow<'_>, is_link: bool) -> Vec<Range<usize>> {
        let text = shadow.folded();
        let tel = text.trim_start().get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"));
        if is_link && !tel {
            return Vec::new();
        }
        let links: Vec<Range<usize>> =
            shadow.links().into_iter().filter(|link| !is_tel(link.text)).map(|link| link.range).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut add = |range: Range<usize>| {
            let taken =
                links.iter().chain(&found).any(|other| other.start < range.end && range.start < other.end);
            if !taken {
                found.push(range);
            }
        };
        for shape in &self.digits {
            shape
                .find_iter(text)
                .map(|m| m.range())
                .filter(|range| self.stands_alone(shadow, range))
                .for_each(&mut add);
        }
        let local = self.local.captures_iter(text).filter_map(|captures| captures.name("n"));
        local.map(|m| m.range()).filter(|range| self.stands_alone(shadow, range)).for_each(&mut add);
        self.words.find_iter(text).map(|m| m.range()).for_each(&mut add);
        found.sort_by_key(|range| range.start);
        found
    }

    fn stands_alone(&self, shadow: &Shadow<'_>, range: &Range<usize>) -> bool {
        let text = shadow.part(range);
        let before = shadow.part(&(0..range.start));
        let after = shadow.part(&(range.end..shadow.folded().len()));
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let glued_before =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '#' | '$' | '€' | '£' | '/' | '=' | '@' | '%');
        let inside_number = |text: &str, at_end: bool| {
            let mut near: Vec<char> =
                if at_end { text.chars().rev().take(2).collect() } else { text.chars().take(2).collect() };
            near.reverse();
            matches!(near.as_slice(), [digit, '.' | ',' | '-' | '/' | ':'] if digit.is_ascii_digit())
        };
        if before.ends_with(glued_before)
            || after.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '%')
        {
            return false;
        }
        if inside_number(before, true) || inside_number(after, false) || !(7..=17).contains(&digits) {
            return false;
        }
        let bare = text.chars().all(|c| c.is_ascii_digit());
        let window = before.char_indices().rev().nth(70).map_or(0, |(at, _)| at);
        !bare || self.announced.is_match(shadow.part(&(window..range.start)))
    }
}

fn is_tel(link: &str) -> bool {
    link.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"))
}

/// Whether it is one of the codes that no person has.
pub(super) fn is_toll_free(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let national = if digits.len() > 10 { digits.strip_prefix('1').unwrap_or(&digits) } else { &digits };
    national.len() >= 10
        && ["800", "822", "833", "844", "855", "866", "877", "888", "900"]
            .iter()
            .any(|code| national.starts_with(code))
}
