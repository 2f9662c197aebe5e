//! Rules that became others: a handbook written before keeps its meaning. It does not rewrite what is stored.

use super::{HandbookDocument, RuleSettings};
use crate::Params;

/// A rule that is no more, and those that look for what it looked for. The flag tells who takes its parameters.
const SUCCESSORS: &[(&str, &[(&str, bool)])] = &[(
    "CC2.capacity",
    &[
        ("CC2.capacity-undeclared", false),
        ("CC2.personal-on-office-account", false),
        ("CC2.disclaimer-missing", true),
        ("CC2.capacity-conflict", true),
    ],
)];

impl HandbookDocument {
    /// The document with today's rules in the place of those that they took over from, where it does not name them
    /// itself.
    pub(super) fn with_successors(&self) -> Self {
        let mut document = self.clone();
        document.rules = self.rules.iter().flat_map(|settings| self.succeeded(settings)).collect();
        document.university = self.university.as_deref().map(|upper| Box::new(upper.with_successors()));
        document
    }

    fn succeeded(&self, settings: &RuleSettings) -> Vec<RuleSettings> {
        let Some((_, heirs)) = SUCCESSORS.iter().find(|(id, _)| *id == settings.id) else {
            return vec![settings.clone()];
        };
        let unnamed = heirs.iter().filter(|(id, _)| !self.rules.iter().any(|rule| rule.id == *id));
        let heir = |(id, takes_params): &(&str, bool)| RuleSettings {
            id: (*id).to_owned(),
            params: if *takes_params { settings.params.clone() } else { Params::new() },
            ..settings.clone()
        };
        unnamed.map(heir).collect()
    }
}
