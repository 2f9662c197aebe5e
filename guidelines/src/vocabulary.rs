//! A small vocabulary, English and French: which letters make words, and which make acronyms.
//! It does not know grammar or meaning, and it is far from complete: what it does not know it leaves alone.

use std::collections::HashSet;

/// Words that tags are made of, and that are not acronyms when written in capitals.
const PARTS: &str = include_str!("../words/parts.txt");

/// Whole words that could be read as two: `workshop`, `background`.
const WHOLE: &str = include_str!("../words/whole.txt");

/// Small words of both languages, which would pass for acronyms when written in capitals: `de`, `our`.
const SMALL: &str = include_str!("../words/small.txt");

/// Longest word and longest tag that are looked at, in characters.
const LONGEST_WORD: usize = 16;
const LONGEST_TAG: usize = 60;

/// Words and acronyms.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary {
    parts: HashSet<String>,
    whole: HashSet<&'static str>,
    small: HashSet<&'static str>,
    acronyms: HashSet<String>,
}

impl Vocabulary {
    /// The built-in words with an office's acronyms, given in capitals.
    pub(crate) fn with_acronyms(acronyms: &HashSet<String>) -> Self {
        Self {
            parts: PARTS.split_whitespace().map(str::to_owned).collect(),
            whole: WHOLE.split_whitespace().collect(),
            small: SMALL.split_whitespace().collect(),
            acronyms: acronyms.clone(),
        }
    }

    /// Adds words that tags are made of.
    pub(crate) fn learn(&mut self, words: &[String]) {
        self.parts.extend(words.iter().map(|word| word.trim().to_lowercase()));
    }

    /// Whether a word in capitals is an acronym: the office says so, or it is short and no word that is known.
    pub(crate) fn is_acronym(&self, word: &str) -> bool {
        if self.acronyms.contains(&word.to_uppercase()) {
            return true;
        }
        let lower = word.to_lowercase();
        // "L'INSPQ" and "CIHR's" are acronyms, "don't" is none.
        let lower = match lower.split_once('\'') {
            None => lower,
            Some((owner, "s")) => owner.to_owned(),
            Some(("l" | "d" | "n" | "j" | "m" | "t" | "s" | "c" | "qu", rest)) => rest.to_owned(),
            Some(_) => return false,
        };
        let known = self.parts.contains(&lower)
            || self.whole.contains(lower.as_str())
            || self.small.contains(lower.as_str());
        let short = lower.chars().count() <= 5;
        let vowels = lower.chars().any(|c| "aeiouyàâéèêëîïôùûü".contains(c));
        !known && (short || !vowels)
    }

    /// How a tag in lower case should be written, if it is several words.
    pub(crate) fn camel_case(&self, tag: &str) -> Option<String> {
        if self.whole.contains(tag) || self.parts.contains(tag) || self.acronyms.contains(&tag.to_uppercase())
        {
            return None;
        }
        let letters: Vec<char> = tag.chars().collect();
        if letters.len() > LONGEST_TAG {
            return None;
        }
        let words = self.split(&letters)?;
        (words.len() > 1).then(|| words.iter().map(|word| self.capitalised(word)).collect())
    }

    /// The split into the fewest known words.
    fn split(&self, letters: &[char]) -> Option<Vec<String>> {
        let mut best: Vec<Option<Vec<String>>> = vec![Some(Vec::new())];
        for end in 1..=letters.len() {
            let mut here: Option<Vec<String>> = None;
            for start in end.saturating_sub(LONGEST_WORD)..end {
                let Some(Some(before)) = best.get(start) else { continue };
                let piece: String = letters.get(start..end).unwrap_or_default().iter().collect();
                let shorter = here.as_ref().is_none_or(|here| before.len() + 1 < here.len());
                if shorter && self.is_piece(&piece, start == 0 || end == letters.len()) {
                    here = Some(before.iter().cloned().chain([piece]).collect());
                }
            }
            best.push(here);
        }
        best.pop().flatten()
    }

    fn is_piece(&self, piece: &str, outer: bool) -> bool {
        let digits = piece.chars().all(|c| c.is_ascii_digit());
        self.parts.contains(piece)
            || self.whole.contains(piece)
            || (digits && outer)
            || (outer && self.acronyms.contains(&piece.to_uppercase()))
    }

    fn capitalised(&self, word: &str) -> String {
        let upper = word.to_uppercase();
        if self.acronyms.contains(&upper) && !self.parts.contains(word) {
            return upper;
        }
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_in_capitals_are_no_acronyms() {
        let words = Vocabulary::with_acronyms(&HashSet::new());
        for word in ["DE", "TOUT", "D'ICI", "DON'T", "IT'S", "À", "OUR", "ÇA", "N'Y", "SUITE", "HURRY"] {
            assert!(!words.is_acronym(word), "{word}");
        }
        for word in ["CHUM", "IRSC", "VGH", "CIHR'S", "L'INSPQ", "PHSA", "ICU", "AI"] {
            assert!(words.is_acronym(word), "{word}");
        }
    }
}
