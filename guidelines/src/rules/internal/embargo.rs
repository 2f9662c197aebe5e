//! Whether something leaves before the instant until which the plan keeps it back.
//! It does not know what the plan keeps back for good: that is another rule's.

use std::ops::Range;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{Check, Example, Field, FieldKind, Hit, Office, Reading, rule::rule, text::Shadow};

rule!(
    Embargo, "GP6b.embargo", version 2, "GP6b", Block, reads: [Time, Plan, Draft],
    what: "Compares the instant at which a post leaves (or now) with the instant until which the plan keeps a topic or an \
           address back, and looks for that topic in the text, the links, the alternative texts and the draft's declared topic. Instants are compared, \
           not days.",
    why: "What is under embargo comes out when everybody's does, not an hour earlier.",
    instead: "Schedule the post for after the embargo, or leave the topic out.",
    fires: [
        Example::of("The sleep study is here!").amid("a plan that keeps the sleep study back for an hour more", examples::an_hour_more),
        Example::of("Our sleep-studies surprise").amid("a plan that keeps the sleep study back for an hour more", examples::an_hour_more),
        Example::of("Guess what: #TheSleepStudy").amid("a plan that keeps the sleep study back for an hour more", examples::an_hour_more),
        Example::of("Read it").linking("https://journal.example.org/sleep/")
            .amid("a plan that keeps the journal's page back for an hour more", examples::an_hour_more),
        Example::of("Big news").picturing("a.png", Some("Chart of the sleep study"))
            .amid("a plan that keeps the sleep study back for an hour more", examples::an_hour_more),
        Example::of("At last we can tell you!").amid("a declared topic that is kept back for an hour more", examples::declared),
    ],
    quiet: [
        Example::of("The sleep study is here!").amid("a plan whose embargo ended an hour ago", examples::over),
        Example::of("Our study of sleepers").amid("a plan that keeps the sleep study back for an hour more", examples::an_hour_more),
        Example::of("The sleep study is here!").amid("a plan, and nobody knows when it leaves", examples::undated),
        Example::of("At last we can tell you!").amid("a declared topic that was kept back until an hour ago", examples::declared_and_over),
        Example::of("The sleep study is here!"),
    ],
);

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {}

struct Prepared;

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(_: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(around) = reading.around() else { return Vec::new() };
        let plan = around.initiative.as_ref().and_then(|initiative| initiative.plan.as_ref());
        let (Some(plan), Some(leaves)) = (plan, around.scheduled_at.or(around.now)) else {
            return Vec::new();
        };
        let held = plan.kept_back.iter().filter_map(|kept| {
            let until = kept.until.filter(|until| leaves < *until)?;
            Some((kept, until))
        });
        let kinds = [FieldKind::Text, FieldKind::Link, FieldKind::AltText, FieldKind::Captions];
        let declared = around.draft.topic.as_deref().unwrap_or_default().to_lowercase();
        held.flat_map(|(kept, until)| {
            let topic = kept.topic.to_lowercase();
            let mut hits: Vec<Hit> =
                reading.of_kinds(&kinds).filter_map(|field| hit(field, &topic, leaves, until)).collect();
            if hits.is_empty() && place(&declared, &topic).is_some() {
                let message = format!("The draft's topic: {}", message(leaves, until));
                hits.push(Hit::whole(reading.submission.text_path, message).suggesting(WAY));
            }
            hits
        })
        .collect()
    }
}

/// What to do instead.
const WAY: &str = "Schedule it for after the embargo, or leave the topic out.";

fn hit(field: &Field<'_>, topic: &str, leaves: DateTime<Utc>, until: DateTime<Utc>) -> Option<Hit> {
    let range = place(field.lower(), topic)?;
    Some(Hit::at(field, &range, message(leaves, until)).suggesting(WAY))
}

fn message(leaves: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!("The plan keeps this back until {}; it would leave {}.", instant(until), instant(leaves))
}

