//! Whether a text is rather English or rather French. It does not know any other language.

use std::cmp::Ordering;

use super::stems::{shared, stems};
use crate::Shadow;

/// Words that only English sentences are full of.
const ENGLISH: &str = " the and of to is are was for with on at our you your this that it from by have has be will \
                       we not an in how what who join about more ";

/// Words that only French sentences are full of.
const FRENCH: &str = " le la les des du de et est sont pour avec sur au aux notre nos vous votre ce cette qui que une \
                      un dans par ont sera nous pas en plus comment quoi rejoignez ";

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// English.
    English,
    /// French.
    French,
}

/// The language of a text in lower case; English where it is too short to tell.
pub(super) fn language(lower: &str) -> Language {
    told(lower).unwrap_or(Language::English)
}

/// Whether two texts in lower case are in different languages; where that cannot be told, whether they share no words
/// to speak of.
pub(super) fn differ(one: &Shadow<'_>, other: &Shadow<'_>) -> bool {
    let (one, other) = (outside(one), outside(other));
    if let (Some(one), Some(other)) = (told(&one), told(&other)) {
        return one != other;
    }
    let (one, other) = (stems(&one), stems(&other));
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    shared(&few, &many) < 0.5
}

/// A text in lower case without its links, tags and mentions.
fn outside(shadow: &Shadow<'_>) -> String {
    let mut lower = shadow.lower();
    for part in shadow.protected() {
        if lower.get(part.range.clone()).is_some() {
            lower.replace_range(part.range.clone(), &" ".repeat(part.range.len()));
        }
    }
    lower
}

fn told(lower: &str) -> Option<Language> {
    let (mut english, mut french) = (0_usize, 0_usize);
    for word in lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let spaced = [" ", word, " "].concat();
        english += usize::from(ENGLISH.contains(&spaced));
        french += usize::from(FRENCH.contains(&spaced));
        french += usize::from(word.contains(['é', 'è', 'ê', 'à', 'ç', 'œ', 'ù', 'î', 'ô', 'û']));
    }
    match french.cmp(&english) {
        Ordering::Greater => Some(Language::French),
        Ordering::Less => Some(Language::English),
        Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_tells_its_language() {
        assert_eq!(language("join us for the forum on november 26"), Language::English);
        assert_eq!(language("forum sur la santé du cœur, le 26 novembre"), Language::French);
    }
}
