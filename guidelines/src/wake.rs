//! Which rules a text can wake: one pass over its words for all of them.
//! It does not know what a woken rule then finds.

use aho_corasick::AhoCorasick;

use crate::{Field, FieldKind, HandbookError, Part, Parts};

/// What must stand in a submission for a rule to have anything to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Nothing: the rule looks at every submission.
    Always,
    /// A digit, somewhere.
    Digits,
    /// One of these, in lower case, anywhere, also inside words.
    Words(Vec<String>),
}

/// The words that wake rules, compiled once for a handbook.
pub(crate) struct Alarm {
    words: AhoCorasick,
    /// For each word, which rules it wakes.
    rules: Vec<Vec<usize>>,
    always: Vec<usize>,
    digits: Vec<usize>,
    /// For each rule, whether it reads the biography: no other is woken by one.
    bio: Vec<bool>,
}

impl Alarm {
    /// Of rules: what wakes each, and what it reads besides the words.
    pub(crate) fn of<'w>(rules: impl IntoIterator<Item = (&'w Wake, Parts)>) -> Result<Self, HandbookError> {
        let mut by_word: std::collections::BTreeMap<String, Vec<usize>> = std::collections::BTreeMap::new();
        let (mut always, mut digits, mut bio) = (Vec::new(), Vec::new(), Vec::new());
        for (index, (wake, reads)) in rules.into_iter().enumerate() {
            bio.push(reads.contains(Part::Bio));
            match wake {
                Wake::Always => always.push(index),
                Wake::Digits => digits.push(index),
                Wake::Words(list) => {
                    for word in list.iter().filter(|word| !word.is_empty()) {
                        by_word.entry(word.to_lowercase()).or_default().push(index);
                    }
                }
            }
        }
        let words = AhoCorasick::new(by_word.keys())
            .map_err(|error| HandbookError::TooManyWords { reason: error.to_string() })?;
        Ok(Self { words, rules: by_word.into_values().collect(), always, digits, bio })
    }

    /// For each rule, whether the fields wake it. No text is read where no rule waits for a word.
    pub(crate) fn woken(&self, fields: &[Field<'_>]) -> Vec<bool> {
        let mut woken = vec![false; self.bio.len()];
        self.always.iter().for_each(|rule| self.wake(*rule, FieldKind::Text, &mut woken));
        for field in fields {
            let is_digit = |byte: u8| byte.is_ascii_digit();
            if !self.digits.is_empty() && field.lower().bytes().any(is_digit) {
                self.digits.iter().for_each(|rule| self.wake(*rule, field.kind, &mut woken));
            }
            if self.rules.is_empty() {
                continue;
            }
            for found in self.words.find_overlapping_iter(field.lower()) {
                let rules = self.rules.get(found.pattern().as_usize()).into_iter().flatten();
                rules.for_each(|rule| self.wake(*rule, field.kind, &mut woken));
            }
        }
        woken
    }

    fn wake(&self, rule: usize, by: FieldKind, woken: &mut [bool]) {
        let hears = by != FieldKind::Bio || self.bio.get(rule).is_some_and(|bio| *bio);
        if let Some(rule) = woken.get_mut(rule).filter(|_| hears) {
            *rule = true;
        }
    }
}
