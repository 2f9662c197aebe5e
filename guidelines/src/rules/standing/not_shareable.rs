//! Whether a text tells what the plan keeps back for good. It does not know why it is kept back, and it leaves what
//! is only kept back for a while to the rule about embargoes.

use crate::pattern::Regex;
use serde::Deserialize;

use super::{
    around::planned,
    stems::{KnownTopics, Stem, Sureness, Topic, Topics, stems},
};
use crate::{
    Check, DraftView, Example, Field, FieldKind, Hit, KeptBack, Office, PlanView, Reading, Surroundings,
    Weight, pattern, rule::rule,
};

rule!(
    NotShareable, "GP6c.not-shareable", version 1, "GP6c", Block, reads: [Plan, Draft],
    what: "Finds the topics that the plan says are not to be shared, in other forms and order of their words, in English or \
           French, as a tag or in an address; in the text, in alternative texts, in the link and in the declared topic.",
    why: "The plan says early what of a project may be told in public and what may not.",
    instead: "Leave the topic out, or have the project's team change the plan.",
    fires: [
        Example::of("The layout of the new wards is on display.").amid("a plan that keeps ward layouts back", || {
            keeping("ward layout")
        }),
        Example::of("The rent of our lab has doubled.").amid("a plan that keeps the rent back", || keeping("rent")),
        Example::of("Guess who builds it: #NorthScan!").amid("a plan that keeps a name back", || keeping("NorthScan")),
        Example::of("A picture of the week").picturing("a.png", Some("A slide titled Interim results")).amid(
            "a plan that keeps interim results back",
            || keeping("interim results"),
        ),
        Example::of("Read on").linking("https://example.org/ward-layout.pdf").amid(
            "a plan that keeps ward layouts back",
            || keeping("ward layout"),
        ),
        Example::of("A small update.").amid("a declared topic that the plan keeps back", || {
            let draft = DraftView { topic: Some("Ward layouts".to_owned()), ..DraftView::default() };
            Surroundings { draft, ..keeping("ward layout") }
        }),
    ],
    quiet: [
        Example::of("The wards are being painted.").amid("a plan that keeps ward layouts back", || {
            keeping("ward layout")
        }),
        Example::of("Rent-free rooms for families from the north.").amid("a plan that keeps the rent back", || {
            keeping("rent")
        }),
        Example::of("What goes up when your rent does?").amid("a plan that keeps the rent back", || keeping("rent")),
        Example::of("The layout of the new wards is on display."),
    ],
);

/// Surroundings of an example: a plan that keeps a topic back.
fn keeping(topic: &str) -> Surroundings {
    let kept_back = vec![KeptBack { topic: topic.to_owned(), until: None }];
    planned(PlanView { kept_back, ..PlanView::default() })
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More topics that no initiative shares.
    topics: Vec<String>,
}

struct Prepared {
    topics: Topics,
    planned: KnownTopics,
    ours: Regex,
    withheld: Regex,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        topics: Topics::of(&params.topics),
        planned: KnownTopics::default(),
        ours: pattern::any_case(
            r"(?:\b(?:our|ours|we|we've|we're|us|i|my|the|this|project|study|trial|team|office|site|nos|notre|nous|le|la|l'|du|projet|étude|équipe|bureau)\b|[$€]|\d)",
        )?,
        withheld: pattern::any_case(
            r"\b(?:(?:can|could|will|do|does|may|must|are|is)(?:not| not|n't)(?: yet| be)* (?:share|shar(?:ed|ing)|disclos[a-zé]+|releas[a-zé]+|discuss[a-z]*|comment[a-z]*|say|tell)|won't (?:share|disclose|discuss|release)|unable to (?:share|disclose|discuss|comment)|not able to (?:share|disclose|discuss|comment)|ne (?:pouvons|pouvez|peut|peuvent) (?:pas|pas encore) (?:[a-zé]+ )?(?:partager|divulguer|commenter|révéler))\b",
        )?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(around) = reading.around() else { return Vec::new() };
        let plan = around.initiative.as_ref().and_then(|initiative| initiative.plan.as_ref());
        let kept = plan.into_iter().flat_map(|plan| &plan.kept_back).filter(|entry| entry.until.is_none());
        let planned = self.planned.of(&kept.map(|entry| entry.topic.as_str()).collect::<Vec<_>>());
        if planned.is_empty() && self.topics.is_empty() {
            return Vec::new();
        }
        let mut hits = Vec::new();
        for field in
            reading.of_kinds(&[FieldKind::Text, FieldKind::AltText, FieldKind::Captions, FieldKind::Link])
        {
            if planned.may_touch(field) || self.topics.may_touch(field) {
                let found = stems(field.lower());
                let topics = planned.iter().chain(self.topics.iter());
                hits.extend(topics.filter_map(|(name, topic)| self.touched(field, &found, name, topic)));
            }
        }
        if hits.is_empty() {
            hits.extend(declared(reading, around, planned.iter().chain(self.topics.iter())));
        }
        hits
    }
}

impl Prepared {
    fn touched(&self, field: &Field<'_>, found: &[Stem], name: &str, topic: &Topic) -> Option<Hit> {
        let (range, sureness) = topic.find(field, found)?;
        let sentence = field.shadow.part(&field.shadow.sentence_around(&range));
        let rest = sentence.replacen(field.shadow.part(&range), " ", 1);
        let alone = topic.is_common() && field.kind != FieldKind::Link && !self.ours.is_match(&rest);
        let unsure = sureness == Sureness::Close || alone || self.withheld.is_match(sentence);
        let message = match sureness {
            Sureness::Exact => format!("The plan says that {name:?} is not to be shared."),
            Sureness::Close => {
                format!("This comes close to {name:?}, which the plan says is not to be shared.")
            }
        };
        let shown: String = field.shadow.part(&range).chars().take(80).collect();
        let weight = if unsure { Weight::Unsure } else { Weight::Sure };
        let hit = Hit::at(field, &range, message).weighing(weight).showing(shown);
        Some(hit.suggesting("Leave it out, or have the project's team change the plan."))
    }
}

/// The topic that the author has declared, where the plan keeps it back.
fn declared<'t>(
    reading: &Reading<'_, '_>,
    around: &Surroundings,
    mut topics: impl Iterator<Item = (&'t str, &'t Topic)>,
) -> Option<Hit> {
    let topic = Topic::of(around.draft.topic.as_ref()?)?;
    let (name, _) = topics.find(|(_, kept)| kept.is(&topic))?;
    let message = format!("The draft's topic is {name:?}, which the plan says is not to be shared.");
    let hit = Hit::whole(reading.submission.text_path, message);
    Some(hit.suggesting("Choose another topic, or have the project's team change the plan."))
}
