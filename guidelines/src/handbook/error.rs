//! What can be wrong with a handbook. It does not know how to mend one, only how to say it.

use crate::{SelfTestFailure, rules};

/// Why a document is no handbook. Every message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandbookError {
    /// A rule that this program does not have.
    #[error("unknown rule {id:?}: remove it, or use one of {known}")]
    UnknownRule {
        /// The rule.
        id: String,
        /// The rules there are.
        known: String,
    },
    /// A rule cites a clause that the handbook does not have.
    #[error(
        "rule {rule} cites clause {clause:?}, which the handbook does not have: add the clause or cite another"
    )]
    MissingClause {
        /// The rule.
        rule: String,
        /// The clause.
        clause: String,
    },
    /// Two clauses with one id.
    #[error("clause {id:?} is there more than once: give each clause an id of its own")]
    DuplicateClause {
        /// The clause.
        id: String,
    },
    /// A rule that is configured twice.
    #[error("rule {id:?} is there more than once: keep one of its settings")]
    DuplicateRule {
        /// The rule.
        id: String,
    },
    /// A question of the checklist cites a clause that the handbook does not have.
    #[error(
        "the checklist asks {question:?} under clause {clause:?}, which the handbook does not have: add the clause or cite another"
    )]
    ChecklistWithoutClause {
        /// The question.
        question: String,
        /// The clause.
        clause: String,
    },
    /// A rule cannot work with its parameters.
    #[error(
        "the parameters of rule {rule} are not usable: {reason}; correct them, or leave them out to have the defaults"
    )]
    InvalidParams {
        /// The rule.
        rule: String,
        /// Why.
        reason: String,
    },
    /// A rule does not do what the office's own examples say.
    #[error(
        "rule {rule} {what} the office's example {example:?}: correct the example or the rule's parameters"
    )]
    ExampleFails {
        /// The rule.
        rule: String,
        /// `is quiet on` or `fires on`.
        what: &'static str,
        /// The example.
        example: String,
    },
    /// A rule does not do what its manual says.
    #[error("{0}")]
    SelfTest(#[from] SelfTestFailure),
    /// The university's handbook has a university above it.
    #[error("the university's handbook may not have another one above it: leave out its `university`")]
    TooManyLayers,
    /// The words that wake rules are too many to compile.
    #[error("the rules' words are too many to look for at once: {reason}")]
    TooManyWords {
        /// Why.
        reason: String,
    },
    /// The document cannot be written down, so it has no identity.
    #[error("the handbook cannot be written as JSON: {reason}; check the parameters of its rules")]
    NotSerializable {
        /// Why.
        reason: String,
    },
}

impl HandbookError {
    pub(super) fn unknown_rule(id: &str) -> Self {
        let known: Vec<&str> = rules().iter().map(|rule| rule.id()).collect();
        Self::UnknownRule { id: id.to_owned(), known: known.join(", ") }
    }
}
