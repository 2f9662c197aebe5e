//! Light stemming of English and French, and topics that are looked for by their stems, in any close order.
//! It does not know grammar: what it takes for one word may be two, and the other way round.

mod concepts;
mod topic;
mod topics;

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

pub(super) use topic::{Sureness, Topic};
pub(super) use topics::{KnownTopics, Topics};

/// Words that carry no topic.
const EMPTY: &str = " a an the of and or to in on at for with by from as is are was were be been has have had it its \
                     this that these those our ours we us you your i my all any some about into how what who when \
                     where not no le la les l un une des de du d et ou au aux en dans sur par pour avec ce cet cette \
                     ces nos notre votre vos mon ma mes qui que qu est sont s t y il elle ils elles on se sa son ses ";

/// The same, for looking up.
static EMPTY_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY.split_whitespace().collect());

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Stem {
    /// Its stem, without accents.
    pub(super) root: String,
    /// The word without accents, in lower case.
    pub(super) word: String,
    /// Where, in the text.
    pub(super) range: Range<usize>,
    /// In which sentence.
    pub(super) sentence: usize,
}

/// The words of a text in lower case that carry a topic.
pub(super) fn stems(lower: &str) -> Vec<Stem> {
    told(lower, true).collect()
}

/// All words of a text in lower case.
pub(super) fn words(lower: &str) -> impl Iterator<Item = Stem> + '_ {
    told(lower, false)
}

/// The words of a text in lower case; without those that carry no topic, where only a topic is wanted.
fn told(lower: &str, telling: bool) -> impl Iterator<Item = Stem> + '_ {
    let mut sentence = 0;
    let mut last = 0;
    pieces(lower).filter_map(move |range| {
        let between = lower.get(last..range.start).unwrap_or_default();
        let stop = between.trim_end_matches(['"', '\'', ')', '(', '#', '@']);
        let ends = between.contains(['\n', ';', '!', '?'])
            || (stop.contains('.') && between.ends_with(|c: char| !c.is_alphanumeric() && c != '.'));
        sentence += usize::from(ends && last > 0);
        last = range.end;
        let word = plain(lower.get(range.clone()).unwrap_or_default());
        let passed_over = telling && is_empty_word(&word);
        (!passed_over).then(|| Stem { root: stem(&word), word, range, sentence })
    })
}

/// Whether a word without accents carries no topic.
pub(super) fn is_empty_word(word: &str) -> bool {
    EMPTY_WORDS.contains(word)
}

/// How much of the fewer stems is among the others, from 0 to 1.
pub(super) fn shared(few: &[Stem], many: &[Stem]) -> f64 {
    let common = few.iter().filter(|word| many.iter().any(|other| other.root == word.root)).count();
    ratio(common, few.len())
}

/// A share as a number from 0 to 1; of nothing it is 0.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// Where the words of a text are.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let start = from + rest.find(char::is_alphanumeric)?;
        let word = text.get(start..)?;
        let end = start + word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        from = end;
        Some(start..end)
    })
}

/// A word without accents, in lower case.
pub(super) fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd()
        .filter(|&c| !is_combining_mark(c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('œ', "oe")
}

/// The stem of a word without accents.
pub(super) fn stem(word: &str) -> String {
    let singular = singular(word);
    let known = concepts::common(&singular);
    if known != singular {
        return known.to_owned();
    }
    let root = [("ance", 8), ("ence", 8), ("ment", 10), ("ing", 6), ("ed", 5), ("ee", 6), ("er", 7)]
        .iter()
        .find_map(|(ending, least)| {
            (singular.len() >= *least).then(|| singular.strip_suffix(ending)).flatten()
        })
        .unwrap_or(&singular);
    let undoubled = match root.as_bytes() {
        [.., a, b] if a == b && root.len() < singular.len() && !b"lsz".contains(b) => {
            root.get(..root.len() - 1).unwrap_or(root)
        }
        _ => root,
    };
    let bare = if undoubled.len() > 3 { undoubled.strip_suffix('e').unwrap_or(undoubled) } else { undoubled };
    concepts::common(bare).to_owned()
}

fn singular(word: &str) -> String {
    if word.len() < 4 {
        return word.to_owned();
    }
    for (plural, single) in [("eaux", "eau"), ("aux", "al"), ("ies", "y"), ("sses", "ss")] {
        if let Some(root) = word.strip_suffix(plural).filter(|root| root.len() > 1) {
            return [root, single].concat();
        }
    }
    for plural in ["xes", "ches", "shes"] {
        if word.ends_with(plural) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    let kept = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    if kept { word.to_owned() } else { word.strip_suffix('s').unwrap_or(word).to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (one, other) in [
            ("results", "résultat"),
            ("performance", "performed"),
            ("recruitment", "recruiting"),
            ("budgets", "budget"),
            ("vendors", "fournisseur"),
            ("intermédiaires", "interim"),
            ("clinics", "cliniques"),
            ("journaux", "journal"),
        ] {
            assert_eq!(stem(&plain(one)), stem(&plain(other)), "{one} {other}");
        }
        assert_ne!(stem("site"), stem("website"));
    }

    #[test]
    fn sentences_are_counted() {
        let found: Vec<_> = words("the site. results at 9.5! v2").map(|w| w.sentence).collect();
        assert_eq!(found, [0, 0, 1, 1, 1, 1, 2]);
    }
}
