//! What a check answers. It does not know how a finding came about or who may waive it.

use serde::{Deserialize, Serialize};

use crate::{AttestationKind, Severity, Source};

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
    /// Whose clause it is: a supplement's is never the policy's.
    #[serde(default)]
    pub source: Source,
    /// The handbook that asks for it this strictly: the university's or the office's.
    #[serde(default)]
    pub layer: Layer,
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
    /// Why it was noticed: pattern, validation, context.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// A replacement that is safe to make in one step.
    #[serde(default)]
    pub fix: Option<Fix>,
    /// The question whose answer settles it; absent where only other words do.
    #[serde(default)]
    pub asks: Option<AttestationKind>,
    /// Whether the Coordinator may make an exception to it.
    #[serde(default)]
    pub waivable: bool,
    /// Rules that saw the same place with weaker evidence.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Finding {
    /// What tells this finding from every other of the same revision: rule and version, target, place and words of
    /// the message, which never repeat what was found.
    pub fn key(&self) -> String {
        let (start, end) = self.span.map_or((0, 0), |span| (span.byte_start, span.byte_end));
        format!("{}@{}|{}|{start}-{end}|{}", self.rule, self.rule_version, self.target, self.message)
    }
}

/// Whose handbook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Layer {
    /// The institution's, above the office's.
    University,
    /// The office's own.
    #[default]
    Office,
}

/// Whether check digits or dates bear out what a pattern suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Validation {
    /// They do.
    Passed,
    /// There are none.
    NotApplicable,
    /// They do not.
    Failed,
}

/// Why a place was noticed, as three separate facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The shape that was found: `nine digits in threes`.
    pub pattern: String,
    /// Whether its check digits bear it out.
    pub validation: Validation,
    /// The words around it that speak for it; never the secret itself.
    pub context: Vec<String>,
}

impl Evidence {
    /// Of a shape.
    pub fn of(pattern: impl Into<String>, validation: Validation) -> Self {
        Self { pattern: pattern.into(), validation, context: Vec::new() }
    }

    /// With a word that speaks for it.
    #[must_use]
    pub fn near(mut self, word: impl Into<String>) -> Self {
        self.context.push(word.into());
        self
    }
}

/// A replacement in the finding's target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as a button says it.
    pub label: String,
    /// Where the replaced part begins, in UTF-8 bytes.
    pub byte_start: u32,
    /// Where it ends, exclusive.
    pub byte_end: u32,
    /// What takes its place.
    pub replacement: String,
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
