//! Identifiers of public things, dates and quantities. It does not know whose numbers people have.

use std::{ops::Range, sync::LazyLock};

use crate::pattern::Regex;

use super::{Protected, ProtectedKind};
use crate::pattern;

/// Each pattern with what it protects; a group named `n` narrows it to that part.
const PATTERNS: &[(ProtectedKind, &str)] = &[
    (ProtectedKind::Record, r#"\b10\.\d{4,9}/[^\s"<>]*[^\s"<>.,;:)\]]"#),
    (
        ProtectedKind::Record,
        r"\b(?:nct\s?\d{8}|isrctn\s?\d{8}|actrn\d{14}|chictr[\-\d]{6,}|crd\d{6,11}|eudract:?\s?\d{4}-\d{6}-\d{2}|20\d{2}-5\d{5}-\d{2}-\d{2}|pmc\s?\d{5,8}|pmid:?\s?\d{1,8}|arxiv:\s?\d{4}\.\d{4,5}|rs\d{4,}|ensg\d{11}|gse\d{4,}|srr\d{5,})\b",
    ),
    (ProtectedKind::Record, r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"),
    (ProtectedKind::Record, r"\b(?:(?:sha-?\d{1,3}|md5|blake3?)[:\s]\s?)?[0-9a-f]{32,128}\b"),
    (ProtectedKind::Record, r"\bh\d{2}-\d{5}\b|\breb\s?#?\s?\d{2,4}-\d{3,6}\b|\b[a-z]{2,4}-?\d{2}-\d{4,6}\b"),
    (
        ProtectedKind::Record,
        r"\b(?:rn\s?\d{6}(?:\s?-\s?\d{6})?|\d[a-z]\d{2}[a-z]{2}\d{6}(?:-\d{2}[a-z]?\d?)?|(?:pjt|mop|frn|fdn|cpg|tca|ict|rgpin)[\s\-]?\d{4,6}(?:-\d{2,4})?)\b",
    ),
    (
        ProtectedKind::Record,
        r"\b\d{9}\s?(?:rt|rr|rp|rc|rm|rz)\s?\d{4}\b|\b\d{5}\s?\d{4}\s(?:rt|rr|rp|rc|rm|rz)\s?\d{4}\b",
    ),
    (ProtectedKind::Record, r"\b(?:1z[0-9a-z]{16}|(?-i:[A-Z]{2}\s?\d{3}\s?\d{3}\s?\d{3}\s?CA))\b"),
    (
        ProtectedKind::Labelled,
        r"\b(?:lots?|batch|grants?|awards?|frn|cihr|irsc|nserc|sshrc|meeting|webinar|zoom|conference|passcode|tracking|invoice|order|serial|réunion|conférence|suivi|commande|facture|subvention)\s(?:(?:ids?|nos?|numbers?|codes?|n°|numéros?)\b\.?\s?)?[:#]?\s?(?P<n>[a-z]{0,4}-?\d[\d \-.]{3,22}\d)",
    ),
    (
        ProtectedKind::Date,
        r"\b(?:(?:19|20)\d{2}[\-/.]\d{1,2}[\-/.]\d{1,2}|\d{1,2}[\-/.]\d{1,2}[\-/.](?:19|20)\d{2}|\d{1,2}/\d{1,2}/\d{2})\b",
    ),
    (
        ProtectedKind::Date,
        r"\b(?:\d{1,2}(?:st|nd|rd|th|er)?[\s\-](?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|avr|juil|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|janvier|février)[a-z]*\.?,?[\s\-](?:19|20)\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s\-]\d{1,2}(?:st|nd|rd|th)?,?[\s\-](?:19|20)\d{2})\b",
    ),
    (
        ProtectedKind::Time,
        r"\b\d{1,2}(?::\d{2}){1,2}(?:\s?[ap]\.?m\b)?|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,2}\s?h(?:\s?\d{2})?\b",
    ),
    (
        ProtectedKind::Money,
        r"(?:[$€£]|\b(?:cad|usd|eur)\s?)\s?\d[\d,. ]*(?:\s?(?:k|m|b|million|billion|thousand)\b)?|\b\d[\d,. ]*\s?(?:[$€£]|(?:dollars|cad|usd|eur)\b)",
    ),
    (ProtectedKind::Percent, r"\b\d+(?:[.,]\d+)?\s?(?:%|percent\b|per cent\b|pour cent\b)"),
    (
        ProtectedKind::Quantity,
        r"\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|kg|ml|mmol|mmhg|km|cm|mm|gb|tb|mb|hz|khz|mhz|kcal|people|patients|participants|personnes)\b",
    ),
];

static COMPILED: LazyLock<Vec<(ProtectedKind, Regex)>> = LazyLock::new(|| {
    PATTERNS
        .iter()
        .filter_map(|(kind, source)| pattern::any_case(source).ok().map(|pattern| (*kind, pattern)))
        .collect()
});

/// Adds what a text holds of them.
pub(super) fn find(text: &str, found: &mut Vec<Protected>) {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    for (kind, pattern) in COMPILED.iter() {
        let named = pattern.capture_names().any(|name| name.is_some());
        for matched in pattern.find_iter(text) {
            let range = if named { narrowed(pattern, text, matched.range()) } else { matched.range() };
            found.push(Protected { range, kind: *kind });
        }
    }
    checked(text, found);
}

fn narrowed(pattern: &Regex, text: &str, range: Range<usize>) -> Range<usize> {
    pattern.captures_at(text, range.start).and_then(|found| found.name("n")).map_or(range, |n| n.range())
}

static CHECKED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern::any_case(
        r"\b(?:\d{4}-\d{4}-\d{4}-\d{3}[\dx]|97[89][\- ]?\d{1,5}[\- ]?\d{1,7}[\- ]?\d{1,7}[\- ]?\d)\b",
    )
    .ok()
});

