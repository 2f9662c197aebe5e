//! Whether a text says when somebody who lives was born. It knows neither who lives nor what day it is: it weighs the year
//! and the words around the date.

mod words;

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use super::{
    dates::{Date, Dates},
    names::{Names, Sureness},
};
use crate::{
    Check, Evidence, Example, Field, Hit, Office, Reading, Validation, Wake, lexicon::Lexicon, mask,
    rule::rule,
};

rule!(
    Dob, "CC1b.dob", version 1, "CC1b", Block, waiver: Never, reads: [Bio],
    what: "Finds full dates of birth of people who may be alive: a date beside \"DOB\", \"date of birth\", \"born on\", \"née le\" \
           and the like. Births of offices and projects, ranges for a study, people of the past and dates that say who may \
           take part are left alone.",
    why: "The policy forbids giving out personal details; with a name and a date of birth, records open.",
    instead: "Give an age group, or nothing.",
    fires: [
        Example::of("Tom Ray's date of birth is 1971-10-16, so he cannot take part."),
        Example::of("DOB: 17-Sep-1959"),
        Example::of("Our new nurse Ines Roy (b. 2 Nov 1990) speaks four languages."),
        Example::of("Née le 4 mars 1988 à Gaspé, Julie Roy vit avec l'asthme."),
        Example::of("Date de naissance du participant : 12/05/1949"),
        Example::of("She was born in Kamloops on July 4th, 1962."),
    ],
    quiet: [
        Example::of("Our office was born on 3 May 1998 over coffee."),
        Example::of("Adults born between 1 January 1950 and 31 December 1960 can join."),
        Example::of("Florence Nightingale, born 12 May 1820, loved statistics."),
        Example::of("Register by March 22, 2026 with your date of birth."),
        Example::of("On this day: Frances Kelsey was born on July 24, 1914."),
        Example::of("Enter your date of birth as YYYY-MM-DD, for example 1990-01-31."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words that announce a date of birth.
    words: Vec<String>,
    /// More things that are born without being people.
    things: Vec<String>,
}

struct Prepared {
    dates: Dates,
    names: Names,
    labels: Lexicon,
    births: Lexicon,
    things: Lexicon,
    persons: Lexicon,
    crowds: Lexicon,
    past: Lexicon,
    ranges: Regex,
    samples: Regex,
}

fn prepare(params: &Params, _office: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        dates: Dates::of()?,
        names: Names::of()?,
        labels: Lexicon::listed(words::LABELS, &params.words)?,
        births: Lexicon::listed(words::BIRTHS, &[])?,
        things: Lexicon::listed(words::THINGS, &params.things)?,
        persons: Lexicon::listed(words::PERSONS, &[])?,
        crowds: Lexicon::listed(words::CROWDS, &[])?,
        past: Lexicon::listed(words::PAST, &[])?,
        ranges: crate::pattern::any_case(words::RANGES)?,
        samples: crate::pattern::any_case(words::SAMPLES)?,
    }))
}

/// The first year in which somebody who lives may be born.
const EARLIEST: u32 = 1921;
/// The last year whose "birthday" is a birth and not a party.
const LAST_BIRTHDAY: u32 = 2012;
/// From this year on "born" needs a person that is certain: projects are young.
const YOUNG: u32 = 2000;
/// From this year on a date may as well be a deadline: its label must stand right before it.
const RECENT: u32 = 2024;
/// How far from its word a date may stand, in bytes.
const REACH: usize = 90;

/// A word that speaks of a birth.
struct Cue {
    range: Range<usize>,
    /// A label such as `DOB` says it all; `born` does not say who.
    label: bool,
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(self.labels.words().chain(self.births.words()).collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        reading.of_kinds(&super::WORDS).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let dates = self.dates.find(field.shadow.folded());
        if dates.is_empty() {
            return Vec::new();
        }
        let label = self.labels.find(field).map(|entry| Cue { range: entry.range, label: true });
        let birth = self.births.find(field).map(|entry| Cue { range: entry.range, label: false });
        let cues: Vec<Cue> = label.chain(birth).collect();
        let past = self.past.is_in(field.lower());
        let hits = dates.iter().filter_map(|date| {
            let cue = nearest(field.lower(), date, &dates, &cues)?;
            self.tells(field, date, cue, past).then(|| hit(field, date, cue))
        });
        hits.collect()
    }

