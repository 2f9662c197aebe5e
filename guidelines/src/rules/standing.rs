//! Rules about who speaks, where, for what and with whose knowledge (`PS`, `IC`, `CP`, `CC2`, `GP6c`, `GP7` and the like): they read
//! what surrounds the words. This list knows only which rules there are.

mod capacity;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[&capacity::Capacity];
