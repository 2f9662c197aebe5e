//! The check engine: what an office's guidelines say of a text, clause by clause.
//!
//! It knows texts, rules and handbooks. It does not know who writes, when a post leaves, how it is
//! stored or what happens to a finding afterwards: no I/O, no clock, no async, no global state, and
//! the same input always gives the same report.
//!
//! ```
//! use guidelines::{Handbook, Submission, check, starter_handbook};
//!
//! let handbook = Handbook::from_document(&starter_handbook())?;
//! let report = check(&Submission::of_text("Text Sam on her own cell, 604-555-0184."), &handbook);
//! assert!(report.blocks());
//! # Ok::<(), guidelines::HandbookError>(())
//! ```

mod check;
mod grade;
mod handbook;
mod manual;
mod mask;
mod measure;
mod pattern;
mod platform;
mod report;
mod rule;
mod rules;
mod submission;
mod text;
mod vocabulary;

pub use check::check;
pub use grade::{Capacity, Severity};
pub use handbook::{
    ChecklistItem, Clause, Disclaimer, Handbook, HandbookDocument, HandbookError, Office, OfficeFacts,
    RuleSettings, RuleView, Source, Template, Training, starter_handbook,
};
pub use manual::manual_markdown;
pub use measure::{Overrun, measure, overrun};
pub use platform::{LengthRule, LengthUnit, ParsePlatformError, Platform};
pub use report::{Finding, Report, Span};
pub use rule::{Check, Example, Hit, Manual, Params, Rule, SelfTestFailure, Weight};
pub use rules::rules;
pub use submission::{Field, FieldKind, MediaView, Reading, Submission};
pub use text::{Link, Mention, Shadow, Tag, Word};
