//! Rules that keep personal details out (clause `CC1b`). This list knows only which rules there are.

mod address;
mod email;
mod phone;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[&phone::Phone, &address::Address, &email::Email];
