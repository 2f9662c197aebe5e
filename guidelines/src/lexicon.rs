//! Lists of words and phrases, found as whole words in one pass. It does not know what any list is for.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::Field;

/// Phrases that are looked for as whole words, whatever their case. A phrase that ends in `*` matches any word that
/// begins with it.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    automaton: AhoCorasick,
    open: Vec<bool>,
    phrases: Vec<String>,
}

/// Where a phrase stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Which phrase, counted from zero in the order given.
    pub(crate) index: usize,
    /// Where, in the shadow.
    pub(crate) range: Range<usize>,
}

impl Lexicon {
    /// Compiles phrases. Empty ones match nothing.
    pub(crate) fn of<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Result<Self, String> {
        let given: Vec<String> =
            phrases.into_iter().map(|phrase| phrase.as_ref().trim().to_lowercase()).collect();
        let open = given.iter().map(|phrase| phrase.ends_with('*')).collect();
        let phrases: Vec<String> = given
            .into_iter()
            .map(|phrase| phrase.trim_end_matches('*').to_owned())
            // A pattern that no text holds, so that the others keep their numbers.
            .map(|phrase| if phrase.is_empty() { "\u{10ffff}".to_owned() } else { phrase })
            .collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&phrases)
            .map_err(|error| error.to_string())?;
        Ok(Self { automaton, open, phrases })
    }

    /// The same for phrases between commas, and more of them.
    pub(crate) fn listed(base: &str, more: &[String]) -> Result<Self, String> {
        Self::of(base.split(',').map(str::to_owned).chain(more.iter().cloned()))
    }

    /// Where its phrases stand in text that is in lower case, in order.
    pub(crate) fn find_in<'l>(&'l self, lower: &'l str) -> impl Iterator<Item = Entry> + 'l {
        self.automaton.find_iter(lower).filter_map(|found| {
            let index = found.pattern().as_usize();
            let before = lower.get(..found.start())?.chars().next_back();
            let after = lower.get(found.end()..)?.chars().next();
            let open = self.open.get(index).copied().unwrap_or(false);
            let starts = !before.is_some_and(char::is_alphanumeric);
            let ends = open || !after.is_some_and(char::is_alphanumeric);
            (starts && ends).then(|| Entry { index, range: found.range() })
        })
    }

    /// Where its phrases stand in a field, in order.
    pub(crate) fn find<'l>(&'l self, field: &'l Field<'_>) -> impl Iterator<Item = Entry> + 'l {
        self.find_in(field.lower())
    }

    /// Whether any of them stands in text that is in lower case.
    pub(crate) fn is_in(&self, lower: &str) -> bool {
        self.find_in(lower).next().is_some()
    }

    /// Its phrases, for waking a rule.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> + '_ {
        self.phrases.iter().cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_and_stars_are_open() {
        let lexicon = Lexicon::of(["cure", "miracl*", "", "at home"]).unwrap();
        let found: Vec<_> =
            lexicon.find_in("a cure, no secure miracles at home").map(|entry| entry.index).collect();
        assert_eq!(found, [0, 1, 3]);
        assert!(!lexicon.is_in("procured"));
    }
}
