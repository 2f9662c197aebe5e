//! Rules that keep what is internal inside (clauses `GP6a`, `GP6b`). This list knows only which rules there are.

mod conf_marker;
mod quoted_email;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[&quoted_email::QuotedEmail, &conf_marker::ConfMarker];
