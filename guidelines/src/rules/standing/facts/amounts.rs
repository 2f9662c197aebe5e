//! Numbers, percentages, money and phone numbers, as English and French write them. It does not know of what.

use crate::pattern::Regex;
use regex::Captures;

use super::{FactKind, Value, sheet::Sheet};
use crate::pattern;

const NUMBER: &str = r"(?:\d{1,3}(?:[ ,]\d{3}\b)+(?:[.,]\d{1,2}\b)?|\d+(?:[.,]\d+)?)";

const TIMES: &str = "k|thousand|mille|millions?|milliards?|billions?";

/// Numbers in words that mean nothing else, from two on.
const WORDS: &[(&str, u32)] = &[
    ("two", 2),
    ("deux", 2),
    ("three", 3),
    ("trois", 3),
    ("four", 4),
    ("quatre", 4),
    ("five", 5),
    ("cinq", 5),
    ("six", 6),
    ("seven", 7),
    ("sept", 7),
    ("eight", 8),
    ("huit", 8),
    ("nine", 9),
    ("ten", 10),
    ("dix", 10),
    ("eleven", 11),
    ("onze", 11),
    ("twelve", 12),
    ("douze", 12),
    ("treize", 13),
    ("thirteen", 13),
    ("fourteen", 14),
    ("quatorze", 14),
    ("fifteen", 15),
    ("quinze", 15),
    ("sixteen", 16),
    ("seize", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("vingt", 20),
    ("thirty", 30),
    ("trente", 30),
    ("forty", 40),
    ("quarante", 40),
    ("fifty", 50),
    ("cinquante", 50),
    ("sixty", 60),
    ("soixante", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Units that stand after a ten: "twenty-one", "vingt et un", "trente-neuf".
const UNITS: &[(&str, u32)] = &[("one", 1), ("un", 1), ("une", 1), ("neuf", 9)];

/// Patterns of numbers.
pub(super) struct Amounts {
    phone: Regex,
    money_before: Regex,
    money_after: Regex,
    percent: Regex,
    number: Regex,
    words: Regex,
}

impl Amounts {
    pub(super) fn compile() -> Result<Self, String> {
        let list = |words: &[(&str, u32)]| words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("|");
        let (words, units) = (list(WORDS), list(UNITS));
        Ok(Self {
            phone: pattern::exact_case(r"(?:\+?\b1[ .-]?)?(?:\(\d{3}\) ?|\b\d{3}[ .-])\d{3}[ .-]\d{4}\b")?,
            money_before: pattern::exact_case(&format!(
                r"[$€£]\s?(?P<n>{NUMBER})(?:\s?(?P<times>m|b|bn|g|{TIMES})\b)?"
            ))?,
            money_after: pattern::exact_case(&format!(
                r"\b(?P<n>{NUMBER})\s?(?:(?P<times>m|g|{TIMES})\b\s?)?(?:de |d')?(?:[$€£]|(?:dollars?|euros?|cad)\b)"
            ))?,
            percent: pattern::exact_case(&format!(
                r"\b(?P<n>{NUMBER})\s?(?:%|(?:percent|per cent|pour cent|percentage)\b|p\. ?100\b|p\. ?c\.)"
            ))?,
            number: pattern::exact_case(&format!(
                r"\b(?P<n>{NUMBER})(?:\s?(?P<times>{TIMES})\b|(?:st|nd|rd|th|ère|er|e|ième|ème)\b)?"
            ))?,
            words: pattern::exact_case(&format!(
                r"\b(?P<n>{words})(?:[- ](?:et[- ])?(?P<unit>{words}|{units})\b|\b)(?:[ -](?P<times>hundred|cents?|{TIMES})\b)?"
            ))?,
        })
    }

    /// Reads phone numbers.
    pub(super) fn phones(&self, sheet: &mut Sheet<'_>) {
        sheet.each(&self.phone, |found, _| {
            let whole = found.get(0)?;
            let digits: Vec<char> = whole.as_str().chars().filter(char::is_ascii_digit).collect();
            let own: String = digits.iter().skip(digits.len().saturating_sub(10)).collect();
            Some((vec![(FactKind::Phone, Value::Amount(own))], whole.range()))
        });
    }

    /// Reads money, percentages and numbers, in this order.
    pub(super) fn read(&self, sheet: &mut Sheet<'_>) {
        let kinds = [
            (&self.money_before, FactKind::Money),
            (&self.money_after, FactKind::Money),
            (&self.percent, FactKind::Percent),
        ];
        for (pattern, kind) in kinds {
            sheet.each(pattern, |found, _| Some((vec![(kind, amount(found)?)], found.get(0)?.range())));
        }
        let text = sheet.left.clone();
        sheet.each(&self.number, |found, rest| {
            let whole = found.get(0)?;
            let digits = found.name("n")?;
            if is_part_of_word(&text, digits.start(), rest) {
                return None;
            }
            let year =
                digits.len() == 4 && digits.as_str().starts_with(['1', '2']) && found.name("times").is_none();
            let year = year && digits.as_str().get(..2).is_some_and(|century| matches!(century, "19" | "20"));
            let kind = if year { FactKind::Year } else { FactKind::Number };
            Some((vec![(kind, amount(found)?)], whole.range()))
        });
        sheet.each(&self.words, |found, _| {
            let whole = found.get(0)?;
            let times = found.name("times").map_or(1.0, |times| factor(times.as_str()));
            let value = f64::from(in_words(found)?) * times;
            Some((vec![(FactKind::Number, Value::Amount(value.to_string()))], whole.range()))
        });
    }
}

/// "COVID-19", "B12", "3D": a number that is part of a name.
fn is_part_of_word(text: &str, start: usize, rest: &str) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let mut back = before.chars().rev();
    let hyphenated = match (back.next(), back.next()) {
        (Some('-'), Some(c)) => c.is_alphabetic(),
        (Some(c), _) => c.is_alphanumeric() || c == '_',
        (None, _) => false,
    };
    hyphenated || rest.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn amount(found: &Captures<'_>) -> Option<Value> {
    let times = found.name("times").map_or(1.0, |times| factor(times.as_str()));
    let value = parse(found.name("n")?.as_str())? * times;
    // Rounded, so that 1.1 million and 1,100,000 are one.
    Some(Value::Amount(((value * 1000.0).round() / 1000.0).to_string()))
}

/// A number as either language writes it: three digits after a comma are thousands, unless a nought begins.
fn parse(written: &str) -> Option<f64> {
    let spaceless = written.replace(' ', "");
    let groups: Vec<&str> = spaceless.split(',').collect();
    let thousands = groups.len() > 1
        && !spaceless.starts_with('0')
        && groups.iter().skip(1).all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    let plain = if thousands { spaceless.replace(',', "") } else { spaceless.replace(',', ".") };
    plain.parse().ok()
}

fn factor(times: &str) -> f64 {
    match times {
        "hundred" | "cent" | "cents" => 100.0,
        "k" | "thousand" | "mille" => 1e3,
        "m" | "million" | "millions" => 1e6,
        _ => 1e9,
    }
}

fn in_words(found: &Captures<'_>) -> Option<u32> {
    let of = |word: &str| WORDS.iter().chain(UNITS).find(|(known, _)| *known == word).map(|(_, n)| *n);
    let (first, unit) = (of(found.name("n")?.as_str())?, found.name("unit"));
    match unit.map(|unit| of(unit.as_str())) {
        Some(Some(20)) if first == 4 => Some(80),
        Some(Some(unit)) if first >= 20 && unit < 20 => Some(first + unit),
        // Two numbers beside one another are no number.
        Some(_) => None,
        None => Some(first),
    }
}
