//! Where a number begins and ends, and what only looks like one. It does not know what any number is.

use crate::rules::personal::digits::Number;

/// Whether what stands before a number is none of it.
pub(super) fn begins_alone(before: &str) -> bool {
    let mut last = before.chars().rev();
    match last.next() {
        Some('_' | '$' | '€' | '£' | '@' | '%' | '+' | '&') => false,
        Some('.' | ',' | ':' | '-' | '/') => !last.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) if c.is_alphanumeric() => {
            let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            ["sin", "nas", "phn", "ohip", "ahcip", "visa", "nam"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

/// Whether a number ends where it ends.
pub(super) fn ends_alone(text: &str, number: &Number) -> bool {
    let after = text.get(number.range.end..).unwrap_or_default();
    let mut next = after.chars();
    match next.next() {
        Some('_' | '%' | '@' | '=') => false,
        Some('-' | '.' | '/' | ',' | ':') => !next.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) if c.is_alphanumeric() => {
            // An Ontario version code may be glued to its number.
            let letters = after.chars().take_while(|c| c.is_alphanumeric());
            number.digits.len() == 10
                && letters.clone().count() == 2
                && letters.clone().all(|c| c.is_ascii_uppercase())
        }
        _ => true,
    }
}

pub(super) fn is_amount(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let after = after.trim_start();
    before.ends_with(['$', '€', '£', '¥', '≈', '~'])
        || after.starts_with(['$', '€', '£', '¥', '%'])
        || [
            "million",
            "habitants",
            "people",
            "personnes",
            "dollars",
            "participants",
            "records",
            "users",
            "views",
            "cells",
            "reads",
            "base pairs",
            "steps",
        ]
        .iter()
        .any(|unit| after.starts_with(unit))
}

pub(super) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
