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
mod exchange;
mod grade;
mod handbook;
mod kept;
mod lexicon;
mod manual;
mod mask;
mod measure;
mod pattern;
mod platform;
mod report;
mod rule;
mod rules;
mod submission;
mod surroundings;
mod text;
mod vocabulary;
mod wake;

pub use check::{check, check_leaving, words_clear};
pub use exchange::{ExchangeError, answer_line, office_facts};
pub use grade::{Capacity, Severity};
pub use handbook::{
    Change, ChangeKind, ChecklistItem, Clause, Disclaimer, Handbook, HandbookDocument, HandbookError,
    ListEntry, Office, OfficeFacts, OwnExamples, RuleSettings, RuleView, Source, Template, Training,
    starter_handbook,
};
pub use manual::{manual_markdown, rule_manual};
pub use measure::{Overrun, measure, overrun};
pub use platform::{LengthRule, LengthUnit, ParsePlatformError, Platform};
pub use report::{Evidence, Finding, Fix, Layer, Report, Span, Validation};
pub use rule::{Check, Example, Hit, Manual, Params, Rule, SelfTestFailure, Waiver, Weight};
pub use rules::{Speech, rules};
pub use submission::{CaptionView, Field, FieldKind, MediaView, Reading, Submission};
pub use surroundings::{
    AmplifiedView, Attestation, AttestationKind, AuthorView, ChannelKind, ChannelView, DraftView, Exemption,
    InitiativeView, KeptBack, LinkState, LinkView, Neighbour, Original, Part, Parts, PlanView, QuoteView,
    SourceKind, Surroundings, VariantView, Waiting,
};
pub use text::{Link, Mention, Protected, ProtectedKind, Shadow, Tag, Word};
pub use wake::Wake;
