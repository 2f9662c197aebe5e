//! What a check answers. It does not know how a finding came about or who may waive it.

use serde::{Deserialize, Serialize};

use crate::Severity;

/// Everything that the handbook's rules say of a submission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Sorted by severity, target, place and rule.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether anything in it keeps a post from leaving.
    pub fn blocks(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Block)
    }
}

/// One thing that one rule says of one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// Its version, when it spoke.
    pub rule_version: u32,
    /// The clause that it serves.
    pub clause: String,
    /// That clause, as the handbook words it.
    pub clause_quote: String,
    /// What it does to the post.
    pub severity: Severity,
    /// The part of the submission: `text`, `variants.mastodon`, `link`, `media[0].alt`, …
    pub target: String,
    /// Where in the target; absent where it is about the whole.
    pub span: Option<Span>,
    /// What stands there, masked: it never repeats a secret.
    pub excerpt: Option<String>,
    /// What is wrong and why it was noticed.
    pub message: String,
    /// What to do instead.
    pub suggestion: Option<String>,
}

/// A place in a target, between graphemes; ends are exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Where it begins, in UTF-8 bytes.
    pub byte_start: u32,
    /// Where it ends, in UTF-8 bytes.
    pub byte_end: u32,
    /// Where it begins, in UTF-16 units.
    pub utf16_start: u32,
    /// Where it ends, in UTF-16 units.
    pub utf16_end: u32,
}
