//! Days, months and weekdays, as English and French write them. It does not know today's date: "tomorrow" is no date.

use crate::pattern::Regex;
use regex::Captures;

use super::{
    FactKind, Value,
    sheet::{Read, Sheet, number},
};
use crate::pattern;

const MONTH: &str = "janvier|january|janv|jan|février|fevrier|february|févr|fevr|fév|feb|march|mars|mar|avril|april|avr|apr|mai|may|juin|june|jun|juillet|july|juil|jul|août|aout|august|aug|septembre|september|sept|sep|octobre|october|oct|novembre|november|nov|décembre|decembre|december|déc|dec";

const ORDINAL: &str = "(?:st|nd|rd|th|ère|ere|er|re|e)?";

const WEEKDAYS: [[&str; 3]; 7] = [
    ["monday", "lundi", "mon"],
    ["tuesday", "mardi", "tue"],
    ["wednesday", "mercredi", "wed"],
    ["thursday", "jeudi", "thu"],
    ["friday", "vendredi", "fri"],
    ["saturday", "samedi", "sat"],
    ["sunday", "dimanche", "sun"],
];

/// Patterns of days.
pub(super) struct Calendar {
    iso: Regex,
    numeric: Regex,
    short: Regex,
    month_first: Regex,
    day_first: Regex,
    month: Regex,
    weekday: Regex,
    brief_weekday: Regex,
    one: Regex,
}

impl Calendar {
    pub(super) fn compile() -> Result<Self, String> {
        let list =
            format!(r"(?P<more>(?:\s*(?:,\s*and|,|-|to|through|and|&|au|et)\s*\d{{1,2}}{ORDINAL}\b)*)");
        Ok(Self {
            iso: pattern::exact_case(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b")?,
            numeric: pattern::exact_case(r"\b(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)\b")?,
            short: pattern::exact_case(r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})\b")?,
            month_first: pattern::exact_case(&format!(
                r"\b(?P<month>{MONTH})\b\.?\s+(?P<d>\d{{1,2}}){ORDINAL}\b{list}(?:,?\s+(?P<y>(?:19|20)\d\d)\b)?"
            ))?,
            day_first: pattern::exact_case(&format!(
                r"(?P<more>(?:\b\d{{1,2}}{ORDINAL}\s*(?:,\s*et|,\s*and|,|-|au|et|to|and|&)\s*)*)\b(?P<d>\d{{1,2}}){ORDINAL}\s+(?:of\s+|de\s+)?(?P<month>{MONTH})\b\.?(?:,?\s+(?P<y>(?:19|20)\d\d)\b)?"
            ))?,
            month: pattern::exact_case(
                r"\b(?P<month>january|february|april|june|july|september|october|november|december|janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
            )?,
            weekday: pattern::exact_case(
                r"\b(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b",
            )?,
            brief_weekday: pattern::exact_case(&format!(
                r"\b(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:s|rs|r)?\b\.?,?\s+(?:(?:{MONTH})\b|\d)"
            ))?,
            one: pattern::exact_case(r"\d{1,2}")?,
        })
    }

    pub(super) fn read(&self, sheet: &mut Sheet<'_>) {
        for pattern in [&self.weekday, &self.brief_weekday] {
            sheet.each(pattern, |found, _| {
                let day = found.name("day")?;
                let index = WEEKDAYS.iter().position(|names| names.contains(&day.as_str()))?;
                Some((vec![(FactKind::Weekday, Value::Amount(index.to_string()))], day.range()))
            });
        }
        sheet.each(&self.iso, |found, _| {
            let value = day(number(found, "y"), number(found, "m")?, number(found, "d")?, false)?;
            Some((vec![(FactKind::Date, value)], found.get(0)?.range()))
        });
        sheet.each(&self.numeric, |found, _| numeric(found, number(found, "y")));
        let folded = sheet.folded;
        sheet.each(&self.month_first, |found, rest| self.month_first(found, rest, folded));
        sheet.each(&self.day_first, |found, _| self.day_first(found, folded));
        sheet.each(&self.short, |found, _| {
            let (a, b) = (number(found, "a")?, number(found, "b")?);
            ((a > 12) != (b > 12)).then(|| numeric(found, None)).flatten()
        });
        sheet.each(&self.month, |found, _| {
            let name = found.name("month")?;
            let month = month_number(name.as_str())?.to_string();
            Some((vec![(FactKind::Month, Value::Amount(month))], name.range()))
        });
    }

