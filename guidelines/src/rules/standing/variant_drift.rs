//! Whether the texts of one draft state the same. It compares facts, not words, so that a translation passes; it does
//! not know which of two texts is right.

use super::{
    around::{NoParams, drafted},
    facts::{FactReader, contradiction},
    language::differ,
    negation::Negation,
};
use crate::{
    Check, DraftView, Example, Field, Hit, Office, Reading, Shadow, Surroundings, VariantView, rule::rule,
};

rule!(
    VariantDrift, "GP7.variant-drift", version 1, "GP7", Warn, reads: [Variants],
    what: "Compares the facts of a text with those of the draft's other texts, across English and French: days, times, \
           numbers, percentages, money, addresses, negations. A short text may leave facts out; it may not contradict them.",
    why: "The messages of a project agree with one another on every channel.",
    instead: "Decide which is right, and correct the others.",
    fires: [
        Example::of("Open house on March 3 at 5 pm.").amid("a French text with another day", || {
            varied("Portes ouvertes le 4 mars à 17 h.")
        }),
        Example::of("Open house on March 3 at 5 pm.").amid("a text with another time", || {
            varied("Open house, March 3, 5:30 pm")
        }),
        Example::of("We asked 80 nurses.").amid("a text with another number", || varied("We asked 60 nurses.")),
        Example::of("The vaccine is not for infants.").amid("a text without the negation", || {
            varied("The vaccine is for infants.")
        }),
        Example::of("Tickets: $12").amid("a French text with another price", || varied("Billets : 15 $")),
    ],
    quiet: [
        Example::of("Open house on Tuesday, March 3 at 5 pm.").amid("the same in French", || {
            varied("Portes ouvertes le mardi 3 mars à 17 h.")
        }),
        Example::of("Open house on March 3 at 5 pm. Tickets are $12, children under 6 are free.").amid(
            "a shorter text",
            || varied("Open house on March 3!"),
        ),
        Example::of("The vaccine is not for infants.").amid("the same in French", || {
            varied("Le vaccin n'est pas destiné aux nourrissons.")
        }),
        Example::of("We asked 80 nurses.").amid("the number in words", || varied("Eighty nurses told us.")),
        Example::of("Open house on March 3 at 5 pm.").amid("no other text", Surroundings::default),
    ],
);

/// Surroundings of an example: another text of the draft.
fn varied(text: &str) -> Surroundings {
    let variant = VariantView { path: "variants.facebook".to_owned(), text: text.to_owned() };
    drafted(DraftView { variants: vec![variant], ..DraftView::default() })
}

struct Prepared {
    facts: &'static FactReader,
    negation: &'static Negation,
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared { facts: FactReader::shared()?, negation: Negation::shared()? }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let (Some(around), Some(text)) = (reading.around(), reading.text()) else { return Vec::new() };
        let others = around
            .draft
            .variants
            .iter()
            .filter(|other| other.path != reading.submission.text_path && !other.text.trim().is_empty());
        others.filter_map(|other| self.drift(text, other)).collect()
    }
}

impl Prepared {
    fn drift(&self, text: &Field<'_>, other: &VariantView) -> Option<Hit> {
        let shadow = Shadow::of(&other.text);
        if shadow.folded() == text.shadow.folded() || text.shadow.folded().trim().is_empty() {
            return None;
        }
        let lower = shadow.lower();
        let across = differ(&text.shadow, &shadow);
        let (ours, theirs) = (self.facts.read(&text.shadow), self.facts.read(&shadow));
        let message = if let Some((kind, ours, theirs)) = contradiction(&ours, &theirs, across) {
            format!(
                "The {} here is {:?}, in {} it is {:?}.",
                kind.called(),
                ours.shown,
                other.path,
                theirs.shown
            )
        } else if across && self.negation.differs_across(text.lower(), &lower)
            || !across && self.negation.differs(text.lower(), &lower)
        {
            format!("One of this text and {} denies what the other states.", other.path)
        } else {
            return None;
        };
        let hit = Hit::whole(text.target.clone(), message);
        Some(hit.suggesting("Decide which is right, and correct the other."))
    }
}
