//! An office's guidelines in force: clauses, rules with parameters, facts about the office, compiled once
//! and then immutable. It does not know how handbooks are stored, acknowledged or replaced.

mod document;
mod error;
mod office;
mod starter;

use std::{collections::HashSet, fmt, sync::Arc};

pub use document::{
    ChecklistItem, Clause, Disclaimer, HandbookDocument, OfficeFacts, RuleSettings, Source, Template,
    Training,
};
pub use error::HandbookError;
pub use office::Office;
pub(crate) use starter::default_disclaimers;
pub use starter::starter_handbook;

use crate::{Check, Rule, SelfTestFailure, Severity, rule::self_test, rules};

/// A handbook that rules can be run from. Cloning it is cheap.
#[derive(Clone)]
pub struct Handbook {
    document: Arc<HandbookDocument>,
    active: Arc<[ActiveRule]>,
    digest_input: Arc<str>,
}

/// A rule as the handbook has it.
pub(crate) struct ActiveRule {
    pub(crate) id: &'static str,
    pub(crate) version: u32,
    pub(crate) clause: String,
    pub(crate) clause_quote: String,
    pub(crate) severity: Severity,
    pub(crate) check: Box<dyn Check>,
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
}

impl Handbook {
    /// Compiles a document, or says what is wrong with it.
    pub fn from_document(document: &HandbookDocument) -> Result<Self, HandbookError> {
        unique(document.clauses.iter().map(|clause| clause.id.as_str()), |id| {
            HandbookError::DuplicateClause { id }
        })?;
        unique(document.rules.iter().map(|rule| rule.id.as_str()), |id| HandbookError::DuplicateRule { id })?;
        for item in &document.checklist {
            document.clause(&item.clause).ok_or_else(|| HandbookError::ChecklistWithoutClause {
                question: item.question.clone(),
                clause: item.clause.clone(),
            })?;
        }
        let office = Office::of(&document.office, &document.disclaimers);
        let mut active = Vec::new();
        for settings in &document.rules {
            let compiled = compile(settings, document, &office)?;
            if settings.enabled {
                active.push(compiled);
            }
        }
        let digest_input = document.canonical()?;
        Ok(Self {
            document: Arc::new(document.clone()),
            active: active.into(),
            digest_input: digest_input.into(),
        })
    }

    /// Runs the examples of every rule of this program that the handbook names.
    pub fn self_test(&self) -> Result<(), SelfTestFailure> {
        let named: HashSet<&str> = self.document.rules.iter().map(|rule| rule.id.as_str()).collect();
        rules().iter().filter(|rule| named.contains(rule.id())).try_for_each(|rule| self_test(*rule))
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

    /// Its clauses, in order.
    pub fn clauses(&self) -> &[Clause] {
        &self.document.clauses
    }

    /// One clause.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.document.clause(id)
    }

    /// What it says of each rule, in order.
    pub fn rules(&self) -> impl Iterator<Item = RuleView<'_>> {
        self.document.rules.iter().map(|settings| RuleView {
            id: &settings.id,
            version: find_rule(&settings.id).map_or(0, Rule::version),
            clause: &settings.clause,
            severity: settings.severity,
            enabled: settings.enabled,
        })
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

fn compile(
    settings: &RuleSettings,
    document: &HandbookDocument,
    office: &Office,
) -> Result<ActiveRule, HandbookError> {
    let rule = find_rule(&settings.id).ok_or_else(|| HandbookError::unknown_rule(&settings.id))?;
    let clause = document.clause(&settings.clause).ok_or_else(|| HandbookError::MissingClause {
        rule: settings.id.clone(),
        clause: settings.clause.clone(),
    })?;
    let check = rule
        .prepare(&settings.params, office)
        .map_err(|reason| HandbookError::InvalidParams { rule: settings.id.clone(), reason })?;
    Ok(ActiveRule {
        id: rule.id(),
        version: rule.version(),
        clause: clause.id.clone(),
        clause_quote: clause.text.clone(),
        severity: settings.severity,
        check,
    })
}

fn find_rule(id: &str) -> Option<&'static dyn Rule> {
    rules().iter().copied().find(|rule| rule.id() == id)
}

fn unique<'d>(
    ids: impl Iterator<Item = &'d str>,
    error: impl Fn(String) -> HandbookError,
) -> Result<(), HandbookError> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(error(id.to_owned()));
        }
    }
    Ok(())
}
