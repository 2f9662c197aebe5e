//! Rules about how something is said (clauses `GP1` to `GP4`, `CC4` to `CC6`). This list knows only which rules there are.

mod shouting;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[&shouting::Shouting];
