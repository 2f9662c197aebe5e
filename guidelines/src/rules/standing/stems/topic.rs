//! A topic of a plan, and where a text touches it. It does not know whether it may be told.

use std::ops::Range;

use super::{Stem, concepts, is_empty_word, plain, words};
use crate::{Field, FieldKind, ProtectedKind, Shadow};

/// Words beside a common word that make it somebody else's, before it or after it.
const ELSEWHERE: &str = " your their his her federal provincial municipal city national family household personal \
                         grocery food home weekly monthly tight small low shoestring carbon time calorie votre vos \
                         leur leurs familial familiale federale serre petit public publique ";

/// Words after a hyphen or blank that make a common word another one.
const COMPOUND: &str = " friendly conscious minded wise ";

/// A topic.
#[derive(Clone, Debug)]
pub(in super::super) struct Topic {
    stems: Vec<String>,
    joined: String,
    /// One ordinary word, such as "budget", which is often said of something else.
    common: bool,
}

/// How sure it is that a text touches a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Sureness {
    /// Its own words.
    Exact,
    /// Words that come close to them.
    Close,
}

impl Topic {
    /// A topic as a plan words it; absent where it has no words.
    pub(in super::super) fn of(topic: &str) -> Option<Self> {
        let shadow = Shadow::of(topic.trim());
        let lower = shadow.lower();
        let all: Vec<Stem> = words(&lower).collect();
        let telling: Vec<&Stem> = all.iter().filter(|word| !is_empty_word(&word.word)).collect();
        let kept: Vec<&Stem> = if telling.is_empty() { all.iter().collect() } else { telling };
        let one = kept.first()?;
        let ordinary = kept.len() == 1
            && !one.word.chars().any(|c| c.is_ascii_digit())
            && !shadow.part(&one.range).chars().any(char::is_uppercase);
        Some(Self {
            stems: kept.iter().map(|word| word.root.clone()).collect(),
            joined: kept.iter().map(|word| word.word.as_str()).collect(),
            common: ordinary,
        })
    }

    /// Its stems.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().map(String::as_str)
    }

    /// Its words as one, where they may be written so.
    pub(super) fn joined(&self) -> Option<&str> {
        let written = !self.common && self.joined.chars().count() > 5;
        written.then_some(self.joined.as_str())
    }

    /// Whether it is one ordinary word.
    pub(in super::super) const fn is_common(&self) -> bool {
        self.common
    }

    /// Whether two topics are the same, or one is part of the other.
    pub(in super::super) fn matches(&self, other: &Self) -> bool {
        let within = |few: &Self, many: &Self| few.stems.iter().all(|stem| many.stems.contains(stem));
        within(self, other) || within(other, self) || self.joined == other.joined
    }

    /// Whether two topics are the same.
    pub(in super::super) fn is(&self, other: &Self) -> bool {
        self.joined == other.joined
            || (self.stems.len() == other.stems.len() && self.stems.iter().all(|s| other.stems.contains(s)))
    }

    /// Where a field touches it; `found` are the field's [`stems`].
    pub(in super::super) fn find(
        &self,
        field: &Field<'_>,
        found: &[Stem],
    ) -> Option<(Range<usize>, Sureness)> {
        let exact = self.window(field, found, |one, other| one == other).map(|at| (at, Sureness::Exact));
        let joined = || self.joined_in(field, found).map(|at| (at, Sureness::Exact));
        let close = || {
            let near = |one: &str, other: &str| one == other || concepts::are_close(one, other);
            let several = self.stems.len() > 1;
            several.then(|| self.window(field, found, near)).flatten().map(|at| (at, Sureness::Close))
        };
        exact.or_else(joined).or_else(close)
    }

    /// All its stems close together in one sentence.
    fn window(
        &self,
        field: &Field<'_>,
        found: &[Stem],
        same: impl Fn(&str, &str) -> bool,
    ) -> Option<Range<usize>> {
        let size = if self.stems.len() < 2 { 1 } else { self.stems.len() + 2 };
        found.iter().enumerate().find_map(|(at, first)| {
            if !self.stems.iter().any(|stem| same(stem, &first.root)) {
                return None;
            }
            let near: Vec<&Stem> =
                found.iter().skip(at).take(size).take_while(|word| word.sentence == first.sentence).collect();
            let mut end = first.range.end;
            for stem in &self.stems {
                let (place, word) = near.iter().enumerate().find(|(_, word)| same(stem, &word.root))?;
                let before = place.checked_sub(1).and_then(|before| near.get(before));
                let beside = before.is_none_or(|one| self.stems.iter().any(|stem| same(stem, &one.root)));
                if !beside && begins_phrase(field, word) {
                    return None;
                }
                end = end.max(word.range.end);
            }
            let stands =
                !self.common || (is_same_word(&self.joined, &first.word) && !is_elsewhere(field, first));
            stands.then_some(first.range.start..end)
        })
    }

    /// Its words written as one: in a tag, an address, or a name that others write in two words.
    fn joined_in(&self, field: &Field<'_>, found: &[Stem]) -> Option<Range<usize>> {
        let joined = self.joined()?;
        let tagged = field.protected().iter().find(|part| {
            // Letters without accents are not more bytes than those with.
            part.kind != ProtectedKind::Mention
                && part.range.len() >= joined.len()
                && squeezed(field.lower().get(part.range.clone()).unwrap_or_default()).contains(joined)
        });
        if let Some(part) = tagged {
            return Some(part.range.clone());
        }
        if field.kind == FieldKind::Link {
            return squeezed(field.lower()).contains(joined).then_some(0..field.lower().len());
        }
        found.windows(2).find_map(|pair| match pair {
            [one, two] if joined.strip_prefix(one.word.as_str()) == Some(two.word.as_str()) => {
                Some(one.range.start..two.range.end)
            }
            _ => None,
        })
    }
}

