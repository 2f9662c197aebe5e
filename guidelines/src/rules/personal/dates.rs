//! Dates of a day, in the notations of English and French Canada. It does not know what happened on them.

use std::ops::Range;

use crate::pattern::Regex;

use crate::pattern;

const MONTH: &str = "(?:jan(?:uary|vier|v)?|feb(?:ruary)?|févr?(?:ier)?|fevr?(?:ier)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai|june?|juin|july?|juil(?:let)?|aug(?:ust)?|ao[uû]t|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|dec(?:ember)?|déc(?:embre)?)";

/// A date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Its year; of two digits, a guess.
    pub(super) year: u32,
    /// Whether it could as well be a number: digits with nothing, or only blanks, between them.
    pub(super) bare: bool,
}

/// What finds dates.
#[derive(Clone, Debug)]
pub(super) struct Dates {
    written: Regex,
}

impl Dates {
    pub(super) fn of() -> Result<Self, String> {
        let year = "(?:(?:18|19|20)\\d{2}|'?\\d{2})";
        let full = "(?:18|19|20)\\d{2}";
        Ok(Self {
            written: pattern::any_case(&format!(
                r"\b(?:{full}\s?[\-/.]\s?\d{{1,2}}\s?[\-/.]\s?\d{{1,2}}|{full}[\s\-]{MONTH}\.?[\s\-]\d{{1,2}}|{full} \d{{2}} \d{{2}}|\d{{1,2}}\s?[\-/.]\s?\d{{1,2}}\s?[\-/.]\s?{year}|\d{{1,2}} \d{{1,2}} {full}|\d{{1,2}}(?:st|nd|rd|th|er|re|e)?[\s\-./]{{0,2}}(?:(?:day\s)?of\s|de\s)?{MONTH}\.?,?[\s\-./]{{0,2}}(?:de\s)?{year}|{MONTH}\.?[\s\-./]?(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?,?[\s\-./]{{0,2}}(?:{full}|'?\d{{2}})|(?:19|20)\d{{6}})\b"
            ))?,
        })
    }

    /// The dates in a text, in order.
    pub(super) fn find(&self, text: &str) -> Vec<Date> {
        self.written.find_iter(text).filter_map(|found| date(text, found.range())).collect()
    }
}

fn date(text: &str, range: Range<usize>) -> Option<Date> {
    let written = text.get(range.clone())?;
    let before = text.get(..range.start)?.chars().next_back();
    let after = text.get(range.end..)?;
    let mut next = after.chars();
    let goes_on = match next.next() {
        Some('-' | '/' | '.' | ',') => next.next().is_some_and(|c| c.is_ascii_digit()),
        Some('_' | '%' | '$') => true,
        _ => false,
    };
    if goes_on || before.is_some_and(|c| matches!(c, '-' | '/' | '.' | '$' | '_' | '#')) {
        return None;
    }
    let numbers: Vec<&str> =
        written.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let value = |part: &&str| part.parse::<u32>().unwrap_or(0);
    let bare = !written.contains(|c: char| !c.is_ascii_digit() && c != ' ');
    let (year, rest): (u32, Vec<u32>) = match numbers.as_slice() {
        [one] if one.len() == 8 => {
            let part =
                |range: Range<usize>| one.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
            (part(0..4), vec![part(4..6), part(6..8)])
        }
        [first, rest @ ..] if first.len() == 4 => (value(first), rest.iter().map(value).collect()),
        [rest @ .., last] => (value(last), rest.iter().map(value).collect()),
        [] => return None,
    };
    let year = match year {
        0..=30 => year + 2000,
        31..=99 => year + 1900,
        _ => year,
    };
    let plausible = match rest.as_slice() {
        [day] => matches!(day, 1..=31),
        [a, b] => matches!((a, b), (1..=12, 1..=31) | (1..=31, 1..=12)),
        _ => false,
    };
    plausible.then_some(Date { range, year, bare })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_any_notation_are_found() {
        let dates = Dates::of().unwrap();
        for (text, year) in [
            ("1967-04-27", 1967),
            ("27/07/1996", 1996),
            ("10/16/71", 1971),
            ("17-Sep-1959", 1959),
            ("May 25, 1985", 1985),
            ("Sept. 3rd, 1970", 1970),
            ("25th of May, 1985", 1985),
            ("1er mai 1985", 1985),
            ("2 février 1990", 1990),
            ("12.05.1949", 1949),
            ("1985 May 25", 1985),
            ("19670427", 1967),
            ("3 août 85", 1985),
            ("le 03 08 1985", 1985),
        ] {
            let found = dates.find(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].year, year, "{text}");
            assert!(found[0].range.end == text.len(), "{text}");
        }
        assert!(dates.find("10.1001/2020.12345 v1.2.3.4 13/13/2020 604-555-0184").is_empty());
    }
}
