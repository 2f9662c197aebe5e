//! Whether a text gives out the number that an institution knows a patient by. It does not know any institution's numbers:
//! the word before the number decides.

mod shape;

use std::ops::Range;

use serde::Deserialize;

use self::shape::Shapes;
use crate::{
    Check, Evidence, Example, Field, Hit, Office, ProtectedKind, Reading, Validation, Wake, mask, rule::rule,
};

rule!(
    PatientId, "CC1b.patient-id", version 1, "CC1b", Block, waiver: Never, reads: [Bio],
    what: "Finds the numbers of patients, charts, encounters and hospital records behind words such as \"MRN\", \"chart no.\" or \
           \"dossier médical\". Years, dates, amounts and counts behind such words are left alone.",
    why: "Cases are told anonymously; with the number of a chart they are not.",
    instead: "Take the number out, also out of screenshots and their descriptions.",
    fires: [
        Example::of("Screenshot of the week: MRN 4410927, pressure back to normal."),
        Example::of("The chart number, VGH-330182, is on the whiteboard."),
        Example::of("Patient ID: 0098213 was seen within nine minutes."),
        Example::of("Dossier médical no 5512093 : merci à l'équipe de nuit!"),
        Example::of("4410927 is her MRN."),
        Example::of("Encounter #E20417733 closed the loop."),
    ],
    quiet: [
        Example::of("Every chart tells a story: 7 tips for figures."),
        Example::of("MRN training starts 2026-11-24 at 9:00."),
        Example::of("Chart 3 shows 120000 visits in 2025."),
        Example::of("Patient 12 of 40 joined today; 1,200 patients follow."),
        Example::of("Zoom participant ID: 482913"),
        Example::of("Dossier de presse : 15 pages, 20 photos."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words before a patient's number.
    words: Vec<String>,
}

struct Prepared {
    shapes: Shapes,
}

fn prepare(params: &Params, _office: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared { shapes: Shapes::compile(&params.words)? }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(self.shapes.words())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        reading.of_kinds(&super::WORDS).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let mut seen: Vec<Range<usize>> = Vec::new();
        let mut hits = Vec::new();
        for (word, range) in self.shapes.find(field.shadow.folded()) {
            let taken = seen.iter().any(|other| other.start < range.end && range.start < other.end);
            let other = field.protection(&range).is_some_and(|part| {
                !matches!(part.kind, ProtectedKind::Labelled | ProtectedKind::Record | ProtectedKind::Tag)
                    || part.range.len() > range.len() + 4
            });
            if taken || other {
                continue;
            }
            hits.push(
                Hit::at(field, &range, format!("A patient's number next to \"{word}\"."))
                    .showing(mask::phone(field.shadow.part(&range)))
                    .suggesting("Take the number out; nobody may make an exception here.")
                    .because(Evidence::of("a number behind its label", Validation::NotApplicable).near(word))
                    .fixed_by("Take the number out", "[number removed]"),
            );
            seen.push(range);
        }
        hits
    }
}