    /// "Nov 26, 27 and 28, 2026"; a number that a time follows belongs to the time.
    fn month_first(&self, found: &Captures<'_>, rest: &str, folded: &str) -> Option<Read> {
        let name = found.name("month").filter(|name| is_month(name.as_str(), folded.get(name.range())))?;
        let (month, year) = (month_number(name.as_str())?, number(found, "y"));
        let whole = found.get(0)?;
        let more = found.name("more")?;
        let mut end = whole.end();
        let mut dates = vec![number(found, "d")?];
        let listed: Vec<_> = self.one.find_iter(more.as_str()).collect();
        for (at, one) in listed.iter().enumerate() {
            let last = at + 1 == listed.len() && year.is_none();
            if last && begins_time(rest) {
                end =
                    listed.get(at.wrapping_sub(1)).map_or(more.start(), |before| more.start() + before.end());
            } else {
                dates.push(one.as_str().parse().ok()?);
            }
        }
        if listed.is_empty() && year.is_none() && begins_clock(rest) {
            return None;
        }
        let values: Vec<_> = dates.iter().filter_map(|&date| day(year, month, date, false)).collect();
        Some((values.into_iter().map(|value| (FactKind::Date, value)).collect(), whole.start()..end))
    }

    /// "les 26, 27 et 28 novembre 2026".
    fn day_first(&self, found: &Captures<'_>, folded: &str) -> Option<Read> {
        let name = found.name("month").filter(|name| is_month(name.as_str(), folded.get(name.range())))?;
        let (month, year) = (month_number(name.as_str())?, number(found, "y"));
        let before = found.name("more")?.as_str();
        let listed = self.one.find_iter(before).filter_map(|one| one.as_str().parse().ok());
        let values = listed.chain(number(found, "d")).filter_map(|date| day(year, month, date, false));
        Some((values.map(|value| (FactKind::Date, value)).collect(), found.get(0)?.range()))
    }
}

/// Two numbers of which one is the day: which one is not always to be told.
fn numeric(found: &Captures<'_>, year: Option<u32>) -> Option<Read> {
    let (a, b) = (number(found, "a")?, number(found, "b")?);
    let value = match (a > 12, b > 12) {
        (true, false) => day(year, b, a, false),
        (false, true) => day(year, a, b, false),
        (false, false) => day(year, a, b, true),
        (true, true) => None,
    }?;
    Some((vec![(FactKind::Date, value)], found.get(0)?.range()))
}

fn day(year: Option<u32>, month: u32, day: u32, either: bool) -> Option<Value> {
    let real = (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then_some(Value::Day { year, month, day, either })
}

/// Words that are months only when a name: "may", "march", "mar".
fn is_month(lower: &str, written: Option<&str>) -> bool {
    !matches!(lower, "may" | "march" | "mar")
        || written.is_some_and(|written| written.starts_with(char::is_uppercase))
}

fn begins_time(rest: &str) -> bool {
    let rest = rest.trim_start();
    [":", "h", "am", "pm", "a.m", "p.m", "%", "$"].iter().any(|sign| rest.starts_with(sign))
}

/// "Nov 6:30" gives no day.
fn begins_clock(rest: &str) -> bool {
    rest.starts_with(':')
}

fn month_number(name: &str) -> Option<u32> {
    let beginnings = [
        ("jan", 1),
        ("f", 2),
        ("mar", 3),
        ("av", 4),
        ("ap", 4),
        ("ma", 5),
        ("juin", 6),
        ("jun", 6),
        ("ju", 7),
        ("a", 8),
        ("s", 9),
        ("o", 10),
        ("n", 11),
        ("d", 12),
    ];
    beginnings.iter().find(|(beginning, _)| name.starts_with(beginning)).map(|(_, month)| *month)
}
