//! Rules that keep what is internal inside and quotations accountable (clauses `GP4`, `GP6a`, `GP6b`). This list knows only which rules there are.

mod conf_marker;
mod doc_permission;
mod embargo;
pub use embargo::Speech;
mod gate;
mod internal_link;
mod paraphrased;
mod quote_unsourced;
mod quoted_email;
mod secret;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[
    &quote_unsourced::QuoteUnsourced,
    &quoted_email::QuotedEmail,
    &paraphrased::Paraphrased,
    &conf_marker::ConfMarker,
    &secret::Secret,
    &internal_link::InternalLink,
    &doc_permission::DocPermission,
    &embargo::Embargo,
];
