//! Whether a text denies something that another states. It knows the negations of English and French, and idioms in
//! which nothing is denied; it does not know what is true.

use std::{ops::Range, sync::LazyLock};

use crate::pattern::Regex;

use super::stems::{Stem, ratio, shared, stems};
use crate::pattern;

/// Idioms that deny nothing that matters.
const IDIOMS: &str = r"\b(?:(?:don't|do not) (?:miss|forget|wait|hesitate|worry|be shy|delay)|why not|not only|not just|no matter|(?:can't|cannot|can not) (?:wait|make it|attend|join|come)|not sure|(?:if|whether or) not|not to mention|last but not least|(?:it's |it is )?(?:never|not) too late|isn't too late|won't want to miss|(?:n'oubliez|n'hésitez|ne manquez|ne ratez|ne tardez|ne vous inquiétez|n'attendez)(?: surtout)? (?:pas|plus)|(?:à )?ne pas (?:manquer|rater|oublier|hésiter|tarder)|pourquoi pas|(?:non|pas) seulement|(?:vous )?ne (?:pouvez|pourrez) pas (?:y être|venir|assister|participer)|(?:il )?n'est (?:jamais|pas) trop tard|plus que jamais|(?:we're|you're|they're) not alone|n'est-ce pas)\b";

const ENGLISH: &str = r"\b(?:not|never|cannot|(?:is|are|was|were|do|does|did|has|have|had|will|wo|would|could|should|must|ca|ai)n't|(?:can|won|don|doesn|isn|aren)t|no longer|neither|nor)\b";

const FRENCH: &str =
    r"\b(?:ne |n')(?:[^.!?\n]{0,40}? )?(?:pas|plus|jamais|rien|aucune?|personne|nullement|point)\b";

/// Words that may say the same as a negation.
const WEAK: &str = r"\b(?:no|none|nobody|nothing|without|sans|aucune?|jamais|pas|unable|fail(?:s|ed)?|lack(?:s|ed)?|optional|facultati[a-z]+|closed|fermée?s?|cancell?ed|annulée?s?|ended|terminée?s?|finie?s?|stop(?:s|ped)?|cess[a-zé]+|impossible|unavailable|indisponibles?|avoid|évite[a-z]*|instead|rather|plutôt|exclud[a-z]+|exclu[a-z]*|sauf|except|only|seulement|seuls?|uniquement|interdit[a-z]*|refus[a-zé]+|un(?:safe|changed|likely|related|available|necessary|known|clear|proven|tested)|in(?:suffisant[a-z]*|utile[a-z]*|existant[a-z]*)|hardly|barely|loin|far from)\b";

/// Patterns of negation.
pub(super) struct Negation {
    idioms: Regex,
    strong: [Regex; 2],
    weak: Regex,
}

/// A sentence: where, and the words in it that carry a topic.
struct Sentence {
    range: Range<usize>,
    stems: Vec<Stem>,
}

/// Its patterns know no office: they are compiled once.
static NEGATION: LazyLock<Result<Negation, String>> = LazyLock::new(Negation::compile);

