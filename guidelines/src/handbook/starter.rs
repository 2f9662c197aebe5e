//! The handbook that an office starts from, embedded. It does not know what an office has made of its own.

use super::{Disclaimer, HandbookDocument};

/// The starter, as it is written.
const STARTER: &str = include_str!("../../handbook/starter.toml");

/// A handbook to start from: the policy's clauses in our own words, the supplement marked as such, and
/// every rule with its default parameters.
pub fn starter_handbook() -> HandbookDocument {
    // A test reads it, so that what is embedded is never the empty document.
    toml::from_str(STARTER).unwrap_or_default()
}

/// The labels for opinions that the starter has.
pub(crate) fn default_disclaimers() -> Vec<Disclaimer> {
    starter_handbook().disclaimers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Handbook, Source, rules};

    #[test]
    fn the_starter_is_a_handbook_and_has_every_rule_as_its_manual_says() {
        let document: HandbookDocument = toml::from_str(STARTER).unwrap();
        let handbook = Handbook::from_document(&document).unwrap();
        handbook.self_test().unwrap();
        assert_eq!(handbook.rules().count(), rules().len());
        for rule in rules() {
            let view = handbook.rules().find(|view| view.id == rule.id()).unwrap();
            assert_eq!((view.clause, view.severity), (rule.manual().clause, rule.manual().severity));
            assert!(view.enabled);
        }
    }

    #[test]
    fn only_the_supplement_serves_the_supplements_rules() {
        for rule in starter_handbook().rules {
            let document = starter_handbook();
            let clause = document.clause(&rule.clause).unwrap();
            assert_eq!(rule.id.starts_with("X."), clause.source == Source::Supplement, "{}", rule.id);
        }
    }
}
