//! Forms of input values: what a line, a paragraph, an address may be. Pure. Each refusal names its field and says
//! what to write instead.

use chrono::{Datelike as _, NaiveDate};
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::confusable_detection::skeleton;
use url::Url;

use crate::{
    Limits,
    error::{RefusalCode, Result, refuse},
};

/// Characters that show nothing, or turn the direction of writing.
pub(crate) fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Characters under which the rest of a line reads the other way round.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a reader would see nothing of it.
pub(crate) fn says_nothing(value: &str) -> bool {
    // Letters and patterns that are drawn as nothing, which are no white space by their kind.
    let blank = |c: char| {
        matches!(c, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
    };
    value.chars().all(|c| c.is_whitespace() || shows_nothing(c) || blank(c))
}

/// Letters and their accents as one character each (NFC): the same words are the same text, however they were typed.
fn composed(value: &str) -> String {
    value.nfc().collect()
}

/// What is left of a name when case, accents' way of writing, letters of other scripts that look alike, and what shows
/// nothing are left aside: two names that a reader takes for one are equal.
pub(crate) fn seen_name(value: &str) -> String {
    let shown: String = value.nfkc().filter(|c| !shows_nothing(*c)).collect();
    let looks: String = skeleton(&shown.to_lowercase()).collect();
    looks.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Refuses a day that nobody can mean: further from today than `limits.years_around`.
pub(crate) fn near(limits: &Limits, field: &str, day: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    let far = |day: NaiveDate| (day.year() - today.year()).abs() > limits.years_around;
    if day.is_some_and(far) {
        let message = format!("{field} must be within {} years of today", limits.years_around);
        return refuse(RefusalCode::Invalid, field, message);
    }
    Ok(())
}

/// Refuses a figure that is too large to reckon with.
pub(crate) fn figure(limits: &Limits, field: &str, figure: Option<f64>) -> Result<()> {
    let most = limits.figure_max;
    let bound: f64 = most.to_string().parse().unwrap_or(f64::MAX);
    if figure.is_some_and(|figure| !figure.is_finite() || figure.abs() > bound) {
        return refuse(RefusalCode::Invalid, field, format!("{field} must be between -{most} and {most}"));
    }
    Ok(())
}

/// A single line that must say something: trimmed, without control characters, not longer than a line may be.
pub(crate) fn line(limits: &Limits, field: &str, value: &str) -> Result<String> {
    let value = value.trim();
    if says_nothing(value) {
        return refuse(RefusalCode::Required, field, format!("{field} must not be empty"));
    }
    if value.chars().any(|c| c.is_control() || turns(c)) {
        return refuse(
            RefusalCode::Invalid,
            field,
            format!(
                "{field} must be one line without control characters, and without such as turn the direction of writing"
            ),
        );
    }
    bounded(limits.line_chars, field, &composed(value))
}

/// A line that may be left out; one that is empty counts as left out.
pub(crate) fn optional_line(limits: &Limits, field: &str, value: Option<&str>) -> Result<Option<String>> {
    match value.map(str::trim) {
        None => Ok(None),
        Some(value) if says_nothing(value) => Ok(None),
        Some(value) => line(limits, field, value).map(Some),
    }
}

/// A paragraph that must say something.
pub(crate) fn paragraph(limits: &Limits, field: &str, value: &str) -> Result<String> {
    let value = value.trim();
    if says_nothing(value) {
        return refuse(RefusalCode::Required, field, format!("{field} must not be empty"));
    }
    text(limits.paragraph_chars, field, &composed(value))
}

/// A paragraph that may be left out.
pub(crate) fn optional_paragraph(
    limits: &Limits,
    field: &str,
    value: Option<&str>,
) -> Result<Option<String>> {
    match value.map(str::trim) {
        None => Ok(None),
        Some(value) if says_nothing(value) => Ok(None),
        Some(value) => paragraph(limits, field, value).map(Some),
    }
}

/// Any text up to a length, kept as it is: line breaks and tabs, but no other control characters.
pub(crate) fn text(max: usize, field: &str, value: &str) -> Result<String> {
    if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return refuse(
            RefusalCode::Invalid,
            field,
            format!("{field} must not hold control characters other than line breaks"),
        );
    }
    bounded(max, field, value)
}

/// A list of paragraphs.
pub(crate) fn paragraphs(limits: &Limits, field: &str, values: &[String]) -> Result<Vec<String>> {
    at_most(limits.list_items, field, values.len())?;
    values.iter().enumerate().map(|(i, value)| paragraph(limits, &format!("{field}.{i}"), value)).collect()
}

/// Refuses a list that is too long.
pub(crate) fn at_most(max: usize, field: &str, count: usize) -> Result<()> {
    if count > max {
        return refuse(
            RefusalCode::TooLong,
            field,
            format!("{field} has {count} items; at most {max} are allowed"),
        );
    }
    Ok(())
}

/// A web address with a host, `http` or `https`, without user name or password in it.
pub(crate) fn web_address(limits: &Limits, field: &str, value: &str) -> Result<String> {
    let value = line(limits, field, value)?;
    let fits = Url::parse(&value).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    });
    if fits {
        Ok(value)
    } else {
        refuse(
            RefusalCode::Invalid,
            field,
            format!("{field} must be a web address such as https://example.org/page"),
        )
    }
}

/// An e-mail address, in lower case: one `@`, something on both sides, a dot in the domain, no spaces.
pub(crate) fn email(limits: &Limits, field: &str, value: &str) -> Result<String> {
    let value = line(limits, field, value)?.to_lowercase();
    let fits = value.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && !domain.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    // An address in letters that only look like these is somebody else's.
    if fits && value.is_ascii() && !value.contains(char::is_whitespace) {
        return Ok(value);
    }
    let message = format!(
        "{field} must be an e-mail address such as name@example.org, in the letters a to z; a domain in others is \
         written as xn--…"
    );
    refuse(RefusalCode::Invalid, field, message)
}

/// Where somebody is reached: an e-mail address, or a web address. May be left out.
pub(crate) fn optional_contact(limits: &Limits, field: &str, value: Option<&str>) -> Result<Option<String>> {
    let Some(value) = optional_line(limits, field, value)? else { return Ok(None) };
    let found =
        if value.contains("://") { web_address(limits, field, &value) } else { email(limits, field, &value) };
    let Ok(found) = found else {
        let message = format!(
            "{field} must be an e-mail address such as press@example.org or a web address such as https://example.org/contact"
        );
        return refuse(RefusalCode::Invalid, field, message);
    };
    Ok(Some(found))
}

/// A BCP 47 language tag: letters, digits and hyphens, the first part two or three letters.
pub(crate) fn language(field: &str, value: &str) -> Result<String> {
    let value = value.trim();
    let mut parts = value.split('-');
    let first = parts
        .next()
        .is_some_and(|p| (2..=3).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphabetic()));
    let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric()));
    if first && rest && value.len() <= 35 {
        return Ok(value.to_owned());
    }
    refuse(RefusalCode::Invalid, field, format!("{field} must be a language tag such as en or fr-CA"))
}

fn bounded(max: usize, field: &str, value: &str) -> Result<String> {
    let count = value.chars().count();
    if count > max {
        return refuse(
            RefusalCode::TooLong,
            field,
            format!("{field} has {count} characters; at most {max} are allowed"),
        );
    }
    Ok(value.to_owned())
}
