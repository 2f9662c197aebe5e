//! The check that the rules about numbers share: one kind of number, found by the classifier and taken out. It does not
//! know how a number is recognised.

use super::identity::{Classifier, Identity, Kind};
use crate::{Check, Field, Hit, Reading, Wake, mask};

/// Finds the numbers of one kind.
pub(super) struct GivenOut {
    pub(super) classifier: Classifier,
    pub(super) kind: Kind,
    /// What such a number is called: `payment card number`.
    pub(super) name: &'static str,
}

impl Check for GivenOut {
    fn wakes(&self) -> Wake {
        Wake::Digits
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let fields = reading.of_kinds(&super::WORDS);
        fields.flat_map(|field| self.found(field).map(|found| self.hit(field, found))).collect()
    }
}

impl GivenOut {
    fn found(&self, field: &Field<'_>) -> impl Iterator<Item = Identity> {
        // Only health numbers are ever more than digits.
        let lettered = if self.kind == Kind::Health { self.classifier.lettered(field) } else { Vec::new() };
        let numbers = self.classifier.numbers(field).into_iter().filter(|found| found.kind == self.kind);
        lettered.into_iter().chain(numbers)
    }

    fn hit(&self, field: &Field<'_>, found: Identity) -> Hit {
        let name = self.name;
        let message = match found.evidence.context.first() {
            Some(word) => format!("A {name} next to \"{word}\"."),
            None => format!("A {name} by its form and check digit."),
        };
        Hit::at(field, &found.range, message)
            .weighing(found.weight)
            .showing(mask::phone(field.shadow.part(&found.range)))
            .suggesting("Take the number out; nobody may make an exception here.")
            .because(found.evidence)
            .fixed_by("Take the number out", "[number removed]")
    }
}
