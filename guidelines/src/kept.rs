//! Compiled patterns, kept by what they were compiled from: the handbooks of many offices, and the versions of one, are
//! mostly made of the same patterns, and compiling a whole handbook takes a third of a second. It knows no rule; to forget
//! everything costs time and nothing else.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use regex::{Regex, RegexBuilder};

/// Bytes that an automaton may grow to while it runs: the larger lists of words do not fit into the default, and fall
/// back to what is ten times slower.
const DFA_BYTES: usize = 8 << 20;

/// Patterns that are kept: those of the rules that ship, and of some offices' own. When there are more, all are forgotten.
const PATTERNS: usize = 1_000;

/// By source and whether case is ignored.
static KEPT: LazyLock<Mutex<HashMap<(String, bool), Regex>>> = LazyLock::new(Mutex::default);

/// The pattern, compiled now or earlier. Clones share what was compiled and nothing that a search changes.
pub(crate) fn compiled(source: &str, any_case: bool) -> Result<Regex, regex::Error> {
    let key = (source.to_owned(), any_case);
    if let Some(regex) = KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(regex.clone());
    }
    // Not under the lock: others compile theirs meanwhile.
    let regex = RegexBuilder::new(source).case_insensitive(any_case).dfa_size_limit(DFA_BYTES).build()?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= PATTERNS {
        kept.clear();
    }
    kept.insert(key, regex.clone());
    Ok(regex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_source_with_and_without_case_are_two_patterns_and_a_broken_one_stays_broken() {
        for _ in 0..2 {
            assert!(!compiled("kept once", false).unwrap().is_match("Kept Once"));
            assert!(compiled("kept once", true).unwrap().is_match("Kept Once"));
            assert!(compiled("kept (", true).is_err());
        }
    }

    #[test]
    fn more_than_are_kept_are_still_what_was_asked_for() {
        for number in 0..=PATTERNS {
            let source = format!("^overflow {number}$");
            assert!(compiled(&source, false).unwrap().is_match(&format!("overflow {number}")));
        }
    }
}
