//! How much of what surrounds a revision is to be loaded. Knows what rules may read; loads nothing.

use guidelines::Part;

/// What of the surroundings is loaded; the rest stays unknown to rules.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wants {
    pub(super) neighbours: bool,
    pub(super) links: bool,
    pub(super) blog: bool,
    pub(super) author: bool,
}

impl Wants {
    /// Everything.
    pub(crate) const ALL: Self = Self { neighbours: true, links: true, blog: true, author: true };

    /// What the rules read that are asked at the moment of leaving.
    pub(crate) fn when_leaving(handbook: &guidelines::Handbook) -> Self {
        let needs = handbook.leaving_needs();
        Self {
            neighbours: needs.contains(Part::Neighbours),
            links: needs.contains(Part::Links),
            blog: needs.contains(Part::Blog),
            author: needs.contains(Part::Author),
        }
    }
}
