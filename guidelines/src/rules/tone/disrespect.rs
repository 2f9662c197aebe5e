//! Whether a text insults somebody. It does not know who deserves it: criticism without insult is none of its business.

mod subject;
mod vocabulary;

use std::ops::Range;

use serde::Deserialize;

use self::{
    subject::subject,
    vocabulary::{LOOSE, OTHER, PEOPLE, PHRASES, STEMS, STRONG, TAKEN_BACK},
};
use super::context::{self, Words, excerpt, is_address, spoken};
use crate::{Check, Example, Field, Hit, Office, ProtectedKind, Reading, Wake, rule::rule};

rule!(
    Disrespect, "CC4.disrespect", version 1, "CC4", Warn,
    what: "Finds insults, English and French, next to a person, a group, an organization, a mention or a pronoun. Criticism of things, \
           decisions and rules passes, however sharp, and so do texts about insults and stigma.",
    why: "Behave as you would on a public stage: people are there to hear you, and expect respect.",
    instead: "Say what is wrong with the matter, and leave the person out.",
    fires: [
        Example::of("The people who wrote this report are idiots."),
        Example::of("You clowns lost our forms again."),
        Example::of("@minister is a liar"),
        Example::of("Lazy doctors still fax everything."),
        Example::of("Shame on you, transit board!"),
        Example::of("Ces gestionnaires sont des incompétents."),
    ],
    quiet: [
        Example::of("This rule is stupid, and the form is useless: it took our team three days."),
        Example::of("People with obesity are not lazy."),
        Example::of("There are no stupid questions: ask us."),
        Example::of("Therapeutic clowns visit the children's ward."),
        Example::of("We disagree with the ministry's plan for three reasons."),
        Example::of("Being called an idiot hurts: how bullying harms health"),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More insults, which are said of people only.
    insults: Vec<String>,
    /// More groups and organizations.
    people: Vec<String>,
}

struct Prepared {
    strong: Words,
    loose: Words,
    people: Words,
    phrases: Words,
    taken_back: Words,
    other: Words,
    more: Vec<String>,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        strong: Words::with(&[STRONG], &params.insults)?,
        loose: Words::of(LOOSE)?,
        people: Words::with(&[PEOPLE], &params.people)?,
        phrases: Words::of(PHRASES)?,
        taken_back: Words::of(TAKEN_BACK)?,
        other: Words::of(OTHER)?,
        more: context::plain(&params.insults),
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        context::stems(STEMS, &self.more)
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        spoken(reading).filter_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    /// Once a field, at the first insult.
    fn field(&self, field: &Field<'_>) -> Option<Hit> {
        let lower = field.lower();
        let phrase = self.phrases.find_in(lower).find(|range| self.is_meant(lower, range, true));
        let range = phrase
            .or_else(|| {
                self.strong
                    .find_in(lower)
                    .find(|range| self.is_meant(lower, range, false) && self.is_said_of(field, range, 60))
            })
            .or_else(|| {
                self.loose
                    .find_in(lower)
                    .find(|range| self.is_meant(lower, range, false) && self.is_predicate(field, range))
            })?;
        let range = context::trimmed(lower, &range);
        (!is_address(field, &range)).then(|| {
            Hit::at(field, &range, "This insults somebody.")
                .showing(excerpt(field, &range))
                .suggesting("Say what is wrong with the matter, and leave the person out.")
        })
    }

    fn is_meant(&self, lower: &str, range: &Range<usize>, phrase: bool) -> bool {
        let sentence = context::sentence(lower, range);
        let left = lower.get(sentence.start..range.start).unwrap_or_default();
        // A negation counts close by, talk about insults in the whole sentence before.
        let words: Vec<&str> = context::words_before(left, 6).collect();
        let close =
            words.iter().rev().filter(|&&word| word != "so-called").copied().collect::<Vec<_>>().join(" ");
        let denied = self.taken_back.is_in(&close) || words.iter().any(|word| word.ends_with("n't"));
        let other = self.other.find_in(lower).any(|known| known.start < range.end && range.start < known.end);
        (phrase || !denied) && !other && !context::is_quoted(lower, range)
    }

    /// A person, a group or a mention stands near, in the same sentence.
    fn is_said_of(&self, field: &Field<'_>, range: &Range<usize>, reach: usize) -> bool {
        let lower = field.lower();
        let sentence = context::sentence(lower, range);
        let floor =
            |at: usize| (at..=range.start).find(|&at| lower.is_char_boundary(at)).unwrap_or(range.start);
        let ceiling =
            |at: usize| (at..=lower.len()).find(|&at| lower.is_char_boundary(at)).unwrap_or(lower.len());
        let near = floor(sentence.start.max(range.start.saturating_sub(reach)))
            ..ceiling(sentence.end.min(range.end + reach));
        let mentioned = || {
            let mut mentions = field.protected().iter().filter(|part| part.kind == ProtectedKind::Mention);
            mentions.any(|mention| mention.range.start < sentence.end && sentence.start < mention.range.end)
        };
        self.people.is_in(context::part(lower, &near))
            || (lower.contains('@') && mentioned())
            || is_name(field, &(sentence.start..range.start), true)
    }

    /// "they are useless", "lazy doctors", "you pathetic …": a loose word said of people, not of a thing.
    fn is_predicate(&self, field: &Field<'_>, range: &Range<usize>) -> bool {
        let lower = field.lower();
        let next = context::next_word(context::after(lower, range));
        let before_people = !next.is_empty()
            && self.people.is_in(next)
            && !matches!(
                next,
                "you"
                    | "your"
                    | "they"
                    | "their"
                    | "he"
                    | "she"
                    | "who"
                    | "il"
                    | "elle"
                    | "ils"
                    | "these"
                    | "those"
                    | "team"
                    | "office"
                    | "his"
                    | "her"
            );
        let sentence = context::sentence(lower, range);
        let left = lower.get(sentence.start..range.start).unwrap_or_default();
        before_people || subject(left).is_some_and(|subject| self.is_person(field, sentence.start, subject))
    }

    fn is_person(&self, field: &Field<'_>, from: usize, subject: &str) -> bool {
        let subject = subject.trim_end();
        let last = subject
            .rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-' | '@' | '_' | '.')))
            .next()
            .unwrap_or_default();
        // The last three words hold a name and a title.
        let start = subject.rmatch_indices(' ').nth(2).map_or(0, |(at, _)| at);
        last.starts_with('@')
            || (!last.is_empty() && self.people.find_in(last).any(|found| found == (0..last.len())))
            || (subject.contains(" who ") && self.people.is_in(subject))
            || is_name(field, &(from + start..from + subject.len()), false)
    }
}

/// Whether a name stands in a range: two words with capitals, a title, or an acronym where those count.
fn is_name(field: &Field<'_>, range: &Range<usize>, acronyms: bool) -> bool {
    let words = field.shadow.part(range);
    let titled = [
        "Dr",
        "Dr.",
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Minister",
        "Premier",
        "Mayor",
        "Dean",
        "President",
        "Professor",
        "Prof.",
    ];
    let mut capitals =
        words.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'));
    let mut run = 0;
    capitals.any(|word| {
        run = if word.starts_with(char::is_uppercase) && word.chars().count() > 1 { run + 1 } else { 0 };
        let acronym = word.chars().count() > 2 && word.chars().all(char::is_uppercase);
        run > 1 || (acronyms && acronym) || titled.contains(&word)
    })
}
