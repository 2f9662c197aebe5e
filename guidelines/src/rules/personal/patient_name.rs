//! Whether a text names a person and says what they are ill with or where they are cared for. It does not know who has
//! agreed to that, beyond the office's list: words of consent in the text speak for themselves.

mod words;

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use super::names::{Names, Person, Sureness};
use crate::{
    Check, Evidence, Example, Field, FieldKind, Hit, Office, Reading, Validation, Wake, Weight,
    lexicon::Lexicon, pattern, rule::rule,
};

rule!(
    PatientName, "CC1b.patient-name", version 1, "CC1b", Block,
    what: "Finds people who are named as patients: a name tied to a condition, a ward or care, as in \"Mr. Roy's COPD\", \"was \
           diagnosed with\" or \"get well soon\". People who share their own story, professionals, awards and people on the \
           office's list of consent are left alone.",
    why: "Cases are told anonymously; that somebody is ill is theirs to tell.",
    instead: "Leave the name out, or say that the person agreed and list the consent in the handbook.",
    fires: [
        Example::of("Speedy recovery to Ines Roy, who had her hip replaced on 5 West."),
        Example::of("Mr. Tran's COPD is under control since he uses our app."),
        Example::of("Tom Ray was diagnosed with leukemia in May."),
        Example::of("Mme Gagnon, hospitalisée pour une pneumonie, adore la tablette."),
        Example::of("Our patient Lena Fox is on dialysis three times a week."),
        Example::of("Omar Diaz (MRN 4410927) is home after his stroke."),
    ],
    quiet: [
        Example::of("Ines Roy, who lives with lupus, shares her story with permission."),
        Example::of("Dr. Tran treats diabetes on ward 5."),
        Example::of("Welcome Tom Ray, new manager of the stroke registry!"),
        Example::of("The Terry Fox Run funds cancer research."),
        Example::of("Patient advocate Lena Fox speaks about HIV stigma."),
        Example::of("Diabetes and heart disease are common in British Columbia."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More names of conditions.
    conditions: Vec<String>,
    /// More words that say that somebody agreed to be named.
    consent_words: Vec<String>,
}

struct Prepared {
    consented: Vec<String>,
    names: Names,
    conditions: Lexicon,
    care: Lexicon,
    consent: Lexicon,
    work: Lexicon,
    wishes: Regex,
    suffers: Regex,
    owns: Regex,
    patient: Regex,
    treats: Regex,
    named_after: Regex,
    records: Regex,
    wards: Regex,
    post: Regex,
    subject: Regex,
    speaks: Regex,
    quoted: Regex,
    about: Regex,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        consented: office.consented().to_vec(),
        names: Names::of()?,
        conditions: Lexicon::listed(words::CONDITIONS, &params.conditions)?,
        care: Lexicon::listed(words::CARE, &[])?,
        consent: Lexicon::listed(words::CONSENT, &params.consent_words)?,
        work: Lexicon::listed(words::WORK, &[])?,
        wishes: pattern::any_case(words::WISHES)?,
        suffers: pattern::any_case(words::SUFFERS)?,
        owns: pattern::any_case(words::OWNS)?,
        patient: pattern::any_case(words::PATIENT)?,
        treats: pattern::any_case(words::TREATS)?,
        named_after: pattern::exact_case(words::NAMED_AFTER)?,
        records: pattern::any_case(words::RECORDS)?,
        wards: pattern::any_case(words::WARDS)?,
        post: pattern::any_case(words::POST)?,
        speaks: pattern::any_case(words::SPEAKS)?,
        quoted: pattern::any_case(words::QUOTED)?,
        subject: pattern::any_case(words::SUBJECT)?,
        about: pattern::any_case(words::ABOUT)?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        let open = ["ward", "unit ", "room ", "bed ", "chambre", "lit ", "unité", " east", " west"]
            .map(str::to_owned);
        Wake::Words(self.conditions.words().chain(self.care.words()).chain(open).collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        reading
            .of_kinds(&[FieldKind::Text, FieldKind::AltText, FieldKind::Captions])
            .flat_map(|field| self.field(field))
            .collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let people = self.names.people(field.shadow.folded());
        let hits = people.iter().filter(|person| !person.at_work).filter_map(|person| {
            let tie = self.tie(field, person)?;
            let name = field.shadow.part(&person.range);
            let weight =
                if person.sureness == Sureness::Shaped && tie.loose { Weight::Unsure } else { Weight::Sure };
            let initials: String = name.chars().map(|c| if c.is_alphabetic() { '•' } else { c }).collect();
            let message =
                format!("A named person next to \"{}\"; is this a patient who agreed to it?", tie.word);
            Some(
                Hit::at(field, &person.range, message)
                    .weighing(weight)
                    .showing(initials)
                    .suggesting("Leave the name out, or list the person's consent in the handbook.")
                    .because(
                        Evidence::of("a name and a word of illness or care", Validation::NotApplicable)
                            .near(tie.word),
                    ),
            )
        });
        hits.collect()
    }

    /// What ties a person to an illness or to care, if anything does.
    fn tie(&self, field: &Field<'_>, person: &Person) -> Option<Tie> {
        let lower = field.lower();
        if protected(field, &person.range) || self.agreed(lower.get(person.range.clone())?) {
            return None;
        }
        let (start, end) = surroundings(field, &person.range);
        let part = |range: Range<usize>| lower.get(range).unwrap_or_default();
        let (before, after) = (part(start..person.range.start), part(person.range.end..end));
        let whole = part(start..end);
        let raw = field.shadow.folded().get(person.range.end..).unwrap_or_default();
        if self.consent.is_in(whole)
            || self.named_after.is_match(raw)
            || self.post.is_match(after)
            || self.speaks.is_match(after)
            || self.quoted.is_match(before)
        {
            return None;
        }
        let sentence = field.shadow.sentence_around(&person.range);
        let tail = part(person.range.end..sentence.end);
        let lead = part(sentence.start.max(start)..person.range.start);
        let tied = |word: Option<String>| word.map(|word| Tie { word, loose: false });
        if self.wishes.is_match(before) || self.records.is_match(after) {
            return tied(self.word(whole));
        }
        let here = self.word(part(sentence.start.max(start)..sentence.end))?;
        if self.treats.is_match(lead) && !self.works(tail) {
            return tied(Some(here));
        }
        if self.works(lead) || self.works(tail) {
            return None;
        }
        let ill = self.owns.is_match(tail) && self.owned(tail) || self.suffers(tail);
        if ill || self.patient.is_match(lead) {
            return tied(Some(here));
        }
        let own = part(sentence.start.max(start)..sentence.end);
        let titled = person.sureness == Sureness::Titled;
        let close = self.condition(own).is_some() || self.wards.is_match(own);
        (titled && close).then_some(Tie { word: here, loose: true })
    }

    /// A word of illness or care in a text.
    fn word(&self, text: &str) -> Option<String> {
        let found = self.condition(text).or_else(|| self.care.find_in(text).next().map(|entry| entry.range));
        let found = found.or_else(|| self.wards.find(text).map(|ward| ward.range()));
        found.and_then(|range| text.get(range)).map(str::to_owned)
    }

    /// An illness in a text that is not only a subject: no "cancer registry", no "study of stroke".
    fn condition(&self, text: &str) -> Option<Range<usize>> {
        self.conditions.find_in(text).map(|entry| entry.range).find(|range| {
            !self.subject.is_match(text.get(range.end..).unwrap_or_default())
                && !self.about.is_match(text.get(..range.start).unwrap_or_default())
        })
    }

    /// Whether what follows a name says that the person is ill or cared for. Small verbs need the illness close by.
    fn suffers(&self, tail: &str) -> bool {
        let Some(found) = self.suffers.find(tail) else { return false };
        let verb = found.as_str().rsplit(' ').next().unwrap_or_default();
        let rest = tail.get(found.end()..).unwrap_or_default();
        let near = rest.char_indices().nth(60).map_or(rest, |(at, _)| rest.get(..at).unwrap_or(rest));
        let small = [
            "with",
            "has",
            "have",
            "needs",
            "needed",
            "taking",
            "takes",
            "his",
            "her",
            "their",
            "a",
            "à",
            "est",
            "sous",
            "en",
            "arrived",
            "gets",
            "getting",
            "began",
            "begins",
            "started",
            "starts",
            "starting",
            "finished",
            "completed",
        ];
        !small.contains(&verb) || self.condition(near).is_some() || self.wards.is_match(near)
    }

    /// Whether words say that somebody is at work, on the name's side of the next stop.
    fn works(&self, text: &str) -> bool {
        self.work.is_in(text)
    }

    /// Whether what follows "X's" is an illness: "X's diabetes", not "X's study of diabetes".
    fn owned(&self, after: &str) -> bool {
        let owned = after.trim_start_matches("'s").trim_start();
        let near = owned.char_indices().nth(40).map_or(owned, |(at, _)| owned.get(..at).unwrap_or(owned));
        self.conditions.find_in(owned).next().is_some_and(|entry| {
            near.len() > entry.range.start
                && owned.get(..entry.range.start).is_some_and(|gap| {
                    let words: Vec<&str> = gap.split_whitespace().collect();
                    words.len() <= 3
                        && !words
                            .iter()
                            .any(|word| matches!(*word, "on" | "about" | "for" | "in" | "or" | "and"))
                        && !gap.contains([',', ':', ';'])
                })
        }) && !self.work.is_in(near)
    }

    fn agreed(&self, name: &str) -> bool {
        self.consented
            .iter()
            .any(|person| name == person || name.ends_with(person.as_str()) || person.ends_with(name))
    }
}

/// What ties a name to an illness.
struct Tie {
    word: String,
    /// Whether only a title and the same sentence do.
    loose: bool,
}

/// A sentence with its neighbours on the same line or lines that follow closely.
fn surroundings(field: &Field<'_>, range: &Range<usize>) -> (usize, usize) {
    let text = field.shadow.folded();
    let sentence = field.shadow.sentence_around(range);
    let before = text.get(..sentence.start).unwrap_or_default();
    let paragraph = before.rfind("\n\n").map_or(0, |at| at + 2);
    let earlier = field.shadow.sentence_around(&(sentence.start.saturating_sub(1)..sentence.start));
    let start = earlier.start.max(paragraph).min(sentence.start);
    let after = text.get(sentence.end..).unwrap_or_default();
    let stop = sentence.end + after.find("\n\n").unwrap_or(after.len());
    let from = (sentence.end + 1).min(text.len());
    let later = field.shadow.sentence_around(&(from..from));
    let end = later.end.max(sentence.end).min(stop.max(sentence.end));
    let bound = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    (bound(start.min(range.start)), bound(end.max(range.end)))
}

fn protected(field: &Field<'_>, range: &Range<usize>) -> bool {
    use crate::ProtectedKind::{Mention, Tag, Url};
    field.protection(range).is_some_and(|part| matches!(part.kind, Url | Tag | Mention))
}