/// Whether a word begins a phrase of its own, apart from what stands before it: "gave a performance", "told her name".
fn begins_phrase(field: &Field<'_>, word: &Stem) -> bool {
    const FIRST: [&str; 12] =
        ["a", "an", "my", "his", "her", "their", "your", "un", "une", "son", "mon", "votre"];
    let before = field.lower().get(..word.range.start).unwrap_or_default();
    let previous = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
    before.ends_with(' ') && previous.is_some_and(|previous| FIRST.contains(&previous))
}

/// Letters and digits of words in lower case, without accents.
pub(super) fn squeezed(lower: &str) -> String {
    plain(lower).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A common word and its plural, nothing derived from it.
fn is_same_word(topic: &str, word: &str) -> bool {
    let bare = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    bare(topic) == bare(word) || super::stem(topic) != super::stem(&bare(topic)) || !word.starts_with(topic)
}

/// Whether a common word is said of something else: "your budget", "budget-friendly", "on a budget".
fn is_elsewhere(field: &Field<'_>, word: &Stem) -> bool {
    let lower = field.lower();
    let before = lower.get(..word.range.start).unwrap_or_default();
    let after = lower.get(word.range.end..).unwrap_or_default();
    let is_in =
        |list: &str, word: &str| !word.is_empty() && list.contains(&[" ", &plain(word), " "].concat());
    let next = after.trim_start_matches([' ', '-']).split(|c: char| !c.is_alphanumeric()).next();
    let previous = before.trim_end_matches([' ', '-']).rsplit(|c: char| !c.is_alphanumeric()).next();
    let next = next.unwrap_or_default();
    let glued = after.starts_with('-') && next.starts_with(char::is_alphabetic);
    let in_address = field.protection(&word.range).is_some_and(|part| part.kind == ProtectedKind::Url);
    let idiom = ["on a ", "on any ", "every ", "sur un ", "avec un petit "]
        .iter()
        .any(|words| before.ends_with(words));
    (!in_address && (glued || before.ends_with('-')))
        || is_in(COMPOUND, next)
        || is_in(ELSEWHERE, next)
        || is_in(ELSEWHERE, previous.unwrap_or_default())
        || idiom
}

#[cfg(test)]
mod tests {
    use super::{super::stems, *};
    use crate::{Reading, Submission};

    fn touches(topic: &str, text: &str) -> Option<Sureness> {
        let submission = Submission::of_text(text);
        let reading = Reading::of(&submission);
        let field = reading.text()?;
        Topic::of(topic)?.find(field, &stems(field.lower())).map(|(_, sure)| sure)
    }

    #[test]
    fn topics_are_found_in_other_words() {
        for (topic, text) in [
            ("interim results", "The results of our interim analysis are good"),
            ("interim results", "Voici nos résultats intermédiaires"),
            ("site performance", "Which of our sites performed best?"),
            ("vendor name", "The name of our vendor is out"),
            ("site performance", "A look at performance across our three sites"),
            ("site performance", "How a site performs depends on its nurses"),
            ("interim results", "Our interim trial results are a surprise"),
            ("ward layout", "We have a layout of the ward"),
            ("CardioBeam", "We chose Cardio Beam today"),
            ("CardioBeam", "Meet the new #cardiobeamtrial"),
            ("interim results", "Look: #InterimResults"),
            ("budget", "Our budgets doubled"),
            ("interim results", "See https://example.org/interim-results.pdf"),
        ] {
            assert_eq!(touches(topic, text), Some(Sureness::Exact), "{topic}: {text}");
        }
        assert_eq!(touches("interim results", "Preliminary findings look good"), Some(Sureness::Close));
    }

    #[test]
    fn other_matters_are_left_alone() {
        for (topic, text) in [
            ("interim results", "Our interim director retires. Results of the vote are out."),
            ("site performance", "At the gala each site gave a performance of its own"),
            ("vendor name", "A vendor at the farmers' market asked my name"),
            ("vendor name", "Le fournisseur du café connaît votre nom"),
            ("site performance", "Visit our web site for tickets to tonight's dance performance"),
            ("budget", "Five dinners on a budget"),
            ("budget", "Budget-friendly meals"),
            ("budget", "What the federal budget means for nurses"),
            ("budget", "Plan votre budget familial"),
            ("site", "Our website is new"),
        ] {
            assert_eq!(touches(topic, text), None, "{topic}: {text}");
        }
    }
}
