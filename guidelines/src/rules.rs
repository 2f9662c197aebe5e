//! The one list of rules, room by room. It does not know what any of them looks for.
//! A new rule is a file in its room and a line in the room's list.

mod internal;
pub use internal::Speech;
mod personal;
mod standing;
mod supplement;
mod tone;

use std::sync::LazyLock;

pub(crate) use personal::Identity;

use crate::Rule;

/// Every rule of this program, in the order of its manual.
static RULES: LazyLock<Vec<&'static dyn Rule>> = LazyLock::new(|| {
    [standing::RULES, tone::RULES, internal::RULES, personal::RULES, supplement::RULES].concat()
});

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