impl Negation {
    /// The one set of patterns.
    pub(super) fn shared() -> Result<&'static Self, String> {
        NEGATION.as_ref().map_err(Clone::clone)
    }

    fn compile() -> Result<Self, String> {
        Ok(Self {
            idioms: pattern::exact_case(IDIOMS)?,
            strong: [pattern::exact_case(ENGLISH)?, pattern::exact_case(FRENCH)?],
            weak: pattern::exact_case(WEAK)?,
        })
    }

    /// How many negations a text in lower case has.
    pub(super) fn count(&self, lower: &str) -> usize {
        let bare = self.bare(lower);
        self.strong.iter().map(|pattern| pattern.find_iter(&bare).count()).sum()
    }

    /// Whether one of two texts in the same language denies what the other states in much the same words.
    pub(super) fn differs(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.bare(one), self.bare(other));
        self.denies(&one, &other) || self.denies(&other, &one)
    }

    /// Whether one of two texts in two languages denies something and the other, about as long, nothing at all.
    pub(super) fn differs_across(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.bare(one), self.bare(other));
        let words = |text: &str| text.split_whitespace().count();
        let (few, many) = (words(&one).min(words(&other)), words(&one).max(words(&other)));
        let lone = |denying: &str, stating: &str| {
            self.is_strong(denying) && !self.is_strong(stating) && !self.weak.is_match(stating)
        };
        ratio(few, many) >= 0.5 && (lone(&one, &other) || lone(&other, &one))
    }

    fn denies(&self, denying: &str, stating: &str) -> bool {
        if !self.is_strong(denying) {
            return false;
        }
        let candidates = sentences(stating);
        sentences(denying).iter().any(|sentence| {
            let words = denying.get(sentence.range.clone()).unwrap_or_default();
            let known: Vec<Stem> =
                sentence.stems.iter().filter(|stem| !is_negation(&stem.word)).cloned().collect();
            if known.len() < 2 || !self.is_strong(words) {
                return false;
            }
            let closest = candidates
                .iter()
                .max_by(|a, b| shared(&known, &a.stems).total_cmp(&shared(&known, &b.stems)));
            closest.is_some_and(|closest| {
                let statement = stating.get(closest.range.clone()).unwrap_or_default();
                shared(&known, &closest.stems) >= 0.6
                    && !self.is_strong(statement)
                    && !self.weak.is_match(statement)
            })
        })
    }

    fn is_strong(&self, bare: &str) -> bool {
        self.strong.iter().any(|pattern| pattern.is_match(bare))
    }

    /// The text without idioms.
    fn bare(&self, lower: &str) -> String {
        self.idioms.replace_all(lower, " ").into_owned()
    }
}

fn is_negation(word: &str) -> bool {
    [
        "never", "cannot", "longer", "ne", "n", "pas", "plus", "jamais", "neither", "nor", "t", "do", "does",
        "doesn",
    ]
    .contains(&word)
}

fn sentences(lower: &str) -> Vec<Sentence> {
    let mut out: Vec<(usize, Sentence)> = Vec::new();
    for stem in stems(lower) {
        match out.last_mut().filter(|(number, _)| *number == stem.sentence) {
            Some((_, sentence)) => {
                sentence.range.end = stem.range.end;
                sentence.stems.push(stem);
            }
            None => {
                out.push((stem.sentence, Sentence { range: stem.range.clone(), stems: vec![stem] }));
            }
        }
    }
    let starts: Vec<usize> = out.iter().map(|(_, sentence)| sentence.range.start).collect();
    let mut end = 0;
    for (at, (_, sentence)) in out.iter_mut().enumerate() {
        // A negation may stand before the first word that carries a topic, or after the last.
        let next = starts.get(at + 1).copied().unwrap_or(lower.len());
        let gap = lower.get(sentence.range.end..next).unwrap_or_default();
        let stop = gap.find(['.', '!', '?', '\n', ';']).map_or(next, |stop| sentence.range.end + stop);
        sentence.range = end..stop;
        end = stop;
    }
    out.into_iter().map(|(_, sentence)| sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_denies_and_the_other_states_differs() {
        let negation = Negation::compile().unwrap();
        for (one, other) in [
            ("the clinic is not open on monday.", "the clinic is open on monday!"),
            ("join us. parking isn't available at the door.", "parking is available at the door. join us."),
            ("cette appli ne remplace pas le médecin.", "cette appli remplace le médecin."),
        ] {
            assert!(negation.differs(one, other), "{one} / {other}");
        }
        for (one, other) in [
            ("the app does not replace your doctor.", "l'appli remplace votre médecin."),
            ("registration is open to everyone.", "l'inscription n'est plus ouverte à tous."),
        ] {
            assert!(negation.differs_across(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn the_same_in_other_words_does_not() {
        let negation = Negation::compile().unwrap();
        for (one, other) in [
            ("registration is not required.", "no registration required."),
            ("don't miss our forum on monday.", "our forum is on monday."),
            ("the clinic is not open on monday.", "the clinic is closed on monday."),
            ("can't make it? the talk is recorded.", "the talk is recorded."),
        ] {
            assert!(!negation.differs(one, other), "{one} / {other}");
        }
        for (one, other) in [
            ("the app does not replace your doctor.", "l'appli ne remplace pas votre médecin."),
            ("feel free to write to us.", "n'hésitez pas à nous écrire."),
            ("we never share your data.", "vos données ne sont jamais partagées."),
            ("we no longer take names.", "nous ne prenons plus d'inscriptions."),
            ("there is no fee.", "c'est gratuit pour tout le monde."),
        ] {
            assert!(!negation.differs_across(one, other), "{one} / {other}");
        }
    }
}
