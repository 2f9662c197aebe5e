//! The list of words about people, and where they stand. It does not know who is meant.

use std::ops::Range;

use crate::{Field, lexicon::Lexicon, rules::tone::context};

const LIST: &str = include_str!("../../../../words/inclusive.txt");

/// Words that may follow a noun that stands for people: anything else makes it an adjective.
const AFTER_A_NOUN: &[&str] = &[
    "", "who", "and", "or", "is", "are", "was", "were", "with", "need", "needs", "should", "can", "must",
    "in", "on", "at", "to", "have", "has", "from", "of", "deserve", "deserves", "for", "will", "may",
    "often", "live", "lives", "get", "use", "face", "by", "during", "this", "we", "too", "more", "as",
    "also", "when", "but", "if", "because", "than", "through", "here", "know", "want", "deal", "struggle",
    "that", "might", "do", "don't", "cannot", "can't", "whose", "about", "during", "after", "before",
    "under", "over", "while", "still", "today", "tonight", "across", "into", "out", "feel", "were", "among",
    "eat", "sleep", "benefit", "die", "suffer", "rely", "stay", "now", "alike",
];

/// One entry.
pub(super) struct Entry {
    /// What to say instead.
    pub(super) instead: String,
    /// Whether that may be put in the place as it is.
    pub(super) safe: bool,
    noun: bool,
    unless: Vec<String>,
}

/// The compiled list.
pub(super) struct Entries {
    list: Vec<Entry>,
    /// For each phrase, which entry it belongs to.
    of: Vec<usize>,
    phrases: Lexicon,
}

impl Entries {
    pub(super) fn of(more: &[String], allowed: &[String]) -> Result<Self, String> {
        let (mut entries, mut of, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
        let lines = LIST.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        for line in lines.chain(more.iter().map(String::as_str)) {
            let (words, rest) = line
                .split_once("=>")
                .ok_or_else(|| format!("an entry needs words, => and a replacement: {line}"))?;
            let (instead, unless) = rest.split_once('|').unwrap_or((rest, ""));
            let marks = words.trim_start().chars().take_while(|c| matches!(c, '!' | '^')).collect::<String>();
            for phrase in words.trim_start_matches(['!', '^', ' ']).split(',') {
                if !allowed.iter().any(|allowed| allowed == phrase.trim()) {
                    of.push(entries.len());
                    phrases.push(phrase.trim().to_owned());
                }
            }
            entries.push(Entry {
                instead: instead.trim().to_owned(),
                safe: marks.contains('!'),
                noun: marks.contains('^'),
                unless: unless
                    .split(',')
                    .map(|word| word.trim().to_owned())
                    .filter(|word| !word.is_empty())
                    .collect(),
            });
        }
        Ok(Self { list: entries, of, phrases: Lexicon::of(phrases)? })
    }

    /// What wakes the rule.
    pub(super) fn words(&self) -> Vec<String> {
        self.phrases.words().collect()
    }

    /// Where entries stand and mean people.
    pub(super) fn find<'l>(
        &'l self,
        field: &'l Field<'_>,
    ) -> impl Iterator<Item = (&'l Entry, Range<usize>)> + 'l {
        let lower = field.lower();
        self.phrases.find(field).filter_map(move |found| {
            let entry = self.of.get(found.index).and_then(|&at| self.list.get(at))?;
            let right = context::after(lower, &found.range);
            let next = context::next_word(right);
            let last = context::words_before(context::before(lower, &found.range), 4);
            let hyphenated = right.starts_with('-') || context::before(lower, &found.range).ends_with('-');
            let other = entry.noun && (!AFTER_A_NOUN.contains(&next) || hyphenated)
                || entry
                    .unless
                    .iter()
                    .any(|word| word == next || words_after(right).any(|after| after == word))
                || (!entry.unless.is_empty()
                    && last.into_iter().any(|word| entry.unless.iter().any(|unless| unless == word)))
                || is_of_a_thing(entry, lower, &found.range);
            (!other).then_some((entry, found.range))
        })
    }
}

fn words_after(right: &str) -> impl Iterator<Item = &str> {
    let clause = right.split([',', ';', '.', '!', '?', '\n']).next().unwrap_or_default();
    clause.split_whitespace().take(3)
}

/// Systems, data and budgets suffer, too, and are no people.
fn is_of_a_thing(entry: &Entry, lower: &str, range: &Range<usize>) -> bool {
    let suffers = entry.instead.starts_with("has, lives") || entry.instead.starts_with("vit avec");
    suffers
        && context::words_before(context::before(lower, range), 4).any(|word| {
            matches!(
                word,
                "system"
                    | "systems"
                    | "study"
                    | "studies"
                    | "data"
                    | "network"
                    | "server"
                    | "servers"
                    | "process"
                    | "approach"
                    | "model"
                    | "models"
                    | "budget"
                    | "method"
                    | "methods"
                    | "software"
                    | "hospitals"
                    | "clinics"
                    | "app"
                    | "apps"
                    | "web"
                    | "site"
                    | "réseau"
                    | "système"
                    | "étude"
                    | "modèle"
                    | "données"
            )
        })
}
