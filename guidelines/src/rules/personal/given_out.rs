//! The check that the rules about numbers share: one kind of number, found by the classifier and taken out. It does not
//! know how a number is recognised.

use super::{
    hotwords::Topic,
    identity::{Classifier, Identity, Kind},
};
use crate::{Check, Field, Hit, Reading, Wake, mask};

/// Finds the numbers of one kind.
pub(super) struct GivenOut {
    classifier: Words,
    kind: Kind,
    /// What such a number is called: `payment card number`.
    name: &'static str,
}

/// By which words numbers are classified.
enum Words {
    /// The built-in ones: what is found by them in a field is the same for every kind.
    BuiltIn(&'static Classifier),
    /// An office's own, too.
    Own(Box<Classifier>),
}

/// A check for one kind of number, with an office's own words that announce it or something else.
pub(super) fn check(
    kind: Kind,
    name: &'static str,
    words: (Topic, &[String]),
    other_words: &[String],
) -> Result<Box<dyn Check>, String> {
    let classifier = if words.1.is_empty() && other_words.is_empty() {
        Words::BuiltIn(Classifier::built_in()?)
    } else {
        Words::Own(Box::new(Classifier::of(&[words, (Topic::Other, other_words)])?))
    };
    Ok(Box::new(GivenOut { classifier, kind, name }))
}

impl Check for GivenOut {
    fn wakes(&self) -> Wake {
        Wake::Digits
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let fields = reading.of_kinds(&super::WORDS);
        fields.flat_map(|field| self.found(field).into_iter().map(|found| self.hit(field, found))).collect()
    }
}

impl GivenOut {
    fn found(&self, field: &Field<'_>) -> Vec<Identity> {
        let of_kind = |found: &&Identity| found.kind == self.kind;
        let (classifier, numbers) = match &self.classifier {
            Words::BuiltIn(shared) => (*shared, field.identities(|field| shared.numbers(field))),
            Words::Own(own) => (own.as_ref(), &*own.numbers(field)),
        };
        // Only health numbers are ever more than digits.
        let lettered = if self.kind == Kind::Health { classifier.lettered(field) } else { Vec::new() };
        lettered.into_iter().chain(numbers.iter().filter(of_kind).cloned()).collect()
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
