//! The one list of rules. It does not know what any of them looks for.
//! A new rule is a file here and a line in the list.

mod address;
mod alt_missing;
mod capacity;
mod conf_marker;
mod email;
mod hashtag_case;
mod length;
mod phone;
mod quoted_email;
mod shouting;

use crate::Rule;

/// Every rule of this program, in the order of its manual.
static RULES: [&dyn Rule; 10] = [
    &capacity::Capacity,
    &phone::Phone,
    &address::Address,
    &email::Email,
    &quoted_email::QuotedEmail,
    &conf_marker::ConfMarker,
    &shouting::Shouting,
    &length::Length,
    &alt_missing::AltMissing,
    &hashtag_case::HashtagCase,
];

/// Every rule of this program.
pub fn rules() -> &'static [&'static dyn Rule] {
    &RULES
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::rule::self_test;

    #[test]
    fn every_rule_does_what_its_manual_says() {
        for rule in rules() {
            self_test(*rule).unwrap();
        }
    }

    #[test]
    fn every_rule_has_an_id_of_its_own_and_examples_both_ways() {
        let ids: HashSet<_> = rules().iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), rules().len());
        for rule in rules() {
            assert!(rule.version() > 0);
            assert!(rule.manual().fires.len() > 1 && rule.manual().quiet.len() > 1, "{}", rule.id());
        }
    }
}