/// Where a topic or an address stands in a text; both are in lower case.
fn place(lower: &str, topic: &str) -> Option<Range<usize>> {
    let address = topic.split_once("://").map_or(topic, |(_, rest)| rest).trim().trim_end_matches('/');
    if topic.contains("://") || (address.contains('.') && address.contains('/') && !address.contains(' ')) {
        let address = address.strip_prefix("www.").unwrap_or(address);
        let at = lower.find(address).filter(|_| !address.is_empty())?;
        return Some(at..at + address.len());
    }
    let wanted: Vec<String> = words(topic).map(|(_, word)| stem(word)).collect();
    let found: Vec<(Range<usize>, String)> =
        words(lower).map(|(at, word)| (at..at + word.len(), stem(word))).collect();
    if wanted.is_empty() {
        return None;
    }
    let spaced = found.windows(wanted.len()).find_map(|window| {
        let same = window.iter().zip(&wanted).all(|((_, word), wanted)| word == wanted);
        let (first, last) = window.first().zip(window.last())?;
        same.then_some(first.0.start..last.0.end)
    });
    // A tag has no blanks. One word alone may stand in another that means something else.
    let joined = wanted.concat();
    let tag = || found.iter().find(|(_, word)| wanted.len() > 1 && word.contains(&joined));
    spaced.or_else(|| tag().map(|(range, _)| range.clone()))
}

/// Words that would be public, as a plan's topics are looked for in them.
#[derive(Debug, Clone)]
pub struct Speech(String);

impl Speech {
    /// Of all words that would be public.
    pub fn of(text: &str) -> Self {
        Self(Shadow::of(text).lower())
    }

    /// Whether they speak of a topic, or give an address, that is kept back: in whatever way it is spaced or joined, in the
    /// singular or the plural, in a tag or within an address.
    pub fn tells(&self, topic: &str) -> bool {
        let topic = Shadow::of(topic).lower();
        let topic = topic.trim();
        !topic.is_empty() && (self.0.contains(topic) || place(&self.0, topic).is_some())
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    const SMALL: [&str; 14] =
        ["of", "the", "a", "an", "our", "de", "la", "le", "les", "des", "du", "l", "notre", "nos"];
    text.unicode_word_indices().filter(|(_, word)| !SMALL.contains(word))
}

/// Without the ending of a plural.
fn stem(word: &str) -> String {
    if word.len() < 4 {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    word.strip_suffix("'s").or_else(|| word.strip_suffix('s')).unwrap_or(word).to_owned()
}

/// Surroundings of the examples.
mod examples {
    use chrono::{DateTime, TimeDelta, Utc};

    use crate::{DraftView, InitiativeView, KeptBack, PlanView, Surroundings};

    fn with(leaves: Option<DateTime<Utc>>, more: TimeDelta) -> Surroundings {
        let until = leaves.unwrap_or(DateTime::UNIX_EPOCH).checked_add_signed(more);
        let kept = |topic: &str| KeptBack { topic: topic.to_owned(), until };
        let kept_back = vec![kept("sleep study"), kept("https://journal.example.org/sleep")];
        let plan = PlanView { approved: true, kept_back, ..PlanView::default() };
        let initiative = InitiativeView { plan: Some(plan), ..InitiativeView::default() };
        Surroundings { scheduled_at: leaves, initiative: Some(initiative), ..Surroundings::default() }
    }

    pub(super) fn an_hour_more() -> Surroundings {
        with(Some(DateTime::UNIX_EPOCH), TimeDelta::hours(1))
    }

    pub(super) fn over() -> Surroundings {
        with(Some(DateTime::UNIX_EPOCH), TimeDelta::hours(-1))
    }

    fn about_it(around: Surroundings) -> Surroundings {
        let draft = DraftView { topic: Some("Sleep studies".to_owned()), ..DraftView::default() };
        Surroundings { draft, ..around }
    }

    pub(super) fn declared() -> Surroundings {
        about_it(an_hour_more())
    }

    pub(super) fn declared_and_over() -> Surroundings {
        about_it(over())
    }

    pub(super) fn undated() -> Surroundings {
        with(None, TimeDelta::hours(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Speech;

    #[test]
    fn a_topic_is_told_however_it_is_written() {
        for text in [
            "On the dam pilot",
            "the dam\u{a0}pilot",
            "the dam-pilot starts",
            "the d\u{200b}am pilot",
            "https://example.org/the-dam-pilot",
            "DAM PILOTS!",
            "#TheDamPilot",
            "The Dam  Pilot",
        ] {
            assert!(Speech::of(text).tells("the dam pilot"), "{text}");
        }
        for text in ["The dam, and its pilot", "A pilot of a dam", ""] {
            assert!(!Speech::of(text).tells("the dam pilot"), "{text}");
        }
        assert!(!Speech::of("anything").tells("  "), "a plan's empty line keeps nothing back");
    }
}