    /// Whether a date beside a word tells a living person's birth; `past`: whether the text speaks of the past.
    fn tells(&self, field: &Field<'_>, date: &Date, cue: &Cue, past: bool) -> bool {
        let lower = field.lower();
        let sentence = field.shadow.sentence_around(&date.range);
        let start = sentence.start.min(cue.range.start);
        let before = lower.get(start..date.range.start).unwrap_or_default();
        let whole = lower.get(start..sentence.end.max(cue.range.end)).unwrap_or_default();
        if !(EARLIEST..=2030).contains(&date.year) || (date.bare && !cue.label) {
            return false;
        }
        let between = lower.get(cue.range.end..date.range.start).unwrap_or_default();
        if self.samples.is_match(before) || self.ranges.is_match(between) || self.is_lifetime(field, date) {
            return false;
        }
        let head = lower.get(start..cue.range.start).unwrap_or_default();
        if !cue.label && past {
            return false;
        }
        let word = lower.get(cue.range.clone()).unwrap_or_default();
        if cue.label && (head.ends_with("your ") || head.ends_with("votre ")) {
            return false;
        }
        let birthday = word.contains("birthday") || word.contains("anniversaire");
        if birthday && date.year > LAST_BIRTHDAY {
            return false;
        }
        let person = self.person(field, &(start..sentence.end.max(cue.range.end)));
        let thing = self.things.find_in(head).last().map(|entry| start + entry.range.start);
        let nearest_person = person.iter().filter(|(at, _)| *at < cue.range.start).map(|(at, _)| *at).max();
        let is_thing = thing.is_some_and(|thing| nearest_person.is_none_or(|person| person < thing));
        let crowd = self.crowds.find_in(head).last().map(|entry| start + entry.range.start);
        let is_crowd = crowd.is_some_and(|crowd| {
            cue.range.start.saturating_sub(crowd) < 40 && nearest_person.is_none_or(|person| person < crowd)
        });
        if is_crowd && !cue.label {
            return false;
        }
        if cue.label {
            let shown = whole.contains("yyyy") || whole.contains("aaaa");
            return !(shown || (is_thing && word.starts_with('b')));
        }
        let sure = person.iter().any(|(_, sureness)| *sureness >= Sureness::Known);
        !is_thing && !person.is_empty() && (sure || date.year < YOUNG)
    }

    /// Where people are spoken of: names, pronouns, kin.
    fn person(&self, field: &Field<'_>, range: &Range<usize>) -> Vec<(usize, Sureness)> {
        let text = field.shadow.part(range);
        let lower = field.lower().get(range.clone()).unwrap_or_default();
        let named = self
            .names
            .people(text)
            .into_iter()
            .map(|person| (range.start + person.range.start, person.sureness));
        let spoken =
            self.persons.find_in(lower).map(|entry| (range.start + entry.range.start, Sureness::Titled));
        let given = self.names.given(text).map(|at| (range.start + at, Sureness::Known));
        named.chain(spoken).chain(given).collect()
    }

    /// Whether the date is the first of two between which somebody lived.
    fn is_lifetime(&self, field: &Field<'_>, date: &Date) -> bool {
        let after = field.lower().get(date.range.end..).unwrap_or_default();
        let near =
            after.char_indices().nth(REACH).map_or(after, |(end, _)| after.get(..end).unwrap_or(after));
        let rest = near.trim_start();
        let died = ["- ", "-", "to ", "; died", ", died", "; d. ", ", d. ", "; décédé", ", décédé", ", mort"];
        died.iter().any(|word| {
            rest.strip_prefix(word).is_some_and(|tail| {
                !word.starts_with(['-', 't'])
                    || self.dates.find(tail).first().is_some_and(|next| next.range.start == 0)
            })
        })
    }
}

/// The word of birth that a date belongs to: the nearest with no other date between them.
fn nearest<'c>(lower: &str, date: &Date, dates: &[Date], cues: &'c [Cue]) -> Option<&'c Cue> {
    let distance = |cue: &Cue| {
        let (from, to, penalty) = if cue.range.end <= date.range.start {
            (cue.range.end, date.range.start, 0)
        } else {
            (date.range.end, cue.range.start, 15)
        };
        // First of all: a long text has many dates and many such words, nearly all of them far apart.
        let gap = lower.get(from..to).filter(|gap| gap.len() <= REACH)?;
        let crowded = dates.iter().any(|other| other.range.start >= from && other.range.end <= to);
        let ends = gap.contains(['!', '?', '\n']) || gap.contains(". ");
        let worded = gap.contains(char::is_alphabetic);
        // A label behind a date stands right behind it: "1962-07-04 (DOB)", "is her date of birth".
        let words = gap.split_whitespace().count();
        let most = match (penalty, date.year) {
            (0, ..RECENT) => 8,
            _ => 3,
        };
        let apart = penalty > 0 && (gap.contains(';') || gap.contains("with"));
        let strays = cue.label && (words > most || apart);
        let joined = !(crowded || strays || (ends && worded));
        joined.then_some(gap.len() + penalty)
    };
    cues.iter()
        .filter_map(|cue| Some((distance(cue)?, cue)))
        .min_by_key(|(near, _)| *near)
        .map(|(_, cue)| cue)
}

fn hit(field: &Field<'_>, date: &Date, cue: &Cue) -> Hit {
    let word = field.shadow.part(&cue.range).trim_start_matches(['(', ' ', ',']);
    Hit::at(field, &date.range, format!("A date of birth next to \"{word}\"."))
        .showing(mask::address(field.shadow.part(&date.range)))
        .suggesting("Give an age group, or leave it out; nobody may make an exception here.")
        .because(Evidence::of("a full date", Validation::Passed).near(word))
        .fixed_by("Take the date out", "[date removed]")
}