/// ORCID and ISBN, which have check digits of their own.
fn checked(text: &str, found: &mut Vec<Protected>) {
    let Some(pattern) = CHECKED.as_ref() else { return };
    for matched in pattern.find_iter(text) {
        let signs: Vec<u32> = matched
            .as_str()
            .chars()
            .filter_map(|c| if matches!(c, 'x' | 'X') { Some(10) } else { c.to_digit(10) })
            .collect();
        if is_orcid(&signs) || is_isbn(&signs) {
            found.push(Protected { range: matched.range(), kind: ProtectedKind::Record });
        }
    }
}

/// ISO 7064, mod 11-2; the ranges that ORCID hands out.
fn is_orcid(signs: &[u32]) -> bool {
    let [head @ .., check] = signs else { return false };
    let total = head.iter().fold(0, |total, digit| (total + digit) * 2 % 11);
    head.len() == 15 && head.starts_with(&[0, 0, 0]) && (12 - total) % 11 == *check
}

fn is_isbn(signs: &[u32]) -> bool {
    let sum: u32 = signs.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    signs.len() == 13 && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<ProtectedKind> {
        crate::text::Shadow::of(text).protected().into_iter().map(|part| part.kind).collect()
    }

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(COMPILED.len(), PATTERNS.len());
        assert!(CHECKED.is_some());
    }

    #[test]
    fn records_and_quantities_are_known() {
        for text in [
            "10.2196/45678901",
            "NCT04012345",
            "ISRCTN 12345678",
            "H21-02387",
            "RN129906-435781",
            "5R01HL128340-03",
            "119219814 RR0001",
            "0000-0002-1825-0097",
            "978-0-306-40615-7",
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "PMID: 31452104",
        ] {
            assert_eq!(kinds(text), [ProtectedKind::Record], "{text}");
        }
        assert_eq!(kinds("Lot number 346454286"), [ProtectedKind::Labelled]);
        assert_eq!(kinds("on 2026-12-01 at 16:00"), [ProtectedKind::Date, ProtectedKind::Time]);
        assert_eq!(kinds("$3,491 or 56.6%"), [ProtectedKind::Money, ProtectedKind::Percent]);
        assert_eq!(kinds("613,096 people"), [ProtectedKind::Quantity]);
        assert_eq!(kinds("130 692 544"), [ProtectedKind::Date; 0]);
    }
}
