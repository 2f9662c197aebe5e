//! Rules of the supplement (X): length, accessibility, links and files. They are no policy: an office adopts them.
//! This list knows only which rules there are.

mod alt_missing;
mod hashtag_case;
mod length;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] =
    &[&length::Length, &alt_missing::AltMissing, &hashtag_case::HashtagCase];
