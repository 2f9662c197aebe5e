//! An office's guidelines in force: clauses, rules with parameters, facts about the office, compiled once
//! and then immutable. It does not know how handbooks are stored, acknowledged or replaced.

mod compile;
mod difference;
mod document;
mod error;
mod leaving;
mod lists;
mod office;
mod starter;
mod successors;

use std::{collections::HashSet, fmt, sync::Arc};

pub(crate) use compile::ActiveRule;
pub use difference::{Change, ChangeKind};
pub use document::{
    ChecklistItem, Clause, Disclaimer, HandbookDocument, OwnExamples, RuleSettings, Source, Template,
    Training,
};
pub use error::HandbookError;
pub(crate) use leaving::{Leaving, Panel};
pub use lists::{ListEntry, OfficeFacts};
pub use office::Office;
pub(crate) use starter::default_disclaimers;
pub use starter::starter_handbook;

use crate::{Layer, Parts, Rule, Severity, rule::self_tests, rules, wake::Alarm};

/// A handbook that rules can be run from. Cloning it is cheap.
#[derive(Clone)]
pub struct Handbook {
    document: Arc<HandbookDocument>,
    active: Arc<[ActiveRule]>,
    alarm: Arc<Alarm>,
    leaving: Arc<Leaving>,
    digest_input: Arc<str>,
}

/// What a handbook says of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleView<'h> {
    /// The rule.
    pub id: &'h str,
    /// Its version; zero where this program does not have it.
    pub version: u32,
    /// The clause that it serves.
    pub clause: &'h str,
    /// What it does to a post.
    pub severity: Severity,
    /// Whether it is on.
    pub enabled: bool,
    /// Whose handbook says so.
    pub layer: Layer,
    /// Whether the Coordinator may make an exception to it.
    pub waivable: bool,
}

impl Handbook {
    /// Compiles a document, or says what is wrong with it.
    pub fn from_document(document: &HandbookDocument) -> Result<Self, HandbookError> {
        let digest_input = document.canonical()?.into();
        let document = document.with_successors();
        let active = compile::active_rules(&document)?;
        let wakes: Vec<_> = active.iter().map(|rule| rule.check.wakes()).collect();
        Ok(Self {
            document: Arc::new(document),
            alarm: Arc::new(Alarm::of(&wakes)?),
            leaving: Arc::new(Leaving::of(&active)?),
            active: active.into(),
            digest_input,
        })
    }

    /// Runs the examples of every rule that the handbook names: the manual's, with the rule's defaults, and the
    /// office's own, as the handbook has the rule. What fails may not come into force.
    pub fn self_test(&self) -> Result<(), HandbookError> {
        let named: HashSet<&str> =
            self.document.settings().map(|(_, settings)| settings.id.as_str()).collect();
        self_tests(rules().iter().copied().filter(|rule| named.contains(rule.id())))?;
        compile::own_examples(&self.document)
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.document.title
    }

    /// Its version.
    pub fn version(&self) -> u32 {
        self.document.version
    }

    /// The document that it was compiled from.
    pub fn document(&self) -> &HandbookDocument {
        &self.document
    }

    /// The office's clauses, in order.
    pub fn clauses(&self) -> &[Clause] {
        &self.document.clauses
    }

    /// One clause: the office's, or else the university's.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        let upper = self.document.university.as_deref();
        self.document.clause(id).or_else(|| upper.and_then(|upper| upper.clause(id)))
    }

    /// What it says of each rule, in order.
    pub fn rules(&self) -> impl Iterator<Item = RuleView<'_>> {
        self.document.rule_views()
    }

    /// What an approver is asked, clause by clause.
    pub fn checklist(&self) -> &[ChecklistItem] {
        &self.document.checklist
    }

    /// Bytes to hash for the identity of its content: the same content always gives the same bytes,
    /// whatever the order of keys; the versions of its rules are part of it.
    pub fn digest_input(&self) -> &str {
        &self.digest_input
    }

    /// What must be known around a submission for [`crate::check_leaving`] to say all that it can: the other parts may
    /// be left out, for no rule that it asks reads them.
    pub fn leaving_needs(&self) -> Parts {
        self.leaving.needs
    }

    pub(crate) fn leaving(&self) -> &Leaving {
        &self.leaving
    }

    pub(crate) fn alarm(&self) -> &Alarm {
        &self.alarm
    }

    pub(crate) fn active(&self) -> &[ActiveRule] {
        &self.active
    }
}

impl fmt::Debug for Handbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handbook")
            .field("title", &self.title())
            .field("version", &self.version())
            .finish_non_exhaustive()
    }
}

impl HandbookDocument {
    /// What it says of each rule, layer by layer, the upper first; without compiling anything.
    pub fn rule_views(&self) -> impl Iterator<Item = RuleView<'_>> {
        self.settings().map(|(layer, settings)| RuleView {
            id: &settings.id,
            version: find_rule(&settings.id).map_or(0, Rule::version),
            clause: &settings.clause,
            severity: settings.severity,
            enabled: settings.enabled && (!self.is_supplement(settings) || self.supplement_adopted),
            layer,
            waivable: settings.waivable
                && find_rule(&settings.id)
                    .is_some_and(|rule| rule.manual().waiver == crate::Waiver::Coordinator),
        })
    }

    /// The settings of every rule, layer by layer, the upper first.
    pub fn settings(&self) -> impl Iterator<Item = (Layer, &RuleSettings)> {
        let upper = self.university.iter().flat_map(|upper| &upper.rules);
        let upper = upper.map(|settings| (Layer::University, settings));
        upper.chain(self.rules.iter().map(|settings| (Layer::Office, settings)))
    }
}

fn find_rule(id: &str) -> Option<&'static dyn Rule> {
    rules().iter().copied().find(|rule| rule.id() == id)
}
