//! Which of many patterns are worth running on a text: those of which a word stands in it.
//! It does not know the patterns.

use aho_corasick::AhoCorasick;

/// Words for each of at most sixty-four patterns, found in one pass.
#[derive(Debug)]
pub(super) struct Gate {
    words: AhoCorasick,
    /// For each word, the bits of its patterns.
    patterns: Vec<u64>,
}

/// The patterns that are worth running.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth(u64);

impl Gate {
    /// For each pattern its words, between commas and in lower case; a blank beside a word is part of it.
    pub(super) fn of<'w>(lists: impl IntoIterator<Item = &'w str>) -> Result<Self, String> {
        let mut bits: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
        for (index, list) in lists.into_iter().enumerate() {
            for word in list.split(',').filter(|word| !word.is_empty()) {
                *bits.entry(word).or_default() |= bit(index);
            }
        }
        let words = AhoCorasick::new(bits.keys()).map_err(|error| error.to_string())?;
        Ok(Self { words, patterns: bits.into_values().collect() })
    }

    /// Which patterns are worth running on a text in lower case.
    pub(super) fn worth(&self, lower: &str) -> Worth {
        let found = self.words.find_overlapping_iter(lower);
        let bits = found.filter_map(|found| self.patterns.get(found.pattern().as_usize()));
        Worth(bits.fold(0, |all, bits| all | bits))
    }
}

impl Worth {
    /// Whether the pattern with this number is.
    pub(super) const fn is(self, index: usize) -> bool {
        self.0 & bit(index) != 0
    }
}

const fn bit(index: usize) -> u64 {
    1 << (index % 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_worth_running_where_one_of_its_words_stands() {
        let gate = Gate::of(["key,token", "pin ", "keynote"]).unwrap();
        let worth = gate.worth("our keynotes");
        assert!(worth.is(0) && !worth.is(1) && worth.is(2));
    }
}
