//! Whether an official text claims to be somebody's own view. It does not know whose.

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use super::{
    around::{on, with_bio},
    labels::Labels,
};
use crate::{
    Capacity, ChannelKind, Check, Example, Field, FieldKind, Hit, Office, Platform, Reading, Wake, Weight,
    pattern, rule::rule,
};

rule!(
    CapacityConflict, "CC2.capacity-conflict", version 1, "CC2", Warn, reads: [Bio],
    what: "Finds official texts that say, in English or French, that the view is the author's own. Telling others to use \
           such a label passes.",
    why: "Readers cannot tell who speaks when the office says that it does not.",
    instead: "Remove the phrase, or declare a personal opinion.",
    fires: [
        Example::of("Fax machines should go. Views are my own.").on(Platform::X).speaking(Capacity::Official),
        Example::of("Le télécopieur doit disparaître. Ces propos n'engagent que moi.").speaking(Capacity::Official),
        Example::of("We open on Monday. Tweets do not represent my employer.").speaking(Capacity::Official),
        Example::of("We open on Monday.").speaking(Capacity::Official).amid(
            "a biography that claims the views",
            || on(with_bio(ChannelKind::Personal, "Nurse at the Pacific eHealth Office. Opinions are mine.")),
        ),
    ],
    quiet: [
        Example::of("Our clinic list is out.").on(Platform::X).speaking(Capacity::Official),
        Example::of("Patients told us their own views on waiting rooms.").speaking(Capacity::Official),
        Example::of("Posting for yourself? Put \"views are my own\" into your bio.").speaking(Capacity::Official),
        Example::of("Fax machines should go. Views are my own.").speaking(Capacity::PersonalOpinion),
    ],
);

/// Parts of words of which every known claim has one.
const CUES: &str = "own mine my personal private personnel miens miennes moi auteur mon ma employer";

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases by which a text claims to be somebody's own view.
    own_view_phrases: Vec<String>,
}

struct Prepared {
    labels: Labels,
    advice: Regex,
    cues: Vec<String>,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    let more = params.own_view_phrases.iter().flat_map(|phrase| phrase.split_whitespace().take(1));
    Ok(Box::new(Prepared {
        cues: CUES.split(' ').chain(more).map(str::to_owned).collect(),
        labels: Labels::of(office, &params.own_view_phrases)?,
        advice: pattern::any_case(
            r"(?:\b(?:add|put|write|include|use|using|say|saying|says|label|labels|disclaimers?|mention|phrase|tip|ajoute[zr]|écri(?:re|vez)|inscri(?:re|vez)|mention(?:ne[zr])?|étiquettes?)\b|\?)",
        )?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(self.cues.clone())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        if reading.submission.capacity != Some(Capacity::Official) {
            return Vec::new();
        }
        reading
            .of_kinds(&[FieldKind::Text, FieldKind::Bio])
            .filter_map(|field| self.claim(field))
            .take(1)
            .collect()
    }
}

impl Prepared {
    fn claim(&self, field: &Field<'_>) -> Option<Hit> {
        let range = self.labels.own_view(field)?;
        let quoted = is_quoted(field, &range);
        if quoted && self.advice.is_match(field.shadow.part(&field.shadow.sentence_around(&range))) {
            return None;
        }
        let bio = field.kind == FieldKind::Bio;
        let message = if bio {
            "Declared official, yet the account's biography says that its views are somebody's own."
        } else {
            "Declared official, yet the text says that it is somebody's own view."
        };
        let weight = if bio || quoted { Weight::Unsure } else { Weight::Sure };
        let hit = Hit::at(field, &range, message).weighing(weight).showing(field.shadow.part(&range));
        Some(hit.suggesting("Remove the phrase, or declare PERSONAL_OPINION."))
    }
}

fn is_quoted(field: &Field<'_>, range: &Range<usize>) -> bool {
    let before = field.shadow.part(&(0..range.start));
    before.matches('"').count() % 2 == 1 || before.ends_with(['\'', '#'])
}
