//! Times of day, as English and French write them. It does not know how long anything takes.

use crate::pattern::Regex;
use regex::Captures;

use super::{
    FactKind, Value,
    sheet::{Read, Sheet, number},
};
use crate::pattern;

/// Time zones of the country, in minutes east of the Pacific's.
const ZONES: [(&str, i32); 6] = [("p", 0), ("m", 60), ("r", 60), ("c", 120), ("e", 180), ("a", 240)];

/// Patterns of times.
pub(super) struct Clock {
    opening: Regex,
    meridian: Regex,
    french_opening: Regex,
    french: Regex,
    plain: Regex,
    named: Regex,
    zone: Regex,
}

impl Clock {
    pub(super) fn compile() -> Result<Self, String> {
        Ok(Self {
            opening: pattern::exact_case(
                r"\b(?P<h>\d{1,2})(?::(?P<m>\d\d))?\s*(?:-|to|until|till)\s*(?P<h2>\d{1,2})(?::(?P<m2>\d\d))?\s*(?P<half>[ap])\.?\s?m\b",
            )?,
            meridian: pattern::exact_case(
                r"\b(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s*(?P<half>[ap])\.?\s?m\b\.?",
            )?,
            french_opening: pattern::exact_case(r"\b(?P<h>\d{1,2})\s*(?:-|à|et)\s*\d{1,2}\s*h\b")?,
            french: pattern::exact_case(
                r"\b(?P<h>\d{1,2})\s*h(?:eures?\b)?\s*(?P<m>[0-5]\d\b)?(?P<after>[a-z0-9])?",
            )?,
            plain: pattern::exact_case(r"\b(?P<h>\d{1,2}):(?P<m>[0-5]\d)\b")?,
            named: pattern::exact_case(
                r"(?P<before>-|après |avant )?\b(?P<name>noon|midday|midi|midnight|minuit)\b",
            )?,
            zone: pattern::exact_case(
                r"^\s*\(?(?:(?P<english>[pmcea])(?:[sd])?t\b|h(?P<french>[prcea])\b|h[na](?P<long>[prcea])\b|(?:heure (?:du |de l'|des |avancée du |normale du )?)?(?P<word>pacific|pacifique|mountain|rocheuses|central|centre|eastern|est|atlantic|atlantique)\b)",
            )?,
        })
    }

    pub(super) fn read(&self, sheet: &mut Sheet<'_>) {
        sheet.each(&self.opening, |found, rest| {
            let (hour, end) = (number(found, "h")?, number(found, "h2")?);
            let evening = found.name("half")?.as_str() == "p";
            // "11-1 pm" begins in the morning.
            let evening = evening != (hour % 12 > end % 12);
            let end = found.name("m").or(found.name("h"))?.end();
            let value = self.time(half_day(hour, evening)?, number(found, "m"), false, rest)?;
            Some((vec![(FactKind::Time, value)], found.get(0)?.start()..end))
        });
        sheet.each(&self.meridian, |found, rest| {
            let hour = half_day(number(found, "h")?, found.name("half")?.as_str() == "p")?;
            let value = self.time(hour, number(found, "m"), false, rest)?;
            Some((vec![(FactKind::Time, value)], found.get(0)?.range()))
        });
        sheet.each(&self.french_opening, |found, _| {
            let hour = found.name("h")?;
            let value = self.time(number(found, "h").filter(|h| *h < 24)?, None, false, "")?;
            Some((vec![(FactKind::Time, value)], hour.range()))
        });
        sheet.each(&self.french, |found, rest| {
            if found.name("after").is_some() {
                return self.before_word(found, rest);
            }
            let value =
                self.time(number(found, "h").filter(|h| *h < 24)?, number(found, "m"), false, rest)?;
            Some((vec![(FactKind::Time, value)], found.get(0)?.range()))
        });
        sheet.each(&self.plain, |found, rest| {
            let written = found.name("h")?.as_str();
            let hour: u32 = written.parse().ok().filter(|hour| *hour < 24)?;
            let unclear = (1..=12).contains(&hour) && !written.starts_with('0');
            let value = self.time(hour, number(found, "m"), unclear, rest)?;
            Some((vec![(FactKind::Time, value)], found.get(0)?.range()))
        });
        sheet.each(&self.named, |found, rest| {
            let name = found.name("name").filter(|_| found.name("before").is_none())?;
            let noon = !matches!(name.as_str(), "midnight" | "minuit");
            let value = self.time(if noon { 12 } else { 0 }, None, false, rest)?;
            Some((vec![(FactKind::Time, value)], name.range()))
        });
    }

    /// "21 h HE": the letter after the time begins a zone, or "18 heures" was some other word.
    fn before_word(&self, found: &Captures<'_>, rest: &str) -> Option<Read> {
        let whole = found.get(0)?;
        let after = found.name("after")?;
        let apart = whole.as_str().strip_suffix(after.as_str())?.ends_with(char::is_whitespace)
            || found.name("m").is_some();
        let next = [after.as_str(), rest].concat();
        let value = self.time(number(found, "h").filter(|h| *h < 24)?, number(found, "m"), false, &next)?;
        apart.then(|| (vec![(FactKind::Time, value)], whole.start()..after.start()))
    }

    fn time(&self, hour: u32, minute: Option<u32>, vague: bool, rest: &str) -> Option<Value> {
        let minute = minute.unwrap_or(0);
        let minutes = i32::try_from(hour * 60 + minute).ok()?;
        (hour < 25 && minute < 60).then(|| Value::Time { minutes, vague, zone: self.zone(rest) })
    }

    fn zone(&self, rest: &str) -> Option<i32> {
        let found = self.zone.captures(rest)?;
        let named = ["english", "french", "long", "word"].iter().find_map(|name| found.name(name))?;
        let word = match named.as_str() {
            "atlantic" | "atlantique" => "a",
            other => other,
        };
        ZONES.iter().find(|(letter, _)| word.starts_with(letter)).map(|(_, minutes)| *minutes)
    }
}

/// An hour of the morning or the evening.
fn half_day(hour: u32, evening: bool) -> Option<u32> {
    (1..=12).contains(&hour).then(|| hour % 12 + if evening { 12 } else { 0 })
}
