//! Compiling the patterns of rules, and the lists of words they are made of.
//! It does not know what any pattern is for.

use std::{iter, sync::OnceLock};

use regex::{Captures, Match};

use crate::kept;

/// What may stand where a word ends or begins, in terms that an automaton follows through any text. Wherever `\b` holds,
/// this does; it also holds beside every letter that is not ASCII.
const LOOSE_BOUNDARY: &str = r"(?:(?-u:\b{start-half})|(?-u:\b{end-half}))";

/// A compiled pattern: matches what [`regex::Regex`] matches.
///
/// An automaton cannot follow `\b` past a letter that is not ASCII, and what stands in for it is some ten times slower.
/// So such texts are first searched for a looser pattern, which it can follow, and only where that is found for the exact.
#[derive(Clone, Debug)]
pub(crate) struct Regex {
    exact: regex::Regex,
    loose: Option<Loose>,
}

/// The looser pattern, compiled when a text first asks for it.
#[derive(Clone, Debug)]
struct Loose {
    source: String,
    any_case: bool,
    compiled: OnceLock<Option<regex::Regex>>,
}

impl Regex {
    fn compile(source: &str, any_case: bool) -> Result<Self, String> {
        let source = ascii_classes(source);
        let exact = kept::compiled(&source, any_case).map_err(|error| error.to_string())?;
        let follows = source.contains(r"\b") && !source.contains(r"\\");
        let loose = follows.then(|| Loose {
            source: source.replace(r"\b", LOOSE_BOUNDARY),
            any_case,
            compiled: OnceLock::new(),
        });
        Ok(Self { exact, loose })
    }

    /// Where to look from, at or after `at`: nothing before matches. Nowhere if nothing matches at all.
    fn first(&self, text: &str, at: usize) -> Option<usize> {
        let Some(loose) = self.loose.as_ref().filter(|_| !text.is_ascii()) else { return Some(at) };
        let compiled = loose.compiled.get_or_init(|| kept::compiled(&loose.source, loose.any_case).ok());
        match compiled {
            Some(loose) => loose.find_at(text, at).map(|found| found.start()),
            None => Some(at),
        }
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.first(text, 0).is_some_and(|at| self.exact.is_match_at(text, at))
    }

    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_at(text, 0)
    }

    pub(crate) fn find_at<'t>(&self, text: &'t str, at: usize) -> Option<Match<'t>> {
        self.exact.find_at(text, self.first(text, at)?)
    }

    pub(crate) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        successive(text, |at| self.find_at(text, at), |found| (found.start(), found.end()))
    }

    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_at(text, 0)
    }

    pub(crate) fn captures_at<'t>(&self, text: &'t str, at: usize) -> Option<Captures<'t>> {
        self.exact.captures_at(text, self.first(text, at)?)
    }

    pub(crate) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        let whole = |found: &Captures<'t>| found.get(0).map_or((0, 0), |found| (found.start(), found.end()));
        successive(text, |at| self.captures_at(text, at), whole)
    }
}

/// For what is seldom asked.
impl std::ops::Deref for Regex {
    type Target = regex::Regex;

    fn deref(&self) -> &regex::Regex {
        &self.exact
    }
}

/// Matches one after another, as `regex` iterates: none is empty where the one before it has ended.
fn successive<M>(
    text: &str,
    search: impl Fn(usize) -> Option<M>,
    place: impl Fn(&M) -> (usize, usize),
) -> impl Iterator<Item = M> {
    let (mut at, mut last) = (0, None);
    iter::from_fn(move || {
        loop {
            let found = search(at)?;
            let (start, end) = place(&found);
            if start == end && last == Some(end) {
                at = end + text.get(end..)?.chars().next()?.len_utf8();
                continue;
            }
            (at, last) = (end, Some(end));
            return Some(found);
        }
    })
}

/// A pattern that ignores case. The error is for whoever wrote it.
pub(crate) fn any_case(source: &str) -> Result<Regex, String> {
    Regex::compile(source, true)
}

/// A pattern that minds case.
pub(crate) fn exact_case(source: &str) -> Result<Regex, String> {
    Regex::compile(source, false)
}

/// Patterns run over the shadow, whose digits and blanks are plain: ASCII classes are enough, and far smaller.
fn ascii_classes(source: &str) -> String {
    source.replace(r"\d", "[0-9]").replace(r"\s", r"[ \t\n\r]")
}

/// A pattern for any of the phrases as whole words, ignoring case. Spaces in a phrase match any run
/// of blanks or hyphens; an apostrophe may be missing.
pub(crate) fn phrases<S: AsRef<str>>(list: &[S]) -> Result<Regex, String> {
    let alternatives: Vec<String> = list
        .iter()
        .map(|phrase| phrase.as_ref().trim())
        .filter(|phrase| !phrase.is_empty())
        .map(|phrase| regex::escape(phrase).replace(' ', r"[\s\-]+").replace('\'', "'?"))
        .collect();
    if alternatives.is_empty() {
        return any_case(r"[^\p{Any}]");
    }
    any_case(&format!(r"\b(?:{})\b", alternatives.join("|")))
}

/// The same for phrases between commas, and more of them.
pub(crate) fn phrases_with(base: &str, more: &[String]) -> Result<Regex, String> {
    let list: Vec<&str> = base.split(',').chain(more.iter().map(String::as_str)).collect();
    phrases(&list)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATTERNS: [&str; 8] = [
        r"\b(?:a|union|no|caf)\b",
        r"\b\w+\b",
        r"\b[0-9]{3}\b",
        r"(\bé|a)(b*)\b",
        r"\b(?:école|à la|dé)\b",
        r"\b",
        r"a*",
        r"no\b[^.]{0,4}\bno",
    ];

    #[test]
    fn every_looser_pattern_compiles() {
        for source in PATTERNS {
            let pattern = any_case(source).unwrap();
            assert!(
                pattern.loose.is_none_or(|loose| kept::compiled(&loose.source, true).is_ok()),
                "{source}"
            );
        }
    }

    proptest! {
        #[test]
        fn it_matches_what_regex_matches(pieces in prop::collection::vec(prop_oneof![
            "[a-z]{0,2}|[0-9]{1,3}| |\\.|\\PC",
            prop::sample::select(vec!["é", "à la", "école", "dé", "no", "café", "réunion", "union", "—", "\u{1f600}", "604", "٤"])
                .prop_map(str::to_owned),
        ], 0..12)) {
            let text = pieces.concat();
            for source in PATTERNS {
                let (pattern, plain) = (any_case(source).unwrap(), kept::compiled(&ascii_classes(source), true).unwrap());
                let places = |found: Match<'_>| (found.start(), found.end());
                let ours: Vec<_> = pattern.find_iter(&text).map(places).collect();
                let theirs: Vec<_> = plain.find_iter(&text).map(places).collect();
                prop_assert_eq!(ours, theirs, "{} in {:?}", source, text);
                let groups = |found: Captures<'_>| -> Vec<_> { found.iter().map(|group| group.map(places)).collect() };
                let ours: Vec<_> = pattern.captures_iter(&text).map(groups).collect();
                let theirs: Vec<_> = plain.captures_iter(&text).map(groups).collect();
                prop_assert_eq!(ours, theirs, "{} in {:?}", source, text);
                prop_assert_eq!(pattern.is_match(&text), plain.is_match(&text));
            }
        }
    }
}
