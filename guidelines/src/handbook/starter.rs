//! The handbook that an office starts from, embedded. It does not know what an office has made of its own.

use super::{Disclaimer, HandbookDocument, OwnExamples, RuleSettings};
use crate::{Params, Rule, rules};

/// The starter, as it is written.
const STARTER: &str = include_str!("../../handbook/starter.toml");

/// A handbook to start from: the policy's clauses in our own words, the supplement marked as such, and
/// every rule with its default parameters.
pub fn starter_handbook() -> HandbookDocument {
    // A test reads it, so that what is embedded is never the empty document.
    let mut document: HandbookDocument = toml::from_str(STARTER).unwrap_or_default();
    for rule in rules() {
        if !document.rules.iter().any(|settings| settings.id == rule.id()) {
            document.rules.push(as_its_manual_says(*rule));
        }
    }
    document
}

fn as_its_manual_says(rule: &dyn Rule) -> RuleSettings {
    RuleSettings {
        id: rule.id().to_owned(),
        clause: rule.manual().clause.to_owned(),
        severity: rule.manual().severity,
        enabled: true,
        params: Params::new(),
        hotwords: Vec::new(),
        exclusions: Vec::new(),
        waivable: true,
        examples: OwnExamples::default(),
    }
}

/// The labels for opinions that the starter has.
pub(crate) fn default_disclaimers() -> Vec<Disclaimer> {
    starter_handbook().disclaimers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Handbook, Source};

    #[test]
    fn the_starter_is_a_handbook_and_has_every_rule_as_its_manual_says() {
        let written: HandbookDocument = toml::from_str(STARTER).unwrap();
        let document = starter_handbook();
        assert!(!written.clauses.is_empty() && document.clauses == written.clauses);
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
