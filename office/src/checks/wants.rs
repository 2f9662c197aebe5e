//! How much of what surrounds a revision is to be loaded. Knows what rules may read; loads nothing.

use guidelines::{Part, Parts};

/// What of the surroundings is loaded; the rest stays unknown to rules.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wants(Option<Parts>);

impl Wants {
    /// Everything.
    pub(crate) const ALL: Self = Self(None);

    /// What the rules read that are asked at the moment of leaving.
    pub(crate) fn when_leaving(handbook: &guidelines::Handbook) -> Self {
        Self(Some(handbook.leaving_needs()))
    }

    /// Whether this part is.
    pub(super) fn has(self, part: Part) -> bool {
        self.0.is_none_or(|parts| parts.contains(part))
    }
}
