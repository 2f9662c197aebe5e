//! Which rules a text can wake: one pass over its words for all of them.
//! It does not know what a woken rule then finds.

use aho_corasick::AhoCorasick;

use crate::{Field, HandbookError};

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
    count: usize,
}

impl Alarm {
    pub(crate) fn of(wakes: &[Wake]) -> Result<Self, HandbookError> {
        let mut by_word: std::collections::BTreeMap<String, Vec<usize>> = std::collections::BTreeMap::new();
        let (mut always, mut digits) = (Vec::new(), Vec::new());
        for (index, wake) in wakes.iter().enumerate() {
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
        Ok(Self { words, rules: by_word.into_values().collect(), always, digits, count: wakes.len() })
    }

    /// For each rule, whether the fields wake it. No text is read where no rule waits for anything in it.
    pub(crate) fn woken(&self, fields: &[Field<'_>]) -> Vec<bool> {
        let mut woken = vec![false; self.count];
        let mut wake = |index: usize| {
            if let Some(rule) = woken.get_mut(index) {
                *rule = true;
            }
        };
        self.always.iter().copied().for_each(&mut wake);
        let has_digit = |field: &Field<'_>| field.lower().bytes().any(|byte| byte.is_ascii_digit());
        if !self.digits.is_empty() && fields.iter().any(has_digit) {
            self.digits.iter().copied().for_each(&mut wake);
        }
        for field in fields.iter().filter(|_| !self.rules.is_empty()) {
            for found in self.words.find_overlapping_iter(field.lower()) {
                self.rules.get(found.pattern().as_usize()).into_iter().flatten().copied().for_each(&mut wake);
            }
        }
        woken
    }
}
